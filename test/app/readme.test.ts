// Every sample of the README and the pages behind it holds: TypeScript compiles and synthesises, PowerShell parses, commands
// exist, links lead somewhere, and each page can be read in one go.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { environments } from "../../environments";
import { powershell } from "../support/powershell";
import { run } from "../support/run";

const root = resolve(__dirname, "..", "..");
const LONGEST_README = 150;
const LONGEST_PAGE = 200;
/** Made from the comments in the code: to be looked up, not to be read in one go. */
const GENERATED = join("docs", "API.md");
/** Made from the plans of the demo, whose test holds them. */
const REPORTS = join("docs", "review");

interface Page {
  readonly path: string;
  readonly text: string;
}

function pagesBelow(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files.filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
}

const pages: Page[] = ["README.md", "CONTRIBUTING.md", "examples/README.md", ...pagesBelow("docs")].map(
  (path) => ({
    path,
    text: readFileSync(join(root, path), "utf8"),
  }),
);
const all = pages.map(({ text }) => text).join("\n");
const written = pages
  .filter(({ path }) => path !== GENERATED && !path.startsWith(REPORTS + sep))
  .map(({ text }) => text)
  .join("\n");

/**
 * The samples in one language, without the indentation that a list gives them. Those of API.md are the examples of the
 * constructs, which are compiled as they stand in the code.
 */
function samples(language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm");
  return [...written.matchAll(fence)].map(([, indent, text]) =>
    text.replace(new RegExp(`^${indent}`, "gm"), ""),
  );
}

test("every TypeScript sample compiles strictly and synthesises", async () => {
  const texts = samples("ts");
  expect(texts.length).toBeGreaterThan(5);
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "readme-"));
  try {
    texts.forEach((text, index) => {
      const local = text.replaceAll('"cdktf-lync-push-notifications"', '"../../constructs"');
      writeFileSync(join(folder, `sample${index}.ts`), `${local}\nexport {};\n`);
    });
    writeFileSync(join(folder, "all.ts"), texts.map((_, index) => `import "./sample${index}";\n`).join(""));
    const result = await run("npx", ["ts-node", join(folder, "all.ts")], {
      cwd: root,
      env: { CDKTF_OUTDIR: join(folder, "out") },
    });
    expect(result.stderr).toBe("");
    expect(result.code).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every PowerShell sample parses", async () => {
  const parse =
    "$e = $null; $null = [Management.Automation.Language.Parser]::ParseInput($env:SAMPLE, [ref] $null, [ref] $e); exit $e.Count";
  for (const sample of samples("powershell")) {
    const args = ["-NoProfile", "-NonInteractive", "-Command", parse];
    expect((await run(await powershell(), args, { env: { SAMPLE: sample } })).code).toBe(0);
  }
});

test("every npm script and every environment that they name exists", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = [...all.matchAll(/npm run ([a-z:]+)(?: -- (\w+))?/g)];
  expect(named.length).toBeGreaterThan(4);
  for (const [, script, environment] of named) {
    expect(Object.keys(scripts)).toContain(script);
    if (environment && environment !== "ENVIRONMENT")
      expect(Object.keys(environments)).toContain(environment);
  }
  for (const [, environment] of all.matchAll(/cdktf (?:diff|deploy) (\w+)/g)) {
    expect(Object.keys(environments)).toContain(environment);
  }
});

/** What a link to a heading of the page has after `#`; of headings with one text, the later ones have a number. */
function anchors({ text }: Page): string[] {
  const seen = new Map<string, number>();
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\d_ -]/gu, "")
      .replace(/ /g, "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

test("every link inside and between the pages leads to a file and a heading that are there", () => {
  const broken = pages.flatMap((page) =>
    [...page.text.matchAll(/\]\(([^)#\s]*)(?:#([^)\s]+))?\)/g)]
      .filter(([, target]) => !/^https?:/.test(target))
      .filter(([, target, anchor]) => {
        const file = target === "" ? page.path : relative(root, resolve(root, dirname(page.path), target));
        const there = pages.find(({ path }) => path === file);
        return !existsSync(join(root, file)) || (anchor && !(there && anchors(there).includes(anchor)));
      })
      .map(([link]) => `${page.path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test("every page is linked from another one", () => {
  const linked = pages.flatMap((page) =>
    [...page.text.matchAll(/\]\(([^)#\s]+\.md)/g)].map(([, target]) =>
      relative(root, resolve(root, dirname(page.path), target)),
    ),
  );
  expect(pages.map(({ path }) => path).filter((path) => !linked.includes(path))).toEqual(["README.md"]);
});

test("every path of this project that they name in code exists", () => {
  const named = [...all.matchAll(/`((?:constructs|test|docs|environments|examples)\/[\w./-]+)`/g)].map(
    ([, path]) => path,
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("the README is short, and no page behind it is long", () => {
  const long = pages
    .filter(({ path }) => path !== GENERATED)
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ path, lines }) => lines > (path === "README.md" ? LONGEST_README : LONGEST_PAGE));
  expect(long).toEqual([]);
});
