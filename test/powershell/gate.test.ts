// The tests as the gate of a deploy: they wait for replication, try again, say what to check, and fail or warn.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformVariable } from "cdktf";
import {
  AllowedDomain,
  FederationTest,
  FederationTestProps,
  LyncResourceType,
  LyncRunnerProps,
  PushNotificationStack,
  PushNotificationStackProps,
  TestFailure,
  TestProps,
  TestWhen,
} from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { LyncState, SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";
import { TestRun } from "../support/test-run";

const targetFqdn = "accessproxy.contoso.com";
const federation = { targetFqdn, domain: "push.lync.com", domainManagedElsewhere: true };

const made: { remove(): void }[] = [];
afterAll(() => made.forEach((each) => each.remove()));

/** A server on which federation with push.lync.com works. */
function federated(change: (state: LyncState) => void = () => undefined): SimulatedLync {
  const lync = new SimulatedLync();
  lync.change((state) => {
    state.accessEdgeConfiguration.AllowFederatedUsers = true;
    state.allowedDomains = [
      { Identity: "push.lync.com", ProxyFqdn: null, Comment: null, MarkForMonitoring: false },
    ];
    change(state);
  });
  return lync;
}

/** A change is on its way to the replicas, and does not arrive before the test says so. */
function pending(state: LyncState): void {
  state.replication.delaySeconds = 600;
  state.replication.replicas.forEach((each) => {
    each.pending = true;
    each.LastUpdateCreation = new Date().toISOString();
  });
}

/** Runs a federation test with these settings, as its provisioner does. */
async function gate(
  lync: SimulatedLync,
  props: Partial<FederationTestProps>,
  runner?: LyncRunnerProps,
  ownProcess = false,
) {
  const run = new TestRun(lync, runner).synthesize(
    (stack) => void new FederationTest(stack, "Federation", { ...federation, ...props }),
  );
  made.push(run);
  const began = Date.now();
  const result = await run.run("Federation", ownProcess);
  return { ...result, seconds: (Date.now() - began) / 1000, calls: lync.calls("Test-CsFederatedPartner") };
}

/** Until the server has been asked for the state of replication so many times. */
async function looks(lync: SimulatedLync, count: number): Promise<void> {
  while (lync.calls("Get-CsManagementStoreReplicationStatus") < count)
    await new Promise((go) => setTimeout(go, 100));
}

const lines = (text: string, start: string): string[] =>
  text.split("\n").filter((line) => line.startsWith(start));

function failures(
  count: number,
  error = "504, Server time-out",
  diagnosis = "ErrorCode=2,Source=a",
): (state: LyncState) => void {
  const each = { cmdlet: "Test-CsFederatedPartner" as const, result: "Failure" as const };
  return (state) => state.testResults.push(...Array(count).fill({ ...each, error, diagnosis }));
}

describe("replication", () => {
  const wait = { intervalSeconds: 1, timeoutSeconds: 20 };

  test("the test waits until every replica is up to date, and says what for, how long, and how long at most", async () => {
    const lync = federated(pending);
    const running = gate(lync, { replication: wait });
    await looks(lync, 2);
    lync.change((state) => (state.replication.delaySeconds = 0));
    const { code, stdout, calls } = await running;
    expect({ code, calls }).toEqual({ code: 0, calls: 1 });
    const both = "edge01.contoso.com, fe01.contoso.com";
    expect(stdout).toContain(`Waiting until replication has reached ${both}: 0 s elapsed, 20 s left.\n`);
    expect(stdout).toMatch(new RegExp(`Replication has reached ${both}: up to date after [1-9]\\d* s\\.`));
    expect(stdout.indexOf("Replication has reached")).toBeLessThan(
      stdout.indexOf("> Test-CsFederatedPartner"),
    );
  });

  test("a replica that never comes names itself, and the test does not run", async () => {
    const lync = federated((state) => {
      pending(state);
      state.replication.delaySeconds = 0;
      state.replication.stuckForever = ["edge01.contoso.com"];
    });
    const { code, stderr, calls, seconds } = await gate(lync, {
      replication: { intervalSeconds: 1, timeoutSeconds: 2 },
    });
    expect({ code, calls }).toEqual({ code: 1, calls: 0 });
    expect(seconds).toBeGreaterThan(2);
    expect(stderr).toContain("Replication has not reached every computer within 2 s");
    expect(stderr).toContain("  - edge01.contoso.com (last status report: never)");
    expect(stderr).not.toContain("fe01");
    expect(stderr).toContain("raise replication.timeoutSeconds");
    expect(stderr).toContain("A retired computer may stay in the list and never catch up");
    expect(stderr).toContain("in replication.replicas, and leave it out");
  });

  test("only the replicas that are named are waited for, whatever their case", async () => {
    const lync = federated((state) => {
      pending(state);
      state.replication.delaySeconds = 0;
      state.replication.stuckForever = ["fe01.contoso.com"];
    });
    const { code } = await gate(lync, { replication: { ...wait, replicas: ["EDGE01.contoso.com"] } });
    expect(code).toBe(0);
  });

  test("a replica that Lync Server does not know fails at once, with those that it knows", async () => {
    const { code, stderr, seconds } = await gate(federated(), {
      replication: { ...wait, replicas: ["edge02.contoso.com"] },
    });
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(15);
    expect(stderr).toContain("Replication does not know edge02.contoso.com.");
    expect(stderr).toContain("shows: edge01.contoso.com, fe01.contoso.com.");
  });

  test("forced replication gets a stuck replica going, and is asked of the named replicas alone", async () => {
    const stuck = federated((state) => {
      pending(state);
      state.replication.delaySeconds = 0;
      state.replication.stuck = ["edge01.contoso.com"];
    });
    const replicas = ["edge01.contoso.com"];
    expect((await gate(stuck, { replication: { ...wait, replicas, trigger: true } })).code).toBe(0);
    expect(stuck.log()).toMatchObject([
      { cmdlet: "Invoke-CsManagementStoreReplication", parameters: { ReplicaFqdn: "edge01.contoso.com" } },
    ]);
    const all = federated();
    expect((await gate(all, { replication: { ...wait, trigger: true } })).code).toBe(0);
    expect(all.log().map((each) => each.parameters)).toEqual([{}]);
  });

  test("the operation's own limit does not cut a wait that the settings allow", async () => {
    const lync = federated((state) => {
      pending(state);
      state.replication.delaySeconds = 6;
    });
    const { code, seconds } = await gate(lync, { replication: wait }, { timeoutSeconds: 4 });
    expect(code).toBe(0);
    expect(seconds).toBeGreaterThan(4);
  });

  test("changes go on while a test waits", async () => {
    const lync = federated(pending);
    const run = new TestRun(lync).synthesize((stack) => {
      new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com" });
      new FederationTest(stack, "Federation", {
        ...federation,
        replication: { ...wait, timeoutSeconds: 60 },
      });
    });
    made.push(run);
    const waiting = run.run("Federation", true);
    await looks(lync, 1);
    expect((await run.run("Fabrikam", true)).code).toBe(0);
    expect(await Promise.race([waiting, "still waiting"])).toBe("still waiting");
    lync.change((state) => (state.replication.delaySeconds = 0));
    expect((await waiting).code).toBe(0);
  });
});

describe("attempts", () => {
  const retries = { intervalSeconds: 1, timeoutSeconds: 20 };

  test("a test is tried until it succeeds, and each attempt is a line", async () => {
    const { code, stdout, calls } = await gate(federated(failures(2)), { retries });
    expect({ code, calls }).toEqual({ code: 0, calls: 3 });
    expect(lines(stdout, "Attempt")).toEqual([
      expect.stringMatching(
        /^Attempt 1: Failure; Error: 504, Server time-out; Diagnosis: ErrorCode=2,Source=a; next attempt in 1 s, 20 s left\.$/,
      ),
      expect.stringMatching(/^Attempt 2: Failure;/),
      "Attempt 3: Success.",
    ]);
  });

  test("when the time is over, the failure has the last Error and Diagnosis and a hint", async () => {
    const lync = federated((state) => {
      failures(1, "403, Forbidden", "first")(state);
      failures(20)(state);
    });
    const { code, stderr, calls, seconds } = await gate(lync, {
      retries: { intervalSeconds: 1, timeoutSeconds: 3 },
    });
    expect(code).toBe(1);
    expect(calls).toBeGreaterThanOrEqual(2);
    expect(seconds).toBeGreaterThan(3);
    expect(stderr).toContain(`FederationTest against push.lync.com did not succeed. Attempts: ${calls}, in `);
    expect(stderr).toContain(
      "  Error: 504, Server time-out\n  Diagnosis: ErrorCode=2,Source=a\n  Check: No answer in time.",
    );
  });

  const THROWN = "A 504 (Server time-out) response was received from the network and the operation failed.";
  const thrown = (count: number, logs: boolean) => (state: LyncState) => {
    const throws = "Microsoft.Rtc.Signaling.FailureResponseException";
    const each = {
      cmdlet: "Test-CsFederatedPartner",
      result: "Failure",
      error: THROWN,
      throws,
      logs,
    } as const;
    state.testResults.push(...Array(count).fill(each));
  };

  test("a result that the cmdlet throws is tried again like one that it returns", async () => {
    const lync = federated(thrown(2, false));
    const { code, stdout, calls } = await gate(lync, { retries });
    expect({ code, calls }).toEqual({ code: 0, calls: 3 });
    expect(lines(stdout, "Attempt")[0]).toContain(
      `Attempt 1: Failure; Error: ${THROWN}; Diagnosis: Microsoft.Rtc`,
    );
    expect(lync.state().testResults).toEqual([]);
  });

  test.each([true, false])(
    "a result that the cmdlet throws is a failure in every report, with hints (the log is filled: %s)",
    async (logs) => {
      const reportDirectory = mkdtempSync(join(tmpdir(), "thrown-"));
      const { code, stderr } = await gate(federated(thrown(1, logs)), { reportDirectory });
      const read = (name: string) => readFileSync(join(reportDirectory, name), "utf8");
      const result = JSON.parse(read("TEST-test.Federation.json"));
      const xml = read("TEST-test.xml");
      rmSync(reportDirectory, { recursive: true });
      expect(code).toBe(1);
      expect(stderr).toContain("FederationTest against push.lync.com did not succeed. Attempts: 1");
      expect(result).toMatchObject({ result: "Failure", error: THROWN });
      expect(result.report).toBe(logs ? "TEST-test.Federation.html" : null);
      expect(result.hints).toEqual([expect.stringMatching(/^No answer in time/)]);
      expect(xml).toMatch(/<failure [^>]*type="Failure"/);
      expect(xml).not.toContain("<error");
    },
  );

  test("without retries there is one attempt", async () => {
    expect(await gate(federated(failures(1)), {})).toMatchObject({ code: 1, calls: 1 });
  });

  test("an error of the cmdlet itself is not tried again", async () => {
    const denied = federated((state) => (state.denied = ["Test-CsFederatedPartner"]));
    const { code, stderr, calls } = await gate(denied, { retries });
    expect({ code, calls }).toEqual({ code: 1, calls: 1 });
    expect(stderr).toContain("the account needs the group RtcUniversalServerAdmins");
  });

  test("a test cmdlet that hangs is ended by the limit", async () => {
    const lync = federated();
    lync.fault({ cmdlet: "Test-CsFederatedPartner", kind: "hangBefore" });
    const { code, stderr } = await gate(
      lync,
      { retries: { timeoutSeconds: 1 } },
      { timeoutSeconds: 6 },
      true,
    );
    expect(code).toBe(1);
    expect(stderr).toContain("timed out: Test-CsFederatedPartner took longer than 7 seconds");
  });

  test("one that hangs is a warning where a failure is one, and its reports say that it has no result", async () => {
    const reportDirectory = mkdtempSync(join(tmpdir(), "hang-"));
    const lync = federated();
    lync.fault({ cmdlet: "Test-CsFederatedPartner", kind: "hangBefore" });
    const props = { onFailure: TestFailure.WARN, reportDirectory };
    const { code, stdout, stderr } = await gate(lync, props, { timeoutSeconds: 5 }, true);
    const xml = readFileSync(join(reportDirectory, "TEST-test.xml"), "utf8");
    rmSync(reportDirectory, { recursive: true });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("WARNING: timed out: Test-CsFederatedPartner took longer than 5 seconds.");
    expect(stdout).toContain("The deploy goes on, since onFailure of this test is");
    expect(xml).toContain("ran out of time");
  });
});

describe("in a deploy", () => {
  const target = { targetFqdn, domain: "push.lync.com" };

  function deployment(resourceType?: LyncResourceType): Deployment {
    const deployed = new Deployment(federated(), { resourceType, runner: { preflight: false } });
    made.push(deployed);
    return deployed;
  }

  const build =
    (props: TestProps): Build =>
    (stack) => {
      const domain = new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
      new FederationTest(stack, "Federation", { ...target, ...props, dependsOn: [domain] });
    };

  test.each(Object.values(LyncResourceType))(
    "a %s runs once, and again in every deploy where it shall; how it is run is no change",
    async (type) => {
      const to = deployment(type);
      const tests = () => to.lync.calls("Test-CsFederatedPartner");
      await to.apply(build({}));
      const otherwise = {
        replication: { timeoutSeconds: 30 },
        retries: {},
        reportDirectory: join(to.folder, "reports"),
        onFailure: TestFailure.WARN,
      };
      expect((await to.plan(build(otherwise))).changes).toBe(false);
      expect(tests()).toBe(1);
      await to.apply(build({ when: TestWhen.EVERY_DEPLOY }));
      expect(tests()).toBe(2);
      const { changes, text } = await to.plan(build({ when: TestWhen.EVERY_DEPLOY }));
      expect(changes).toBe(true);
      expect(text).toMatch(/EveryDeploy"? += .*known after apply/);
      expect(text).toContain("Plan: 1 to add, 0 to change, 1 to destroy.");
      await to.apply(build({ when: TestWhen.EVERY_DEPLOY }));
      expect(tests()).toBe(3);
    },
  );

  test("a failure fails the deploy and runs again, or warns and lets it go on", async () => {
    const to = deployment();
    to.lync.change(failures(2));
    const failed = await to.tryApply(build({}));
    expect(failed.code).toBe(1);
    expect(failed.stdout + failed.stderr).toContain("Check: No answer in time.");
    const warned = await to.apply(build({ onFailure: TestFailure.WARN }));
    expect(to.lync.calls("Test-CsFederatedPartner")).toBe(2);
    expect(warned).toContain("WARNING: FederationTest against push.lync.com did not succeed.");
    expect(warned).toContain("The deploy goes on, since onFailure of this test is");
    expect((await to.plan(build({ onFailure: TestFailure.WARN }))).changes).toBe(false);
  });
});

test("the check of the runner asks for the cmdlets of the wait before the first change", async () => {
  const to = new Deployment(
    federated((state) => (state.missingCmdlets = ["Invoke-CsManagementStoreReplication"])),
  );
  made.push(to);
  const result = await to.tryApply((stack) => {
    new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com" });
    new FederationTest(stack, "Federation", { ...federation, replication: { trigger: true } });
  });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("Invoke-CsManagementStoreReplication");
  expect(to.lync.calls("Get-CsManagementStoreReplicationStatus")).toBe(1);
  expect(to.lync.log()).toEqual([]);
});

describe("at synthesis", () => {
  const declare = (props: object) => () =>
    synthesize((stack) => void new FederationTest(stack, "Federation", { ...federation, ...props }));

  test("all settings are the script's environment, with the defaults filled in, and no triggers", () => {
    const { triggers, provisioner } = declare({ replication: {}, retries: {} })().resource.null_resource
      .Federation;
    expect(provisioner[0]["local-exec"].environment).toMatchObject({
      LYNC_TIMEOUT_SECONDS: "1500",
      LYNC_REPLICAS: "all",
      LYNC_REPLICATION_TRIGGER: "false",
      LYNC_REPLICATION_INTERVAL: "10",
      LYNC_REPLICATION_TIMEOUT: "600",
      LYNC_RETRY_INTERVAL: "30",
      LYNC_RETRY_TIMEOUT: "300",
      LYNC_ON_FAILURE: "fail",
      LYNC_REPORT_DIRECTORY: "",
    });
    expect(triggers).toEqual({ ...declare({})().resource.null_resource.Federation.triggers });
  });

  test("a reviewer sees in the plan that a test will force replication", () => {
    const { triggers } = declare({ replication: { trigger: true } })().resource.null_resource.Federation;
    expect(triggers?.Cmdlets).toBe("Invoke-CsManagementStoreReplication, Test-CsFederatedPartner");
  });

  test("all that is wrong is told at once, by the name that stands in the code", () => {
    const message = messageOf(
      declare({
        replication: { replicas: ["edge01"], trigger: "yes", intervalSeconds: 0, timeout: 5 },
        retries: { timeoutSeconds: 1.5 },
        when: "always",
        reportDirectory: "reports?",
        onFailure: "ignore",
      }),
    );
    expect(message).toContain("8 invalid settings");
    for (const part of [
      'replication.replicas: "edge01" is a single label.',
      'replication.trigger: "yes" is not a Boolean.',
      "replication.intervalSeconds: 0 is not a number of seconds. Allowed: a whole number from 1 to 3600.",
      "replication.timeout: is not a property. Allowed: replicas, trigger, intervalSeconds, timeoutSeconds.",
      "retries.timeoutSeconds: 1.5 is not a number of seconds. Allowed: a whole number from 1 to 86400.",
      'when: "always" is not a known value. Allowed: "on change", "every deploy".',
      'reportDirectory: "reports?" holds "?", which no folder',
      'onFailure: "ignore" is not a known value. Allowed: "fail", "warn".',
    ])
      expect(message).toContain(part);
  });

  test.each([
    [
      { replication: true },
      "replication: true is no group of settings. Allowed: an object, {} for the defaults.",
    ],
    [{ replication: { replicas: [] } }, "replication.replicas: [] is no list of computers."],
    [{ reportDirectory: " " }, 'reportDirectory: " " is empty.'],
    [{ reportDirectory: "C:reports" }, 'holds ":"'],
  ])("%j is refused", (props, reason) => {
    expect(messageOf(declare(props))).toContain(reason);
  });

  test("a value that only Terraform knows cannot decide when and how long", () => {
    const message = messageOf(() =>
      synthesize((stack) => {
        const given = new TerraformVariable(stack, "given", { type: "string" });
        const when = given.stringValue as TestWhen;
        const retries = { timeoutSeconds: given.numberValue };
        const replication = { replicas: given.listValue };
        new FederationTest(stack, "Federation", { ...federation, when, retries, replication });
      }),
    );
    expect(message).toContain("when: is a Token");
    expect(message).toContain("replication.replicas: is a Token");
    expect(message).toContain("retries.timeoutSeconds: is a Token");
  });

  test("an environment sets both tests in one place, and can leave one out", () => {
    const of = (tests: PushNotificationStackProps["tests"]) => {
      const build = (app: App) =>
        void new PushNotificationStack(app, "all", { accessEdgeFqdn: targetFqdn, tests });
      const { null_resource } = synthesizeApp(build, "all").resource;
      const found = Object.entries(null_resource).filter(([name]) => /Test$/.test(name));
      return Object.fromEntries(
        found.map(([name, each]) => [name, each.provisioner[0]["local-exec"].environment]),
      );
    };
    const given = { retries: { timeoutSeconds: 60 }, onFailure: TestFailure.WARN };
    const expected = { LYNC_RETRY_TIMEOUT: "60", LYNC_ON_FAILURE: "warn" };
    expect(of(given)).toMatchObject({ FederationTest: expected, PushNotificationTest: expected });
    expect(Object.keys(of({ federation: false }))).toEqual(["PushNotificationTest"]);
    expect(Object.keys(of({ pushNotifications: false }))).toEqual(["FederationTest"]);
    expect(Object.keys(of(false))).toEqual([]);
    const message = messageOf(() => of({ pushNotification: false, retries: { interval: 1 } } as never));
    expect(message).toContain("2 invalid settings");
    expect(message).toContain("tests.pushNotification: is not a property. Did you mean pushNotifications?");
    expect(message).toContain("tests.retries.interval: is not a property.");
    expect(messageOf(() => of("yes" as never))).toContain(
      'tests: "yes" is neither true nor false, nor a group of settings.',
    );
  });
});
