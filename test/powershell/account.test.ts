// The part of the pre-flight that looks at the account: who runs Lync Server's cmdlets on this machine needs a group.
import { join } from "node:path";
import { runPowerShell } from "../support/powershell";
import { SimulatedLync } from "../support/simulated-lync";

const LIBRARY = join(__dirname, "..", "..", "constructs", "powershell", "lib", "Import-Library.ps1");
// A cmdlet of PowerShell itself stands for a compiled one of Lync Server; those of the simulated server are functions, as
// in a remote session.
const HERE = "Import-Module";
const REMOTE = "Set-CsAllowedDomain";
const PROBLEM = "is not in the group RtcUniversalServerAdmins";

/** What the check of a runner says when the account is in these groups, or in what the system tells where none are given. */
async function problems(cmdlet: string, groups?: string[]): Promise<string> {
  const list = groups?.map((group) => `'${group}'`).join(", ");
  const script = `
    . '${LIBRARY}'
    $script:Progress = @{ Step = ''; Limited = $true; Turn = 0 }
    ${list === undefined ? "" : `function Get-AccountGroup { return ${list} }`}
    Get-RunnerProblem -Kinds @(@{ Get = 'Get-CsAllowedDomain'; Set = '${cmdlet}' }) -NeedsDnsSrvRouting $false |
      ForEach-Object { Write-Line $_ }
    Write-Line 'end'`;
  const env = { ...new SimulatedLync().env, LYNC_MODULE: "Lync" };
  const { stdout, stderr } = await runPowerShell(["-NoProfile", "-NonInteractive", "-Command", script], {
    env,
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/end\r?\n$/);
  return stdout;
}

test("an account without the group is told so, before anything is changed", async () => {
  const said = await problems(HERE, ["CONTOSO\\Domain Users", "CONTOSO\\RTCUniversalReadOnlyAdmins"]);
  expect(said).toContain(PROBLEM);
  expect(said).toContain("groups count from the logon on");
});

test("an account in the group is ready, whatever the case of its name", async () => {
  expect(await problems(HERE, ["CONTOSO\\Domain Users", "CONTOSO\\RTCUniversalServerAdmins"])).not.toContain(
    PROBLEM,
  );
});

test("in a remote session the role decides, not the groups of the account on this machine", async () => {
  expect(await problems(REMOTE, ["CONTOSO\\Domain Users"])).not.toContain(PROBLEM);
});

test("the groups are those that the system tells; one without such groups is no obstacle", async () => {
  // The account that runs tests is no administrator of Lync Server.
  expect((await problems(HERE)).includes(PROBLEM)).toBe(process.platform === "win32");
});
