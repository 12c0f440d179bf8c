// Errors and values that come from a remote session, where types are names and enumerations are numbers with a text.
import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { FederationTest, HostingProvider, VerificationLevel } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { FAR_MODULE, farSession } from "../support/far-session";
import { runPowerShell } from "../support/powershell";
import { SimulatedLync } from "../support/simulated-lync";

const LIBRARY = join(__dirname, "..", "..", "constructs", "powershell", "lib", "Import-Library.ps1");
const SQL = "System.Data.SqlClient.SqlException";
const WRAPPED = "Microsoft.Rtc.Common.Data.SqlConnectionException";

/** Data as a session gives it, and what the scripts make of it. */
async function answers(script: string): Promise<Record<string, unknown>> {
  const prelude = `. '${LIBRARY}'
    Initialize-Console
    function New-Far([string] $Type, [hashtable] $Values) {
        $far = New-Object -TypeName psobject -Property $Values
        $far.PSObject.TypeNames.Insert(0, 'Deserialized.' + $Type)
        return $far
    }
    function New-Remote($Far) {
        $types = [type[]] @([string], [psobject], [psobject])
        $make = [Management.Automation.RemoteException].GetConstructor('NonPublic, Instance', $null, $types, $null)
        return $make.Invoke(@('any words', [psobject] $Far, $null))
    }
    $env:LYNC_MODULE = 'Lync'
    $answers = @{}
    ${script}
    Write-Line (ConvertTo-Json -InputObject $answers -Depth 4)`;
  const { stdout, stderr } = await runPowerShell(["-NoProfile", "-NonInteractive", "-Command", prelude]);
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const far = (type: string, values: string) => `New-Remote (New-Far '${type}' @{ ${values} })`;
const inner = (number: number) =>
  `InnerException = (New-Far '${SQL}' @{ Number = ${number}; InnerException = $null })`;
const text = (number: number) =>
  `InnerException = '${SQL} (0x80131904): Anmeldefehler ---> System.Exception: x. Fehlernummer:${number},Status:1,Klasse:14'`;

test("an error of a session is judged by the far side's types and numbers, also those of what it wraps", async () => {
  const errors: [what: string, error: string, passing: boolean, refused: boolean][] = [
    ["a fault of SQL Server", far(SQL, "Number = 1205; InnerException = $null"), true, false],
    ["a refused login", far(SQL, "Number = 18456; InnerException = $null"), false, true],
    ["a time-out", far("System.TimeoutException", "InnerException = $null"), true, false],
    ["Lync Server's own wrapper", far(WRAPPED, "InnerException = $null"), true, false],
    ["a wrapped fault", far(WRAPPED, inner(-2)), true, false],
    ["a wrapped refused login", far(WRAPPED, inner(18456)), false, true],
    [
      "one among several",
      far(
        WRAPPED,
        inner(4060).replace(
          "Number",
          "Errors = @(@{ Number = 4060 }, (New-Far 'X' @{ Number = 18456 })); Number",
        ),
      ),
      false,
      true,
    ],
    ["a wrapped fault that is only a text", far(WRAPPED, text(1205)), true, false],
    ["a wrapped refused login that is only a text", far(WRAPPED, text(18456)), false, true],
    ["a denial", far("System.UnauthorizedAccessException", "InnerException = $null"), false, true],
    ["anything else", far("System.InvalidOperationException", "InnerException = $null"), false, false],
    ["words alone", "New-Object -TypeName System.Exception -ArgumentList 'SqlException 18456'", false, false],
  ];
  const found = await answers(
    errors
      .map(
        ([what, error]) =>
          `$e = ${error}; $answers["${what}"] = @((Test-TransientFault -Exception $e), (Test-AccessRefused -Exception $e))`,
      )
      .join("\n"),
  );
  expect(found).toEqual(
    Object.fromEntries(errors.map(([what, , passing, refused]) => [what, [passing, refused]])),
  );
});

test("an error of a session has the advice that the same error has here", async () => {
  const management = "System.Management.Automation";
  const found = await answers(`
    $answers.missing = Get-CmdletAdvice -Cmdlet 'Get-CsX' -Exception (${far(`${management}.CommandNotFoundException`, "InnerException = $null")})
    $answers.unknown = Get-CmdletAdvice -Cmdlet 'Get-CsX' -Exception (New-Remote $(
        $far = New-Far '${management}.ParameterBindingException' @{ ErrorId = 'NamedParameterNotFound'; ParameterName = 'Level'; InnerException = $null }
        $far))
    $answers.refused = Get-CmdletAdvice -Cmdlet 'Get-CsX' -Exception (${far(WRAPPED, inner(18456))})`);
  expect(found.missing).toContain("gives this account no Get-CsX");
  expect(found.unknown).toContain("does not take the parameters above (Level)");
  expect(found.refused).toContain("such as CsAdministrator");
});

test("an enumeration of a session reads as its name, and a number stays one", async () => {
  const found = await answers(`
    $far = New-Object -TypeName psobject -Property @{ Level = [DayOfWeek]::Tuesday; Port = 443; None = $null }
    $answers.near = ConvertTo-ActualSetting -Kind @{ Properties = @{ Level = 'Level'; Port = 'UInt64'; None = 'Text' } } -Object $far
    $far = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($far, 1))
    $answers.far = ConvertTo-ActualSetting -Kind @{ Properties = @{ Level = 'Level'; Port = 'UInt64'; None = 'Text' } } -Object $far
    $answers.same = @(Compare-Setting -Kind @{ Properties = @{ Level = 'Level' } } -Expected @{ Level = 'tuesday' } -Actual $answers.far).Count
    $member = [psobject]::AsPSObject(2)
    $member.PSObject.Members.Add((New-Object -TypeName System.Management.Automation.PSScriptMethod -ArgumentList 'ToString', { 'Tuesday' }))
    $answers.member = ConvertFrom-Enumeration -Value $member`);
  const expected = { Level: "Tuesday", Port: 443, None: null };
  expect(found).toEqual({ near: expected, far: expected, same: 0, member: "Tuesday" });
});

describe("a deploy through a session", () => {
  const folder = farSession();
  const lync = new SimulatedLync();
  const PSModulePath = [folder, lync.env.PSModulePath].join(delimiter);
  const to = new Deployment(lync, {
    runner: { module: FAR_MODULE, preflight: false },
    env: { PSModulePath },
  });
  const build =
    (verificationLevel: VerificationLevel): Build =>
    (stack) =>
      new HostingProvider(stack, "P", {
        identity: "LyncOnline",
        proxyFqdn: "sipfed.online.lync.com",
        verificationLevel,
      });
  afterAll(() => {
    to.remove();
    rmSync(folder, { recursive: true });
  });

  test("tries a fault of the store again, and a refused login not", async () => {
    await to.apply(build(VerificationLevel.USE_SOURCE_VERIFICATION));
    const fault = {
      cmdlet: "Set-SimCsHostingProvider",
      kind: "throwBefore",
      exception: WRAPPED,
      inner: SQL,
    } as const;
    lync.fault(fault);
    expect(await to.apply(build(VerificationLevel.ALWAYS_VERIFIABLE))).toContain(
      "Trying again in 2 s (1 of 3).",
    );
    lync.clearLog();
    lync.fault({ ...fault, number: 18456 });
    const { code, stderr } = await to.tryApply(build(VerificationLevel.ALWAYS_UNVERIFIABLE));
    expect(code).toBe(1);
    expect(lync.log()).toHaveLength(1);
    expect(stderr).toContain("such as CsAdministrator");
  });

  test("takes what a test cmdlet throws for its result", async () => {
    const throws = "Microsoft.Rtc.Signaling.FailureResponseException";
    lync.change((state) =>
      state.testResults.push({ cmdlet: "Test-CsFederatedPartner", result: "Failure", error: "504", throws }),
    );
    const { code, stderr } = await to.tryApply(
      (stack) =>
        new FederationTest(stack, "T", {
          targetFqdn: "accessproxy.contoso.com",
          domain: "push.lync.com",
          domainManagedElsewhere: true,
        }),
    );
    expect(code).toBe(1);
    expect(stderr).toContain("FederationTest against push.lync.com did not succeed.");
    expect(stderr).toContain(`Diagnosis: ${throws}`);
    expect(stderr).toContain("Check: No answer in time.");
  });
});
