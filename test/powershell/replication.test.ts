// The wait for replication: a status from before a change does not pass for one with the change.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { AccessEdgeConfig, AllowedDomain, FederationTest, ReplicationWait, TestWhen } from "../../constructs";
import { Deployment } from "../support/deployment";
import { LyncState, SimulatedLync } from "../support/simulated-lync";
import { TestRun } from "../support/test-run";

const federation = { targetFqdn: "accessproxy.contoso.com", domain: "push.lync.com" };
const soon = { intervalSeconds: 1, timeoutSeconds: 30 };

const made: { remove(): void }[] = [];
afterAll(() => made.forEach((each) => each.remove()));

/** A server whose last change was long ago, by a clock that is far ahead; the snapshot of the next one takes a while. */
function lyncWith(change: (state: LyncState) => void): SimulatedLync {
  const lync = new SimulatedLync();
  lync.change((state) => {
    state.replication.replicas.forEach((each) => {
      each.LastUpdateCreation = "2099-02-12T08:00:00.000Z";
      each.LastStatusReport = "2099-02-12T08:00:09.000Z";
    });
    change(state);
  });
  return lync;
}

function deployment(change: (state: LyncState) => void): Deployment {
  const to = new Deployment(lyncWith(change));
  made.push(to);
  return to;
}

/** All that the test's result depends on, and the test, which fails where the Edge does not have it yet. */
const build = (replication: ReplicationWait, allowed = true) => {
  return (stack: TerraformStack): void => {
    if (allowed) new AllowedDomain(stack, "Push", { domain: federation.domain });
    new AccessEdgeConfig(stack, "Edge");
    const domainManagedElsewhere = !allowed;
    new FederationTest(stack, "Federation", {
      ...federation,
      domainManagedElsewhere,
      replication,
      when: TestWhen.EVERY_DEPLOY,
    });
  };
};
const tests = (to: Deployment) => to.lync.calls("Test-CsFederatedPartner");

test("a test waits while the replicas are up to date with what was before the change, whatever their clock", async () => {
  const to = deployment(({ replication }) => {
    replication.lagSeconds = 6;
    replication.delaySeconds = 1;
  });
  const output = await to.apply(build(soon));
  expect(output).toContain("Waiting until replication has reached edge01.contoso.com, fe01.contoso.com");
  expect(tests(to)).toBe(1);
  // Nothing is changed any more, so nothing is waited for, though no update will ever be made.
  expect(await to.apply(build(soon))).toContain("up to date after 0 s.");
  expect(tests(to)).toBe(2);
});

test("a change whose snapshot is never made fails the wait with the reason, and the test does not run", async () => {
  const to = deployment(({ replication }) => (replication.lagSeconds = 3_600));
  const { code, stderr } = await to.tryApply(build({ ...soon, timeoutSeconds: 3 }));
  expect(code).toBe(1);
  expect(stderr.replace(/\s+/g, " ")).toContain(
    "edge01.contoso.com (last status report: 2099-02-12 08:00:09): up to date only with an update from before the change",
  );
  expect(stderr.replace(/\s+/g, " ")).toContain(
    "counts 180 s after the change: raise replication.timeoutSeconds",
  );
  expect(tests(to)).toBe(0);
});

test("a computer that no update is made for counts 3 minutes after the change", async () => {
  const lync = lyncWith(({ replication }) => (replication.unconcerned = ["fe01.contoso.com"]));
  const run = new TestRun(lync).synthesize(build({ intervalSeconds: 1, timeoutSeconds: 3 }));
  made.push(run);
  for (const each of ["Push", "Edge"]) expect((await run.run(each)).code).toBe(0);
  const early = await run.run("Federation");
  expect(early.code).toBe(1);
  expect(early.stderr).toContain("  - fe01.contoso.com");
  expect(early.stderr).not.toContain("  - edge01.contoso.com");
  const mark = join(run.folder, "cdktf.out", "stacks", "test", "lync-replication.json");
  const { Changed, Replicas } = JSON.parse(readFileSync(mark, "utf8"));
  const minutesAgo = String(BigInt(Changed) - 180n * 10_000_000n);
  writeFileSync(mark, JSON.stringify({ Changed: minutesAgo, Replicas }));
  expect((await run.run("Federation")).code).toBe(0);
});

test("what leaves the code is a change to wait for, too", async () => {
  const to = deployment(() => undefined);
  await to.apply(build(soon));
  to.lync.change(({ replication }) => (replication.lagSeconds = 6));
  const { code, stdout, stderr } = await to.tryApply(build(soon, false));
  expect(code).toBe(1);
  expect(stdout).toContain("Waiting until replication has reached");
  expect(stderr).toContain("403, Forbidden: the domain push.lync.com is not allowed.");
});

test.each([true, false])(
  "a forced replication counts once its own update is there, the status from before kept: %s",
  async (keepsStatus) => {
    const lync = lyncWith((state) => {
      Object.assign(state.replication, { lagSeconds: 4, keepsStatus });
      state.allowedDomains = [
        { Identity: federation.domain, ProxyFqdn: null, Comment: null, MarkForMonitoring: false },
      ];
      state.accessEdgeConfiguration.AllowFederatedUsers = true;
    });
    const run = new TestRun(lync).synthesize(
      (stack) =>
        void new FederationTest(stack, "Federation", {
          ...federation,
          domainManagedElsewhere: true,
          replication: { ...soon, trigger: true },
        }),
    );
    made.push(run);
    const { code, stdout } = await run.run("Federation");
    expect(code).toBe(0);
    expect(stdout).toMatch(/up to date after ([3-9]|1\d) s\./);
  },
);
