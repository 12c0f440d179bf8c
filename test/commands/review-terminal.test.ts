// The review where people type it: a plan from standard input, text on a terminal, colour only where somebody sees it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onPath } from "../support/on-path";

const COMMAND = resolve(__dirname, "..", "..", "constructs", "commands", "review.ts");
const TYPESCRIPT = ["-r", require.resolve("ts-node/register/transpile-only")];
const PLAN = JSON.stringify({
  resource_changes: [
    { address: "random_id.x", mode: "managed", change: { actions: ["create"], before: null, after: {} } },
  ],
});
const VERDICT = "1 other resource of Terraform changes.";

const folder = mkdtempSync(join(tmpdir(), "terminal-"));
const file = join(folder, "staging.json");
beforeAll(() => writeFileSync(file, PLAN));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs it with pipes. */
function piped(args: string[], input?: string) {
  const options = { encoding: "utf8", input } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, COMMAND, ...args], options);
  return { status, stdout, stderr };
}

/** Runs it on a terminal, which `script` of util-linux makes, and returns what that shows. */
function shown(env: NodeJS.ProcessEnv): string {
  const words = [process.execPath, ...TYPESCRIPT, COMMAND, file].map((each) => `'${each}'`);
  // It ends with the code of the command.
  const { stdout } = spawnSync("script", ["-qec", words.join(" "), "/dev/null"], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return stdout.replaceAll("\r\n", "\n");
}

test("a plan comes by standard input, once", () => {
  expect(piped(["-"], PLAN)).toMatchObject({
    status: 2,
    stderr: "",
    stdout: expect.stringContaining("## `plan`"),
  });
  const twice = piped(["-", "-"], PLAN);
  expect(twice).toMatchObject({ status: 1, stderr: expect.stringContaining('"-" was given more than once') });
});

test("where no terminal reads it, it is Markdown, and as text it has no colour", () => {
  expect(piped([file]).stdout).toContain(`## \`staging\`\n\n${VERDICT}`);
  expect(piped([file, "--format", "text"]).stdout).toBe(`staging: ${VERDICT}\n`);
});

const onTerminal = onPath("script") && isUtilLinux() ? test : test.skip;

onTerminal("a terminal has text, in colour unless NO_COLOR is set", () => {
  expect(shown({})).toBe(`\u001b[1mstaging: ${VERDICT}\u001b[0m\n`);
  expect(shown({ NO_COLOR: "1" })).toBe(`staging: ${VERDICT}\n`);
});

/** The script of other systems takes other arguments. */
function isUtilLinux(): boolean {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
}
