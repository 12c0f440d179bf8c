// What the tests rely on from PowerShell. It holds for PowerShell 7 and, where that is absent, for the host in this repo.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type PowerShellOptions, powershell, runPowerShell } from "./support/powershell";

const QUIET = ["-NoProfile", "-NonInteractive"];

let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "powershell-host-"));
  await powershell();
}, 600_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const command = (script: string, options: PowerShellOptions = {}) =>
  runPowerShell([...QUIET, "-Command", script], options);

function file(script: string, args: string[] = [], options: PowerShellOptions = {}) {
  return runPowerShell([...QUIET, "-File", write("script.ps1", script), ...args], options);
}

function write(name: string, text: string): string {
  const target = path.join(folder, name);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
  return target;
}

/** Standard output without the platform's line ends. */
const lines = (text: string) => text.split(/\r?\n/).filter((line) => line !== "");

describe("exit codes", () => {
  test.each([
    ["a file that ends normally", "Write-Output 1", 0],
    ["a file that exits", "exit 7", 7],
    ["a file that exits from within a function", "function f { exit 8 }; f; exit 1", 8],
    ["a file that throws", "throw 'no'", 1],
    ["a file that does not parse", "if (", 1],
    ["a file that reports an error and goes on", "Write-Error 'no'", 0],
    ["a file that stops at an error", "$ErrorActionPreference = 'Stop'; Get-Item /no/such/file", 1],
  ])("%s", async (_, script, code) => {
    expect((await file(script)).code).toBe(code);
  });

  test.each([
    ["a command that succeeds", "1", 0],
    ["a command that exits", "exit 7", 7],
    ["a command whose last statement fails", "Get-Item /no/such/file", 1],
    ["a command that fails before its last statement", "Get-Item /no/such/file; 1", 0],
    ["a command that does not exist", "No-SuchCommand", 1],
    ["a command that throws", "throw 'no'", 1],
  ])("%s", async (_, script, code) => {
    expect((await command(script)).code).toBe(code);
  });

  test("a missing file is 64, with a message", async () => {
    const result = await runPowerShell([...QUIET, "-File", "missing.ps1"]);
    expect(result.code).toBe(64);
    expect(result.stdout + result.stderr).toContain("missing.ps1");
  });

  test("a background thread can end the process at once", async () => {
    const result = await command(`
      $shell = [PowerShell]::Create()
      [void]$shell.AddScript('Start-Sleep -Milliseconds 300; [Environment]::Exit(9)').BeginInvoke()
      Start-Sleep -Seconds 60`);
    expect(result.code).toBe(9);
  });
});

describe("arguments", () => {
  const ECHO = "param([string]$Name, [switch]$Flag, [Parameter(ValueFromRemainingArguments)][string[]]$Rest)";

  test.each([
    "it's",
    'say "hello"',
    "two words",
    "$(1 + 1) $env:PATH `n",
    "héllo 世界 😀",
    "a;b|c&d",
    "",
    "%PATH%",
  ])("%j reaches a file as it is", async (text) => {
    const result = await file(`${ECHO}; [Console]::Out.Write("<$Name>")`, ["-Name", text]);
    expect(result.stdout).toBe(`<${text}>`);
  });

  test("switches, named and remaining arguments bind", async () => {
    const result = await file(`${ECHO}; "$Name $Flag $($Rest -join ',')"`, ["-Flag", "-Name:x", "a", "b c"]);
    expect(lines(result.stdout)).toEqual(["x True a,b c"]);
  });

  test("a switch can be given as $false", async () => {
    expect(lines((await file(`${ECHO}; "$Flag"`, ["-Flag:$false"])).stdout)).toEqual(["False"]);
  });

  test("the words after -Command are one script", async () => {
    const result = await runPowerShell(["-nop", "-noni", "-ep", "Bypass", "-c", "Write-Output", "'a", "b'"]);
    expect(lines(result.stdout)).toEqual(["a b"]);
  });

  test("-Command - reads the script from standard input", async () => {
    const result = await runPowerShell([...QUIET, "-Command", "-"], { input: "Write-Output 'read'\n" });
    expect(lines(result.stdout)).toEqual(["read"]);
  });

  test("-EncodedCommand takes Base64 of UTF-16", async () => {
    const encoded = Buffer.from("Write-Output 'é'", "utf16le").toString("base64");
    expect(lines((await runPowerShell([...QUIET, "-EncodedCommand", encoded])).stdout)).toEqual(["é"]);
  });

  test("$input is what standard input holds", async () => {
    const result = await command('$input | ForEach-Object { "<$_>" }', { input: "a\nb\n" });
    expect(lines(result.stdout)).toEqual(["<a>", "<b>"]);
  });
});

describe("streams", () => {
  test("standard output is UTF-8 without a byte order mark", async () => {
    const result = await command("'grüße 世界'; Write-Host 'host ✓'");
    expect(lines(result.stdout)).toEqual(["grüße 世界", "host ✓"]);
  });

  test("errors go to standard error, warnings and verbose lines to standard output", async () => {
    const result = await command("Write-Error 'bad'; Write-Warning 'careful'; Write-Verbose 'more' -Verbose");
    expect(result.stderr).toContain("bad");
    expect(lines(result.stdout)).toEqual(["WARNING: careful", "VERBOSE: more"]);
  });

  test("an uncaught exception goes to standard error", async () => {
    const result = await file("Write-Output 'before'\nthrow 'the reason'");
    expect(lines(result.stdout)).toEqual(["before"]);
    expect(result.stderr).toContain("the reason");
  });

  test("objects are formatted as a table", async () => {
    const result = await command("[pscustomobject]@{ Name = 'n'; Value = 5 }");
    expect(lines(result.stdout).map((line) => line.trim().split(/\s+/))).toEqual([
      ["Name", "Value"],
      ["----", "-----"],
      ["n", "5"],
    ]);
  });

  test("[Console] writes to the same streams", async () => {
    const result = await command("[Console]::Out.Write('out'); [Console]::Error.Write('err')");
    expect([result.stdout, result.stderr]).toEqual(["out", "err"]);
  });
});

