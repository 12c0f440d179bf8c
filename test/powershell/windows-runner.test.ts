// What is particular to Windows as a runner, as far as it can be told anywhere: its values are parameters of functions.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runPowerShell } from "../support/powershell";

const LIBRARY = join(__dirname, "..", "..", "constructs", "powershell", "lib", "Import-Library.ps1");

/** The lines that a script writes after it has loaded the library. */
async function lines(script: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const prelude = `. '${LIBRARY}'
    Initialize-Console
    $script:Progress = [hashtable]::Synchronized(@{ Step = ''; Limited = $true; Turn = 0 })
    $env:LYNC_TIMEOUT_SECONDS = '60'
    ${script}`;
  const { stdout, stderr } = await runPowerShell(["-NoProfile", "-NonInteractive", "-Command", prelude], {
    env,
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout.trim().split(/\r?\n/);
}

describe("the folders of modules", () => {
  const seven = [
    "C:\\Users\\kim\\Documents\\PowerShell\\Modules",
    "C:\\Program Files\\PowerShell\\Modules",
    "c:\\program files\\powershell\\7\\Modules\\",
    "C:\\Program Files\\WindowsApps\\Microsoft.PowerShell_7.5.0.0_x64__8wekyb3d8bbwe\\Modules",
  ];
  const own = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules";
  const lync = "C:\\Program Files\\Common Files\\Microsoft Lync Server 2013\\Modules";
  const given = {
    CURRENT: [...seven, "C:\\pipeline\\modules", own.toLowerCase()].join(";"),
    MACHINE: `${own}\\;${lync}`,
    ENGINE: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0",
    DOCUMENTS: "C:\\Users\\kim\\Documents",
  };
  const ask = async (version: string, user = ""): Promise<string> => {
    const [path] = await lines(
      `Write-Line (Get-ModulePath -Version '${version}' -Current $env:CURRENT -User $env:USERS -Machine $env:MACHINE -Engine $env:ENGINE -Documents $env:DOCUMENTS)`,
      { ...given, USERS: user },
    );
    return path;
  };

  test("of Windows PowerShell are its own first, then what else was given, and none of PowerShell 7", async () => {
    const users = "C:\\Users\\kim\\Documents\\WindowsPowerShell\\Modules";
    const others = [own, lync, "C:\\pipeline\\modules"];
    expect((await ask("5.1.17763.1")).split(";")).toEqual([users, ...others]);
    expect((await ask("3.0", "D:\\mine")).split(";")).toEqual(["D:\\mine", ...others]);
  });

  test("of PowerShell 7 stay what they are", async () => {
    expect(await ask("7.4.1")).toBe(given.CURRENT);
    const [path] = await lines("Write-Line $env:PSModulePath", { PSModulePath: "/one:/two" });
    expect(path).toMatch(/\/one:\/two$/);
  });
});

describe("a lock that another process has made", () => {
  const denied = "throw (New-Object -TypeName System.UnauthorizedAccessException)";
  const take = `try { Invoke-WithLock -LockName 'Global\\LyncWindowsRunnerTest' -Body { Write-Line 'taken' } }
    catch { Write-Line $_.Exception.Message }`;

  test("and that this account may only wait for is opened as it is", async () => {
    const open = "return New-Object -TypeName System.Threading.Mutex -ArgumentList $false, $LockName";
    const script = `function New-LyncMutex { param($LockName) ${denied} }
      function Open-LyncMutex { param($LockName) Write-Line 'opened'; ${open} }
      ${take}`;
    expect(await lines(script)).toEqual(["opened", "taken"]);
  });

  test("and that refuses this account is named, with what to do", async () => {
    const script = `function New-LyncMutex { param($LockName) ${denied} }
      function Open-LyncMutex { param($LockName) ${denied} }
      ${take}`;
    const [message] = await lines(script);
    expect(message).toContain("(Global\\LyncWindowsRunnerTest) refuses the account ");
    expect(message).toContain("End that process, or wait for its end, and deploy again.");
  });
});

describe("a module that cannot be imported", () => {
  const folder = mkdtempSync(join(tmpdir(), "modules-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The message for a module of this text, or for one that is not there. */
  async function message(text: string | undefined, is32On64 = false): Promise<string> {
    const name = `Module${text?.length ?? "None"}`;
    if (text !== undefined) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, `${name}.psm1`), text);
    }
    const script = `try { Import-Module -Name $env:LYNC_MODULE -ErrorAction Stop }
      catch { Write-Line (Get-ModuleAdvice -Failure $_ -Is32On64 $${is32On64}) }`;
    const PSModulePath = [folder, process.env.PSModulePath].filter(Boolean).join(delimiter);
    return (await lines(script, { LYNC_MODULE: name, PSModulePath })).join("\n");
  }

  test("since it is not there is told with what to install", async () => {
    expect(await message(undefined)).toMatch(
      /^This machine has no PowerShell module "ModuleNone"\. Install /,
    );
  });

  test.each([
    [
      "a file",
      "throw (New-Object -TypeName System.IO.FileNotFoundException -ArgumentList 'Cannot load Microsoft.Rtc.Base.')",
      "Cannot load Microsoft.Rtc.Base.",
    ],
    ["another module", "Import-Module -Name NoSuchDependency -ErrorAction Stop", "NoSuchDependency"],
  ])("since it lacks %s keeps its own message, and is not to be installed", async (_, text, own) => {
    const told = await message(text);
    expect(told).toContain("cannot be imported: ");
    expect(told).toContain(own);
    expect(told).not.toContain("Install ");
  });

  test("by a 32-bit PowerShell on a 64-bit Windows is told with the 32-bit Terraform that starts it", async () => {
    expect(await message(undefined, true)).toContain("Use the 64-bit terraform.exe.");
    expect(await message(undefined, false)).not.toContain("terraform.exe");
  });

  test("since a policy forbids its scripts is told with the group policy that outranks the command's", async () => {
    const security =
      "throw (New-Object -TypeName System.Management.Automation.PSSecurityException -ArgumentList 'not signed')";
    expect(await message(security)).toContain("outranks -ExecutionPolicy Bypass");
  });
});
