// Several deploys at once: of one state, of several stacks, from one runner and from two, and several operations of one.
import { spawnSync } from "node:child_process";
import { AllowedDomain, LyncRunnerProps } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { during, faultFires } from "../support/interruption";
import { hasOwnRunners } from "../support/own-runner";
import { SimulatedLync } from "../support/simulated-lync";

const deployments: Deployment[] = [];
function deployment(lync = new SimulatedLync(), runner: LyncRunnerProps = {}): Deployment {
  const made = new Deployment(lync, { runner: { preflight: false, ...runner }, sharedRunner: true });
  deployments.push(made);
  return made;
}
/** One on a runner of its own, which no lock keeps from changing Lync Server while another does. */
function onOwnRunner(lync: SimulatedLync): Deployment {
  const made = new Deployment(lync, { runner: { preflight: false }, ownProcesses: true });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

/** Code with an allowed domain for each name. */
function domains(...names: string[]): Build {
  return (stack) => names.forEach((name) => new AllowedDomain(stack, name, { domain: `${name}.com` }));
}

const allowed = (lync: SimulatedLync): string[] =>
  lync
    .state()
    .allowedDomains.map((each) => each.Identity)
    .sort();

/** The time from the beginning of each cmdlet to that of the next, in milliseconds. */
function pauses(lync: SimulatedLync): number[] {
  const begins = lync.log().map((entry) => Date.parse(entry.time));
  return begins.slice(1).map((begin, index) => begin - begins[index]);
}

test("while one deploy is at work, Terraform refuses a second one of the same state, and Lync Server does not notice it", async () => {
  const to = deployment();
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "delay", seconds: 4 });
  const first = to.apply(domains("a"));
  await faultFires(to.lync, first);
  const second = await to.tryApply(domains("a"));
  expect(second.code).toBe(1);
  expect(second.stderr).toContain("Error acquiring the state lock");
  await first;
  expect(to.lync.log().map((entry) => entry.cmdlet)).toEqual(["New-CsAllowedDomain"]);
  expect((await to.plan(domains("a"))).changes).toBe(false);
});

test("two stacks that are deployed to one Lync Server at once change one thing at a time and lose nothing of each other", async () => {
  const lync = new SimulatedLync();
  const [one, other] = [deployment(lync), deployment(lync)];
  const seconds = 0.5;
  lync.fault({ cmdlet: "*", kind: "delay", seconds, times: 99 });
  await Promise.all([one.apply(domains("a", "b", "c")), other.apply(domains("d", "e", "f"))]);
  expect(allowed(lync)).toEqual(["a", "b", "c", "d", "e", "f"].map((name) => `${name}.com`));
  // A delayed cmdlet takes effect that long after its beginning, and the next one begins after that.
  expect(pauses(lync)).toHaveLength(5);
  expect(Math.min(...pauses(lync))).toBeGreaterThanOrEqual(1000 * seconds - 20);
  // Both go again at once, one with removals, one with changes.
  const comment = (stack: Parameters<Build>[0]) =>
    new AllowedDomain(stack, "d", { domain: "d.com", comment: "ours" });
  await Promise.all([one.apply(domains("a")), other.apply(comment)]);
  expect(allowed(lync)).toEqual(["a.com", "d.com"]);
});

test("what somebody changes by hand while a deploy is at work on the same object stays", async () => {
  const to = deployment();
  const commented = (comment: string) => (stack: Parameters<Build>[0]) => {
    new AllowedDomain(stack, "A", { domain: "a.com", comment });
  };
  await to.apply(commented("old"));
  to.lync.fault({ cmdlet: "Set-CsAllowedDomain", kind: "delay", seconds: 2 });
  const deploy = to.apply(commented("new"));
  await faultFires(to.lync, deploy);
  to.lync.change((state) => {
    state.allowedDomains[0].MarkForMonitoring = true;
    state.allowedDomains.push({
      Identity: "b.com",
      ProxyFqdn: null,
      Comment: null,
      MarkForMonitoring: false,
    });
  });
  await deploy;
  expect(to.lync.state().allowedDomains).toMatchObject([
    { Identity: "a.com", Comment: "new", MarkForMonitoring: true },
    { Identity: "b.com" },
  ]);
});

test("waiting for the others does not count against the time limit of an operation", async () => {
  const to = deployment(undefined, { timeoutSeconds: 6 });
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "delay", seconds: 3, times: 3 });
  await to.apply(domains("a", "b", "c"));
  expect(allowed(to.lync)).toEqual(["a.com", "b.com", "c.com"]);
});