describe("nobody to answer", () => {
  const REMOVE = `
    function Remove-Thing {
      [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
      if ($PSCmdlet.ShouldProcess('thing')) { 'removed' }
    }`;

  test("a confirmation fails instead of waiting", async () => {
    const result = await file(`$ErrorActionPreference = 'Stop'; ${REMOVE}; Remove-Thing`, [], {
      timeoutMs: 30_000,
    });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toContain("NonInteractive");
  });

  test("-Confirm:$false asks nothing", async () => {
    expect(lines((await file(`${REMOVE}; Remove-Thing -Confirm:$false`)).stdout)).toEqual(["removed"]);
  });

  test.each(["Read-Host", "function f { param([Parameter(Mandatory)]$Needed) }; f"])(
    "%s fails",
    async (script) => {
      const result = await command(script, { timeoutMs: 30_000 });
      expect(result.code).toBe(1);
      expect(result.stderr).not.toBe("");
    },
  );
});

describe("the language's surroundings", () => {
  test("a child runspace has the cmdlets, also in strict mode", async () => {
    const result = await command(`
      Set-StrictMode -Version 2
      $script = 'Set-StrictMode -Version 2; 3, 1, 2 | Sort-Object | Select-Object -First 2 | ConvertTo-Json -Compress'
      [PowerShell]::Create().AddScript($script).Invoke()
      $bare = [initialsessionstate]::CreateDefault2()
      [PowerShell]::Create($bare).AddScript($script).Invoke()`);
    expect(lines(result.stdout)).toEqual(["[1,2]", "[1,2]"]);
  });

  test("modules load by themselves from PSModulePath, and use the cmdlets", async () => {
    const modules = path.join(folder, "modules");
    write(
      "modules/Greeter/Greeter.psm1",
      "function Get-Greeting { 'hello' | Select-Object -First 1 | Write-Output }",
    );
    const manifest =
      "@{ RootModule = 'Greeter.psm1'; ModuleVersion = '1.0'; FunctionsToExport = 'Get-Greeting' }";
    write("modules/Greeter/Greeter.psd1", manifest);
    const env = { PSModulePath: modules };
    expect(lines((await command("Get-Greeting", { env })).stdout)).toEqual(["hello"]);
    const child = "[PowerShell]::Create().AddScript('Import-Module Greeter; Get-Greeting').Invoke()";
    expect(lines((await command(child, { env })).stdout)).toEqual(["hello"]);
  });

  test("PSModulePath does not grow from process to process", async () => {
    const script = `& '${await powershell()}' -NoProfile -Command '$env:PSModulePath'; $env:PSModulePath`;
    const [inner, outer] = lines((await command(script)).stdout);
    expect(inner).toBe(outer);
  });

  test("a script knows its folder and its engine", async () => {
    const result = await file('"$PSScriptRoot"; $PSVersionTable.PSVersion.Major -ge 5; $Host.Name');
    expect(lines(result.stdout)).toEqual([folder, "True", "ConsoleHost"]);
  });

  test("a named mutex is seen by another process", async () => {
    const name = `Global\\PowerShellHostTest${process.pid}`;
    const open = `$new = $false; $mutex = New-Object System.Threading.Mutex $false, '${name}', ([ref]$new); $new`;
    const other = write("other.ps1", open);
    const result = await command(`${open}; & '${await powershell()}' -NoProfile -File '${other}'`);
    expect(lines(result.stdout)).toEqual(["True", "False"]);
  });

  test("Start-Sleep takes fractions of seconds", async () => {
    const result = await command(
      "$watch = [Diagnostics.Stopwatch]::StartNew(); Start-Sleep -Seconds 0.5; $watch.ElapsedMilliseconds -ge 490",
    );
    expect(lines(result.stdout)).toEqual(["True"]);
  });
});

describe("JSON", () => {
  test("survives the way there and back", async () => {
    const json =
      '{"text":"é\\"\\\\","number":1.5,"whole":12345678901,"flag":true,"none":null,"list":[1,[2,{"a":[]}]]}';
    write("data.json", json);
    const script = "Get-Content data.json -Raw | ConvertFrom-Json | ConvertTo-Json -Compress -Depth 10";
    expect(lines((await command(script, { cwd: folder })).stdout)).toEqual([json]);
  });

  test("dates in JSON become dates", async () => {
    const script = `('{"at":"2026-01-02T03:04:05Z"}' | ConvertFrom-Json).at.GetType().Name`;
    expect(lines((await command(script)).stdout)).toEqual(["DateTime"]);
  });

  test("what is not JSON is an error", async () => {
    const result = await file("try { '{' | ConvertFrom-Json } catch { $_.Exception.GetType().Name }");
    expect(lines(result.stdout)).toEqual(["ArgumentException"]);
  });
});
