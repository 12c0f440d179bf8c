// What the tests of a stack leave for a pipeline: JSON, Lync Server's own HTML, and one JUnit XML, whatever happens.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { XMLParser } from "fast-xml-parser";
import { AllowedDomain, FederationTest, FederationTestProps, PushNotificationTest } from "../../constructs";
import { TestReports } from "../../constructs/private/lync/test-reports";
import { Build, Deployment } from "../support/deployment";
import { runPowerShell } from "../support/powershell";
import { LyncState, SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize } from "../support/synth";
import { TestRun } from "../support/test-run";

const targetFqdn = "accessproxy.contoso.com";
const reportDirectory = "reports";
const federation = { targetFqdn, domain: "push.lync.com", domainManagedElsewhere: true, reportDirectory };

const made: { remove(): void }[] = [];
afterAll(() => made.forEach((each) => each.remove()));

/** A server on which both tests succeed. */
function working(change: (state: LyncState) => void = () => undefined): SimulatedLync {
  const lync = new SimulatedLync();
  lync.change((state) => {
    state.accessEdgeConfiguration.AllowFederatedUsers = true;
    state.pushNotificationConfigurations[0].EnableApplePushNotificationService = true;
    state.allowedDomains = [
      { Identity: "push.lync.com", ProxyFqdn: null, Comment: null, MarkForMonitoring: false },
    ];
    state.hostingProviders = [
      {
        Identity: "LyncOnline",
        ProxyFqdn: "sipfed.online.lync.com",
        VerificationLevel: "UseSourceVerification",
        Enabled: true,
        EnabledSharedAddressSpace: false,
        HostsOCSUsers: false,
        IsLocal: false,
        AutodiscoverUrl: null,
        SipClientPort: 443,
      },
    ];
    change(state);
  });
  return lync;
}

function stack(
  build: (stack: TerraformStack) => void,
  lync = working(),
  name = "test",
  module?: string,
): TestRun {
  const run = new TestRun(lync, { module }, name).synthesize(build);
  made.push(run);
  return run;
}

function both(scope: Construct, props: Partial<FederationTestProps> = {}): void {
  new FederationTest(scope, "Federation", { ...federation, ...props });
  new PushNotificationTest(scope, "Push", { accessEdgeFqdn: targetFqdn, reportDirectory });
}

const reports = (run: TestRun): string => join(run.folder, reportDirectory);
const read = (run: TestRun, name: string): string => readFileSync(join(reports(run), name), "utf8");
const json = (run: TestRun, name: string) => JSON.parse(read(run, name));