test("the lock of a process that was killed passes to those that wait for it", async () => {
  const to = deployment();
  // The delay gives the others the time to queue up.
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "delay", seconds: 3 });
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "hangBefore", nth: 2 });
  const deploy = to.tryApply(domains("a", "b", "c"));
  await during(deploy, () => to.lync.log().length === 2);
  process.kill(to.lync.log()[1].pid, "SIGKILL");
  const { code, stderr } = await deploy;
  expect(code).toBe(1);
  expect(stderr.match(/Error: local-exec provisioner error/g)).toHaveLength(1);
  expect(allowed(to.lync)).toHaveLength(2);
  await to.apply(domains("a", "b", "c"));
  expect(allowed(to.lync)).toHaveLength(3);
});

// Windows has no process groups, by which Terraform is found here.
(process.platform === "win32" ? test.skip : test)(
  "where Terraform alone is killed, its PowerShell ends what it is at, and the next deploy goes on from there",
  async () => {
    const to = deployment();
    to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "delay", seconds: 4 });
    const killed = to.tryApply(domains("a"));
    await faultFires(to.lync, killed);
    const [{ pid }] = to.lync.log();
    process.kill(groupOf(pid), "SIGKILL");
    await to.apply((stack) => new AllowedDomain(stack, "a", { domain: "a.com", comment: "ours" }));
    expect((await killed).code).toBeNull();
    expect(to.lync.log().map((entry) => entry.cmdlet)).toEqual([
      "New-CsAllowedDomain",
      "Set-CsAllowedDomain",
    ]);
    expect(to.lync.state().allowedDomains).toMatchObject([{ Identity: "a.com", Comment: "ours" }]);
  },
);

/** The process group, whose number is that of the terraform that began it. */
function groupOf(pid: number): number {
  const { stdout } = spawnSync("ps", ["-o", "pgid=", "-p", String(pid)], { encoding: "utf8" });
  return Number(stdout);
}

describe("two runners, which share no lock,", () => {
  const onTwoRunners = hasOwnRunners() ? test : test.skip;

  onTwoRunners("change one Lync Server at the same time and lose nothing of each other", async () => {
    const lync = new SimulatedLync();
    const [one, other] = [onOwnRunner(lync), onOwnRunner(lync)];
    const seconds = 3;
    lync.fault({ cmdlet: "*", kind: "delay", seconds, times: 99 });
    await Promise.all([one.apply(domains("a", "b")), other.apply(domains("c", "d"))]);
    expect(allowed(lync)).toEqual(["a.com", "b.com", "c.com", "d.com"]);
    expect(Math.min(...pauses(lync))).toBeLessThan(1000 * seconds - 100);
  });

  onTwoRunners("set different properties of one object at the same time, and both are set", async () => {
    const lync = new SimulatedLync();
    const [one, other] = [onOwnRunner(lync), onOwnRunner(lync)];
    await one.apply(domains("a"));
    lync.clearLog();
    const seconds = 5;
    lync.fault({ cmdlet: "Set-CsAllowedDomain", kind: "delay", seconds, times: 2 });
    const domain = "a.com";
    const commented: Build = (stack) => new AllowedDomain(stack, "a", { domain, comment: "of one" });
    const monitored: Build = (stack) =>
      new AllowedDomain(stack, "a", { domain, proxyFqdn: "sip.a.com", markForMonitoring: true });
    await Promise.all([one.apply(commented), other.apply(monitored)]);
    expect(lync.state().allowedDomains).toEqual([
      { Identity: domain, Comment: "of one", ProxyFqdn: "sip.a.com", MarkForMonitoring: true },
    ]);
    // Both were under way at the same time.
    expect(pauses(lync)).toHaveLength(1);
    expect(pauses(lync)[0]).toBeLessThan(1000 * seconds - 100);
  });

  onTwoRunners("create the same object: the slower one is told, and its next deploy goes on", async () => {
    const lync = new SimulatedLync();
    const [slow, fast] = [onOwnRunner(lync), onOwnRunner(lync)];
    lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "delay", seconds: 4 });
    const commented: Build = (stack) => new AllowedDomain(stack, "a", { domain: "a.com", comment: "ours" });
    const slower = slow.tryApply(commented);
    await faultFires(lync, slower);
    await fast.apply(domains("a"));
    const { code, stderr } = await slower;
    expect(code).toBe(1);
    expect(stderr.replace(/[\s│]+/g, " ")).toContain(
      "It is there now, and was not a moment ago: either another runner or somebody by hand has made it",
    );
    await slow.apply(commented);
    expect(lync.state().allowedDomains).toMatchObject([{ Identity: "a.com", Comment: "ours" }]);
  });
});
