// Every sample of the README holds: TypeScript compiles and synthesises, PowerShell parses, commands exist.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { environments } from "../../environments";
import { powershell } from "../support/powershell";
import { run } from "../support/run";

const root = resolve(__dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The samples in one language, without the indentation that a list gives them. */
function samples(language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm");
  return [...readme.matchAll(fence)].map(([, indent, text]) =>
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

test("every npm script and every environment that it names exists", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = [...readme.matchAll(/npm run ([a-z:]+)(?: -- (\w+))?/g)];
  expect(named.length).toBeGreaterThan(4);
  for (const [, script, environment] of named) {
    expect(Object.keys(scripts)).toContain(script);
    if (environment && environment !== "ENVIRONMENT")
      expect(Object.keys(environments)).toContain(environment);
  }
  for (const [, environment] of readme.matchAll(/cdktf (?:diff|deploy) (\w+)/g)) {
    expect(Object.keys(environments)).toContain(environment);
  }
});

test("every link inside it leads somewhere", () => {
  const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
    text
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replace(/ /g, "-"),
  );
  for (const [, anchor] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
});
