// The PowerShell that stays: what a script sees, prints and ends with there is what it is in a process of its own.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { powershell } from "../support/powershell";
import { run } from "../support/run";
import { CAN_STAY, stayingPowerShell } from "../support/staying-powershell";

const folder = mkdtempSync(join(tmpdir(), "staying-"));
afterAll(() => rmSync(folder, { recursive: true }));

const library = resolve(__dirname, "..", "..", "constructs", "powershell", "lib", "Import-Library.ps1");
const SCRIPTS: Record<string, string> = {
  "sees its environment, its folder and its time": `
    . '${library}'
    Invoke-Operation -Name look -Body {
        foreach ($each in $env:SEEN, $env:UNSET, $PWD.Path, [IO.Directory]::GetCurrentDirectory(), $PSScriptRoot) { Write-Line ([string] $each) }
        Write-Line ([string] (Get-Variable -Name Leftover -Scope Global -ErrorAction SilentlyContinue))
        $global:Leftover = 1
        $env:UNSET = 'set'
    }`,
  "fails with a message": `
    . '${library}'
    Invoke-Operation -Name fail -Body { throw 'caf\u00e9' }`,
  "ends with a code of its own": "[Console]::Out.Write('half a line'); exit 3",
};

(CAN_STAY ? test : test.skip).each(Object.entries(SCRIPTS))("a script that %s", async (name, text) => {
  const file = join(folder, `${name}.ps1`);
  // The mark at its head has Windows PowerShell read it as UTF-8.
  writeFileSync(file, `\uFEFF${text}\n`);
  const args = ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", file];
  const settings = { cwd: folder, env: { SEEN: "'\"$ \u00e9\n\u20ac", LYNC_TIMEOUT_SECONDS: "60" } };
  const own = await run(await powershell(), args, settings);
  const staying = await stayingPowerShell();
  for (const time of ["first", "second"])
    expect({ time, ...(await run(staying, args, settings)) }).toEqual({ time, ...own });
});

(CAN_STAY ? test : test.skip)("a script that cannot be run at all has failed", async () => {
  const file = join(folder, "broken.ps1");
  writeFileSync(file, "function {");
  const { code, stderr } = await run(await stayingPowerShell(), ["-File", file], { cwd: folder });
  expect([code, stderr]).toEqual([1, expect.stringContaining("Missing")]);
});

(CAN_STAY ? test : test.skip)(
  "a script that dies has failed, and so have those after it, at once",
  async () => {
    const file = join(folder, "dies.ps1");
    writeFileSync(file, "[Console]::Out.Write('to here'); [Environment]::Exit(0)");
    const staying = await stayingPowerShell(join(folder, "mutexes"));
    for (const stdout of ["to here", ""]) {
      const ended = await run(staying, ["-File", file], { cwd: folder, timeoutMs: 20_000 });
      expect(ended).toMatchObject({ code: 1, stdout, stderr: expect.stringContaining("has died") });
    }
  },
);
