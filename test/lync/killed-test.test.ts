// A test that was killed while something else of the stack ended: it runs in the next deploy, and no other test does.
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataResource, TerraformStack } from "cdktf";
import {
  FederationTest,
  LyncResourceType,
  PushNotificationTest,
  TestFailure,
  TestProps,
  TestWhen,
} from "../../constructs";
import { Build, Deployment, DeploymentOptions } from "../support/deployment";
import { fired, killWhen, namesIn, Operation } from "../support/interruption";
import { runPowerShell } from "../support/powershell";
import { synthesize } from "../support/synth";

const FEDERATION = "Test-CsFederatedPartner";
const PUSH = "Test-CsMcxPushNotification";
const made: Deployment[] = [];
afterAll(() => made.forEach((each) => each.remove()));

const federation = { domain: "push.lync.com", domainManagedElsewhere: true };

/** Two tests, side by side. */
const both =
  (props: TestProps = {}, edge = "edge.contoso.com"): Build =>
  (stack) => {
    new FederationTest(stack, "Federation", { ...federation, targetFqdn: edge, ...props });
    new PushNotificationTest(stack, "Push", { accessEdgeFqdn: edge, ...props });
  };

/** A server, and what runs against it. */
function deployment(options: DeploymentOptions = {}): Deployment {
  const to = new Deployment(undefined, { runner: { preflight: false }, ...options });
  made.push(to);
  return to;
}

type Result = "Success" | "Failure";

/** Deploys; how it ended, and how often each of the tests ran, whose results these are. */
async function deploy(to: Deployment, build: Build, results: Partial<Record<string, Result>> = {}) {
  const calls = () => ({ [FEDERATION]: to.lync.calls(FEDERATION), [PUSH]: to.lync.calls(PUSH) });
  to.lync.change((state) => (state.testResults = resultsOf(results)));
  const before = calls();
  const { code, stdout, stderr } = await to.tryApply(build);
  const after = calls();
  return {
    ended: code === 0,
    runs: [after[FEDERATION] - before[FEDERATION], after[PUSH] - before[PUSH]],
    text: `${stdout}${stderr}`.replace(/[\s\u2502]+/g, " "),
  };
}

function resultsOf(results: Partial<Record<string, Result>>) {
  return ([FEDERATION, PUSH] as const).map((cmdlet) => ({ cmdlet, result: results[cmdlet] ?? "Success" }));
}

/** Deploys, and is killed in the test of push notifications when the end of another has brought it into Terraform's state. */
async function killInPushTest(
  to: Deployment,
  build: Build,
  ended = "Federation_Tested",
  meanwhile = () => {},
): Promise<void> {
  to.lync.change((state) => (state.testResults = resultsOf({})));
  to.lync.fault({ cmdlet: PUSH, kind: "hangBefore" });
  const operation: Operation = (it, signal) => it.tryApply(build, signal);
  await killWhen(to, operation, () => {
    meanwhile();
    return fired(to.lync) && ["Push", ended].every((name) => namesIn(to).includes(name));
  });
}

/** The notes on the runner. */
const notes = (to: Deployment): string[] => readdirSync(join(to.folder, "LyncPushNotifications"));

test("a note that a test came to its end is gone after a month", async () => {
  const to = deployment();
  await deploy(to, both());
  const [old, recent] = notes(to);
  const longAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
  utimesSync(join(to.folder, "LyncPushNotifications", old), longAgo, longAgo);
  await deploy(to, both({}, "new.contoso.com"));
  expect(notes(to)).toHaveLength(3);
  expect(notes(to)).toContain(recent);
  expect(notes(to)).not.toContain(old);
});

test.each([LyncResourceType.TERRAFORM_DATA, LyncResourceType.NULL_RESOURCE])(
  "with %s, a test that was killed when another had ended runs in the next deploy, and it alone",
  async (resourceType) => {
    const to = deployment({ resourceType });
    const reportDirectory = join(to.folder, "reports");
    const build = both({ reportDirectory });
    const report = () => readFileSync(join(reportDirectory, "TEST-test.xml"), "utf8");
    await killInPushTest(to, build);
    expect(report()).toContain("has not come to an end");
    expect((await to.plan(build)).changes).toBe(true);
    const next = await deploy(to, build);
    expect(next).toMatchObject({ ended: true, runs: [0, 1] });
    expect(next.text).toContain(
      "no note that PushNotificationTest came to its end: a deploy was interrupted",
    );
    expect(report()).not.toContain("has not come to an end");
    expect((await to.plan(build)).changes).toBe(false);
  },
);

