// How the tests and the demo get to a PowerShell: nothing may stand between it and whoever starts it; and to Pester.
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runPester } from "../support/pester";
import { type PowerShellOptions, powershell, runPowerShell } from "../support/powershell";
import { ProcessLock } from "../support/process-lock";

const QUIET = ["-NoProfile", "-NonInteractive"];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "powershell-"));

// Whoever needs it first installs it.
beforeAll(() => powershell(), 600_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(script: string, args: string[] = [], options: PowerShellOptions = {}) {
  const target = path.join(folder, "script.ps1");
  fs.writeFileSync(target, script);
  return runPowerShell([...QUIET, "-File", target, ...args], options);
}

test.each([
  "it's",
  'say "hello"',
  "two words",
  "$(1 + 1) $env:PATH `n",
  "héllo 世界 😀",
  "a;b|c&d",
  "",
  "%PATH%",
  "*",
])("%j reaches a file as it is", async (text) => {
  const result = await file('param([string]$Name); [Console]::Out.Write("<$Name>")', ["-Name", text]);
  expect(result.stdout).toBe(`<${text}>`);
});

test.each([
  ["a file that ends normally", "Write-Output 1", 0],
  ["a file that exits", "exit 7", 7],
  ["a file that throws", "throw 'no'", 1],
])("the code of %s is its own", async (_, script, code) => {
  expect((await file(script)).code).toBe(code);
});

test("the standard input is its own, and so are both outputs", async () => {
  const script = '$input | ForEach-Object { "<$_>" }; [Console]::Error.Write("bad")';
  const result = await runPowerShell([...QUIET, "-Command", script], { input: "a\nb\n" });
  expect(result).toMatchObject({ code: 0, stderr: "bad" });
  expect(result.stdout.split(/\r?\n/)).toEqual(["<a>", "<b>", ""]);
});

test("the process that is started is the shell itself, so that a signal meets it", async () => {
  const child = spawn(await powershell(), [...QUIET, "-Command", "[Console]::Out.Write($PID)"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (text) => (stdout += text));
  await once(child, "close");
  expect(stdout).toBe(String(child.pid));
});

test("a lock between processes is one owner's at a time, and a dead owner's is taken over", async () => {
  const lock = path.join(folder, "lock");
  const first = await ProcessLock.take(lock);
  const order: string[] = [];
  const second = ProcessLock.take(lock).then((taken) => {
    order.push("taken");
    return taken;
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  order.push("released");
  first.release();
  await second;
  expect(order).toEqual(["released", "taken"]);
  // No process has this number.
  fs.writeFileSync(path.join(lock, "owner"), String(2 ** 30));
  (await ProcessLock.take(lock)).release();
  expect(fs.existsSync(lock)).toBe(false);
});

test("what fails in Pester, or around its tests, fails with its message and place", async () => {
  const tests = path.join(folder, "pester");
  fs.mkdirSync(tests);
  const write = (name: string, script: string) =>
    fs.writeFileSync(path.join(tests, `${name}.Tests.ps1`), `Describe 'it' {\n${script}\n}`);
  write("One", "It 'is one' { 1 | Should -Be 1 }\nIt 'is two' { 1 | Should -Be 2 }\nIt 'waits' -Skip { 1 }");
  write("Before", "BeforeAll { throw 'no server' }\nIt 'is one' { 1 | Should -Be 1 }");
  write("Unread", "It 'is one' {");
  const outcomes = await runPester(tests);
  const found = outcomes.map((each) => [each.file.split(".")[0], each.path.join(" "), each.result]);
  expect(found.sort()).toEqual([
    ["Before", "it (around its tests)", "Failed"],
    ["Before", "it is one", "Failed"],
    ["One", "it is one", "Passed"],
    ["One", "it is two", "Failed"],
    ["One", "it waits", "Skipped"],
    ["Unread", "(the file)", "Failed"],
  ]);
  const messages = outcomes.map(({ message }) => message).join("\n");
  expect(messages).toContain("Expected 2, but got 1.");
  expect(messages).toMatch(/One\.Tests\.ps1: line 3/);
  expect(messages).toContain("no server");
  expect(messages).toContain("Missing closing '}'");
});