interface Suite {
  readonly attributes: Record<string, string>;
  readonly cases: Record<string, Element>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an element of any shape, as the parser gives it
type Element = any;

const xml = new XMLParser({
  ignoreAttributes: false,
  attributesGroupName: "_attributes",
  attributeNamePrefix: "",
  textNodeName: "_text",
  alwaysCreateTextNode: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** The JUnit XML, read by a strict parser. */
function junit(file: string): Suite {
  const text = readFileSync(file, "utf8");
  expect(text.startsWith('<?xml version="1.0" encoding="utf-8"?>')).toBe(true);
  const { testsuites }: Element = xml.parse(text, true);
  const suite: Element = testsuites.testsuite;
  const { timestamp, hostname, ...attributes } = suite._attributes as Record<string, string>;
  expect(Date.parse(timestamp)).not.toBeNaN();
  expect(hostname).not.toBe("");
  expect(testsuites._attributes).toEqual(attributes);
  const cases = ([] as Element[]).concat(suite.testcase);
  return {
    attributes,
    cases: Object.fromEntries(cases.map((each) => [String(each._attributes?.name), each])),
  };
}

const suiteOf = (run: TestRun, name = "test"): Suite => junit(join(reports(run), `TEST-${name}.xml`));

test("a test that succeeds leaves its result, Lync Server's own report, and its place in the stack's JUnit XML", async () => {
  const run = stack(both);
  const { code, stdout } = await run.run("Federation");
  expect(code).toBe(0);
  expect(stdout).toContain(`Report: ${join(reports(run), "TEST-test.xml")}`);
  expect(readdirSync(reports(run)).sort()).toEqual([
    "TEST-test.Federation.html",
    "TEST-test.Federation.json",
    "TEST-test.xml",
  ]);
  expect(json(run, "TEST-test.Federation.json")).toMatchObject({
    test: "Federation",
    kind: "FederationTest",
    stack: "test",
    cmdlet: "Test-CsFederatedPartner",
    parameters: { TargetFqdn: targetFqdn, Domain: "push.lync.com" },
    result: "Success",
    attempts: ["Attempt 1: Success"],
    message: "",
    latencyMs: 241.8,
    report: "TEST-test.Federation.html",
  });
  expect(read(run, "TEST-test.Federation.html")).toContain("Test-CsFederatedPartner ended: Success");
  const { attributes, cases } = suiteOf(run);
  expect(attributes).toMatchObject({ name: "test", tests: "2", failures: "0", errors: "0", skipped: "1" });
  expect(cases.Federation._attributes).toMatchObject({ classname: "test.FederationTest" });
  expect(cases.Federation["system-out"]._text).toContain("Attempt 1: Success");
  expect(cases.Push.skipped._attributes.message).toContain("It has left no result here");
});

test("a test that fails leaves the same, with Error, Diagnosis and what to check", async () => {
  const run = stack(
    both,
    working((state) => (state.accessEdgeConfiguration.AllowFederatedUsers = false)),
  );
  expect((await run.run("Federation")).code).toBe(1);
  const result = json(run, "TEST-test.Federation.json");
  expect(result).toMatchObject({ result: "Failure", diagnosis: `ErrorCode=1027,Source=${targetFqdn}` });
  expect(result.hints).toEqual([expect.stringContaining("Not allowed or not routed.")]);
  expect(read(run, "TEST-test.Federation.html")).toContain("ErrorCode=1027");
  const { attributes, cases } = suiteOf(run);
  expect(attributes).toMatchObject({ failures: "1", errors: "0" });
  expect(cases.Federation.failure._attributes.type).toBe("Failure");
  expect(cases.Federation.failure._text).toContain("Error: 403, Forbidden");
  expect(cases.Federation.failure._text).toContain("Check: Not allowed or not routed.");
});

test("a test that cannot run is an error, and no report of an earlier run passes for its own", async () => {
  const run = stack((scope) => both(scope, { replication: { intervalSeconds: 1, timeoutSeconds: 1 } }));
  expect((await run.run("Federation")).code).toBe(0);
  run.lync.change((state) => {
    state.replication.stuckForever = ["edge01.contoso.com"];
    state.replication.replicas[0].pending = true;
    state.replication.replicas[0].LastUpdateCreation = new Date().toISOString();
  });
  expect((await run.run("Federation")).code).toBe(1);
  expect(existsSync(join(reports(run), "TEST-test.Federation.html"))).toBe(false);
  expect(json(run, "TEST-test.Federation.json")).toMatchObject({ result: "Error", report: null });
  const { attributes, cases } = suiteOf(run);
  expect(attributes).toMatchObject({ failures: "0", errors: "1" });
  expect(cases.Federation.error._text).toContain("edge01.contoso.com");
});

test("a test whose process is killed is not taken for the success that it had before", async () => {
  const run = stack(both);
  expect((await run.run("Federation")).code).toBe(0);
  run.lync.fault({ cmdlet: "Test-CsFederatedPartner", kind: "dieBefore" });
  expect((await run.run("Federation", true)).code).not.toBe(0);
  expect(suiteOf(run).cases.Federation.error._attributes).toMatchObject({
    type: "Unfinished",
    message: expect.stringContaining("has not come to an end"),
  });
});

test("what left the stack leaves its JUnit XML with the next test that runs", async () => {
  const run = stack(both);
  expect((await run.run("Push")).code).toBe(0);
  run.synthesize((scope) => void new FederationTest(scope, "Federation", federation));
  expect((await run.run("Federation")).code).toBe(0);
  expect(Object.keys(suiteOf(run).cases)).toEqual(["Federation"]);
});

/** A stack on a module of its own, whose test leaves the log and the result that these expressions give. */
function odd(log: string, result: string, error = "''"): TestRun {
  const folder = mkdtempSync(join(tmpdir(), "module-"));
  made.push({ remove: () => rmSync(folder, { recursive: true }) });
  writeFileSync(
    join(folder, "Odd.psm1"),
    `function Test-CsFederatedPartner {
      [CmdletBinding()] param($TargetFqdn, $Domain, $OutLoggerVariable)
      $PSCmdlet.SessionState.PSVariable.Set($OutLoggerVariable, (${log}))
      New-Object -TypeName psobject -Property @{ Result = '${result}'; Error = (${error}); Diagnosis = "a\`nb"; Latency = [TimeSpan]::Zero }
    }`,
  );
  return stack(both, working(), "test", join(folder, "Odd.psm1"));
}

test("markup and characters that XML does not have come through escaped, or not at all", async () => {
  const error = "504 <b>&\"'\u0001\u0008]]> \u00fc \u65e5 \u{1F600}\ufffe\ud800.";
  const codes = [...Array(error.length).keys()].map((index) => error.charCodeAt(index));
  const run = odd("$null", "Failure", `-join [char[]] @(${codes.join()})`);
  expect((await run.run("Federation")).code).toBe(1);
  const { failure } = suiteOf(run).cases.Federation;
  expect(failure._text).toContain("Error: 504 <b>&\"']]> \u00fc \u65e5 \u{1F600}\ufffd.\n  Diagnosis: a b\n");
  expect(read(run, "TEST-test.xml")).not.toMatch(/[^\P{Cc}\t\r\n]|[\ufffe\uffff]/u);
  expect(json(run, "TEST-test.Federation.json").error).toContain("504 <b>&\"'\u0001\b]]>");
});

const noPages =
  "New-Object -TypeName psobject | Add-Member -PassThru -MemberType ScriptMethod -Name ToHTML -Value { throw 'no pages' }";

test.each([
  ["no HTML", noPages, "no pages"],
  ["nothing", "$null", "left no log"],
])("a log that gives %s is a warning, and does not hide the result", async (_, log, warning) => {
  const run = odd(log, "Success");
  const { code, stdout } = await run.run("Federation");
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^WARNING: .*${warning}`, "m"));
  expect(json(run, "TEST-test.Federation.json")).toMatchObject({ result: "Success", report: null });
});

test("a folder that cannot be written fails before the test, and says which", async () => {
  const run = stack(both);
  writeFileSync(reports(run), "a file, and no folder");
  const { code, stderr } = await run.run("Federation");
  expect(code).toBe(1);
  expect(stderr).toContain("The report cannot be written to");
  expect(stderr).toContain("or give another reportDirectory.");
  expect(run.lync.calls("Test-CsFederatedPartner")).toBe(0);
});

test("names are files' names on Windows too, and no two tests have the same", () => {
  const names = (name: string, build: Build): string[] => {
    const run = stack(build, undefined, name);
    const { tests, file } = JSON.parse(
      readIndex(run, Object.keys(run.configuration.resource.null_resource)[0]),
    );
    return [file, ...tests.map((each: { file: string }) => each.file)];
  };
  const add = (scope: Construct, id: string) => new FederationTest(scope, id, federation);
  expect(names("CON", (scope) => void add(scope, "nul"))).toEqual(["TEST-CON", "TEST-CON.nul"]);
  const [file, ...tests] = names("Z\u00fcrich", (scope) => {
    add(scope, "One");
    add(scope, "one");
    add(new Construct(scope, "Region"), "One");
    add(scope, "x".repeat(120));
  });
  expect(file).toMatch(/^TEST-Z_rich-[0-9a-f]{8}$/);
  expect(tests).toEqual([
    `${file}.One`,
    expect.stringMatching(/\.one-[0-9a-f]{8}$/),
    expect.stringMatching(/\.Region_One_[0-9A-F]{8}$/),
    expect.stringMatching(/\.x{90}-[0-9a-f]{8}$/),
  ]);
});

/** The list of tests as the script reads it. */
function readIndex(run: TestRun, resource: string): string {
  const { LYNC_TESTS_0 } = run.environment(resource);
  return gunzipSync(Buffer.from(LYNC_TESTS_0, "base64")).toString("utf8");
}

test("a relative folder starts at the app's folder of the machine that deploys", async () => {
  const run = stack(both);
  const configuration = JSON.stringify(run.configuration.resource);
  expect(configuration).not.toContain(run.folder);
  expect(configuration).not.toContain(process.cwd());
  const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
  run.move(join(elsewhere, "cdktf.out"));
  expect((await run.run("Federation")).code).toBe(0);
  expect(junit(join(elsewhere, reportDirectory, "TEST-test.xml")).attributes.tests).toBe("2");
  rmSync(elsewhere, { recursive: true });
});

test("where the output folder is deep in the app's folder, a relative folder still starts at the app's", () => {
  const app = mkdtempSync(join(tmpdir(), "app-"));
  mkdirSync(join(app, "build"));
  const cwd = jest.spyOn(process, "cwd").mockReturnValue(app);
  const scope = new TerraformStack(new App({ outdir: join(app, "build", "cdktf.out") }), "deep");
  expect(new TestReports(scope).appDirectory).toBe("../../../..");
  cwd.mockRestore();
  rmSync(app, { recursive: true });
});

test("a second folder in one stack is refused, since its JUnit XML is one file", () => {
  const message = messageOf(() => synthesize((scope) => both(scope, { reportDirectory: "elsewhere" })));
  expect(message).toContain(
    'reportDirectory: "reports" is not the folder "elsewhere" of the test at "test/Federation". Allowed: one folder',
  );
});

test("tests that run at the same time in one deploy both are in the JUnit XML", async () => {
  const to = new Deployment(working(), { runner: { preflight: false } });
  made.push(to);
  const folder = join(to.folder, "new", "reports");
  await to.apply((scope) => {
    const dependsOn = [new AllowedDomain(scope, "Domain", { domain: "push.lync.com" })];
    for (const id of ["One", "Two", "Three"]) {
      new FederationTest(scope, id, { ...federation, reportDirectory: folder, dependsOn });
    }
    new PushNotificationTest(scope, "Push", {
      accessEdgeFqdn: targetFqdn,
      reportDirectory: folder,
      dependsOn,
    });
  });
  const { attributes, cases } = junit(join(folder, "TEST-test.xml"));
  expect(attributes).toMatchObject({ tests: "4", failures: "0", errors: "0", skipped: "0" });
  expect(Object.keys(cases)).toEqual(["One", "Two", "Three", "Push"]);
  expect(readdirSync(folder)).toHaveLength(9);
});

test("results are written and put together by one test at a time", async () => {
  const run = stack(both);
  const held = join(run.folder, "held");
  const holding = hold(
    run,
    held,
    `$mutex = New-Object -TypeName System.Threading.Mutex -ArgumentList $false, 'Global\\LyncPushNotificationReports'
     $null = $mutex.WaitOne()`,
    "$mutex.ReleaseMutex()",
  );
  await until(() => existsSync(held));
  const running = run.run("Federation", true);
  await until(() => existsSync(reports(run)));
  await new Promise((go) => setTimeout(go, 1000));
  expect(readdirSync(reports(run))).toEqual([]);
  rmSync(held);
  expect((await running).code).toBe(0);
  expect(suiteOf(run).attributes.errors).toBe("0");
  await holding;
});

describe("a file that another program holds", () => {
  /** A stack whose Push has its result, in a file that another process opens so that nobody else can. */
  async function opened(name: string) {
    const run = stack(both);
    expect((await run.run("Push")).code).toBe(0);
    const held = join(run.folder, "held");
    const file = join(reports(run), name);
    const holding = hold(
      run,
      held,
      `$file = [IO.File]::Open('${file}', 'OpenOrCreate', 'ReadWrite', 'None')`,
      "$file.Dispose()",
    );
    await until(() => existsSync(held));
    return { run, file, holding, release: () => rmSync(held) };
  }

  test("for a moment is waited for", async () => {
    const { run, holding, release } = await opened("TEST-test.Push.json");
    const running = run.run("Federation");
    await until(() => existsSync(join(reports(run), "TEST-test.Federation.json")));
    await new Promise((go) => setTimeout(go, 1000));
    release();
    const { code, stdout } = await running;
    expect(code).toBe(0);
    expect(stdout).not.toContain("WARNING");
    expect(suiteOf(run).attributes).toMatchObject({ skipped: "0" });
    await holding;
  });

  test.each(["TEST-test.Federation.json.new", "TEST-test.Push.json"])(
    "for longer is named, and neither keeps the test from running nor changes its result (%s)",
    async (name) => {
      const { run, file, holding, release } = await opened(name);
      const { code, stdout, stderr } = await run.run("Federation");
      expect([code, stderr]).toEqual([0, ""]);
      expect(run.lync.calls("Test-CsFederatedPartner")).toBe(1);
      expect(stdout).toContain(`the file "${file.replace(".new", "")}" is in use: another program`);
      expect(existsSync(join(reports(run), "TEST-test.Federation.html"))).toBe(true);
      release();
      await holding;
    },
  );
});

/** Runs a script that holds something until the file is removed that it makes then. */
async function hold(run: TestRun, held: string, take: string, giveBack: string): Promise<void> {
  const file = join(run.folder, "hold.ps1");
  const lines = [
    take,
    "[IO.File]::WriteAllText($env:HELD, '')",
    "while ([IO.File]::Exists($env:HELD)) { Start-Sleep -Milliseconds 50 }",
    giveBack,
  ];
  writeFileSync(file, lines.join("\n"));
  await runPowerShell(["-NoProfile", "-File", file], { env: { HELD: held } });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((go) => setTimeout(go, 50));
}