test("a test that was killed beside a resource of the user's runs in the next deploy, before what depends on it", async () => {
  const to = deployment();
  const file = join(to.folder, "go");
  const build = (stack: TerraformStack) => {
    const interpreter = [process.execPath, "-e"];
    const command = `setInterval(() => require("fs").existsSync(${JSON.stringify(file)}) && process.exit(), 50)`;
    new DataResource(stack, "Own", { provisioners: [{ type: "local-exec", interpreter, command }] });
    const test = new PushNotificationTest(stack, "Push", { accessEdgeFqdn: "edge.contoso.com" });
    new DataResource(stack, "After", { dependsOn: [test] });
  };
  await killInPushTest(to, build, "Own", () => {
    if (fired(to.lync)) writeFileSync(file, "");
  });
  expect(await deploy(to, build, { [PUSH]: "Failure" })).toMatchObject({ ended: false, runs: [0, 1] });
  expect(namesIn(to)).not.toContain("After");
  expect(await deploy(to, build)).toMatchObject({ ended: true, runs: [0, 1] });
  expect(namesIn(to)).toContain("After");
});

test("an edit that was killed in a test: a test that fails then runs in every deploy until it succeeds, the others do not", async () => {
  const to = deployment();
  const build = both();
  expect(await deploy(to, both({}, "old.contoso.com"))).toMatchObject({ ended: true, runs: [1, 1] });
  await killInPushTest(to, build);
  const failing = { [PUSH]: "Failure" } as const;
  for (let attempt = 1; attempt <= 2; attempt++) {
    const next = await deploy(to, build, failing);
    expect(next).toMatchObject({ ended: false, runs: [0, 1] });
    expect(next.text).toContain("PushNotificationTest against edge.contoso.com did not succeed");
  }
  expect(await deploy(to, build)).toMatchObject({ ended: true, runs: [0, 1] });
  expect(await deploy(to, build)).toMatchObject({ ended: true, runs: [0, 0] });
});

test("a test that may fail and was killed runs in the next deploy, which goes on; one that runs out of time runs once", async () => {
  const to = deployment({ runner: { preflight: false, timeoutSeconds: 5 }, ownProcesses: true });
  const build = both({ onFailure: TestFailure.WARN });
  await killInPushTest(to, build);
  expect(await deploy(to, build, { [PUSH]: "Failure" })).toMatchObject({ ended: true, runs: [0, 1] });
  const edited = both({ onFailure: TestFailure.WARN }, "new.contoso.com");
  to.lync.fault({ cmdlet: PUSH, kind: "hangBefore" });
  const slow = await deploy(to, edited);
  expect(slow).toMatchObject({ ended: true, runs: [1, 1] });
  expect(slow.text).toContain("WARNING: timed out");
  expect((await to.plan(edited)).changes).toBe(false);
});

test("where the test came to its end, the look at it loads no Lync module", async () => {
  const to = deployment();
  const folder = join(to.folder, "LyncPushNotifications");
  mkdirSync(folder);
  writeFileSync(join(folder, "an-id.tested"), "PushNotificationTest");
  const env = { LYNC_TEST_ID: "an-id", LYNC_KIND: "PushNotificationTest", LYNC_TIMEOUT_SECONDS: "60" };
  const settings = JSON.stringify({ AccessEdgeFqdn: ":edge.contoso.com" });
  const script = join("constructs", "powershell", "Confirm-LyncTest.ps1");
  const look = () =>
    runPowerShell(["-NoProfile", "-File", script], {
      env: { ...env, LYNC_MODULE: "None", LYNC_SETTINGS: settings, XDG_DATA_HOME: to.folder },
      timeoutMs: 60_000,
    });
  expect(await look()).toMatchObject({ code: 0, stdout: "PushNotificationTest has come to its end.\n" });
  rmSync(join(folder, "an-id.tested"));
  expect((await look()).stderr).toContain("None");
});

test("a test that runs in every deploy has no second resource, since it runs in the next one in any case", () => {
  const build = (when: TestWhen) => synthesize(both({ when })).resource;
  expect(Object.keys(build(TestWhen.ON_CHANGE).terraform_data)).toContain("Push_Tested");
  expect(Object.keys(build(TestWhen.EVERY_DEPLOY).terraform_data)).not.toContain("Push_Tested");
});
