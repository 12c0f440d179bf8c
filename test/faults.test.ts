// Cmdlets that fail, die or hang: what passes by itself is tried again, all else fails the deploy, and the next finishes.
import { join } from "node:path";
import { AccessEdgeConfig, AllowedDomain, HostingProvider, PushNotificationConfig } from "../constructs";
import { LyncRunnerProps, RemovalPolicy } from "../constructs";
import { Build, Deployment } from "./support/deployment";
import { essence, restore, snapshot } from "./support/kill-harness";
import { runPowerShell } from "./support/powershell";
import { Fault } from "./support/simulated-lync";

const deployments: Deployment[] = [];
function deployment(runner: LyncRunnerProps = {}): Deployment {
  const made = new Deployment(undefined, { runner });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

const nothing: Build = () => undefined;
const domain: Build = (stack) => new AllowedDomain(stack, "Domain", { domain: "push.lync.com" });

/** One object after the other, so that the n-th cmdlet is always the same. */
const procedure: Build = (stack) => {
  const removalPolicy = RemovalPolicy.REMOVE;
  const provider = new HostingProvider(stack, "Provider", {
    identity: "LyncOnline",
    proxyFqdn: "sipfed.online.lync.com",
  });
  const push = new AllowedDomain(stack, "Domain", {
    domain: "push.lync.com",
    comment: "ours",
    dependsOn: [provider],
  });
  const site = new PushNotificationConfig(stack, "Site", { identity: "site:Redmond", dependsOn: [push] });
  new AccessEdgeConfig(stack, "Edge", { removalPolicy, dependsOn: [site] });
};
const CMDLETS = [
  "Remove-CsHostingProvider",
  "New-CsHostingProvider",
  "Set-CsAllowedDomain",
  "New-CsPushNotificationConfiguration",
  "Set-CsAccessEdgeConfiguration",
];

/** A Lync Server on which the procedure has to remove, to create and to change. */
function worked(runner: LyncRunnerProps = {}): Deployment {
  const to = deployment(runner);
  to.lync.change((state) => {
    state.hostingProviders.push({
      Identity: "LyncOnline",
      ProxyFqdn: "old.lync.com",
      VerificationLevel: "AlwaysVerifiable",
      Enabled: true,
      EnabledSharedAddressSpace: false,
      HostsOCSUsers: false,
      IsLocal: false,
      AutodiscoverUrl: null,
      SipClientPort: 443,
    });
    state.allowedDomains.push({
      Identity: "push.lync.com",
      ProxyFqdn: null,
      Comment: null,
      MarkForMonitoring: false,
    });
  });
  return to;
}

const oneLine = (text: string): string => text.replace(/[\s│]+/g, " ");
const calls = (to: Deployment): string[] => to.lync.log().map((entry) => entry.cmdlet);

/** Runs the operation until it works. Every run but the last meets the fault, at the next cmdlet that has not met it yet. */
async function untilItWorks(to: Deployment, build: Build, kind: Fault["kind"]): Promise<string[]> {
  const hit: string[] = [];
  for (;;) {
    // A cmdlet that had no effect is the first of the next run.
    const nth = hit.length > 0 && kind.endsWith("Before") ? 2 : 1;
    to.lync.change((state) => Object.assign(state, { log: [], faults: [{ cmdlet: "*", kind, nth }] }));
    const { code } = await to.tryApply(build);
    const met = to.lync.log().filter((entry) => entry.fault);
    if (code === 0) {
      expect(met).toEqual([]);
      return hit;
    }
    expect(met).toHaveLength(1);
    hit.push(met[0].cmdlet);
  }
}

test.each(["throwBefore", "throwAfter"] as const)(
  "with %s at one cmdlet after the other, each deploy gets one further, and the last ends where an uninterrupted one does",
  async (kind) => {
    const to = worked({ preflight: false });
    const start = snapshot(to);
    await to.apply(procedure);
    expect(calls(to)).toEqual(CMDLETS);
    const end = essence(to);
    restore(to, start);
    expect(await untilItWorks(to, procedure, kind)).toEqual(CMDLETS);
    expect(essence(to)).toEqual(end);
  },
);

test.each(["throwBefore", "throwAfter"] as const)(
  "with %s at every cmdlet of a removal, all failures are told, and the next deploy removes the rest",
  async (kind) => {
    const to = deployment({ preflight: false });
    await to.apply(procedure);
    to.lync.clearLog();
    to.lync.fault({ cmdlet: "*", kind, times: 4 });
    const { code, stderr } = await to.tryApply(nothing);
    expect(code).toBe(1);
    expect(oneLine(stderr)).toContain("4 of 4 could not be removed or put back");
    expect(calls(to)).toHaveLength(4);
    await to.apply(nothing);
    expect(calls(to)).toHaveLength(kind === "throwBefore" ? 8 : 4);
    expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
    expect(to.lync.state().pushNotificationConfigurations).toHaveLength(1);
    expect(to.lync.state().accessEdgeConfiguration.AllowFederatedUsers).toBe(false);
  },
);

test("a cmdlet that hangs ends the process at the time limit; the error names both, and the next deploy goes on", async () => {
  const [one, other] = [1, 2].map(() => deployment({ preflight: false, timeoutSeconds: 5 }));
  await other.apply(domain);
  one.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "hangAfter" });
  other.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "hangBefore" });
  const [applied, removed] = await Promise.all([one.tryApply(domain), other.tryApply(nothing)]);
  expect([applied.code, removed.code]).toEqual([1, 1]);
  expect(oneLine(applied.stderr)).toContain("timed out: New-CsAllowedDomain took longer than 5 seconds.");
  expect(oneLine(removed.stderr)).toContain("timed out: Remove-CsAllowedDomain took longer than 5 seconds.");
  await Promise.all([one.apply(domain), other.apply(nothing)]);
  expect(calls(one)).toEqual(["New-CsAllowedDomain"]);
  expect(other.lync.state().allowedDomains).toEqual([]);
});

test("a fault that passes by itself is said and tried again, whether the cmdlet had its effect or not", async () => {
  const to = worked();
  to.lync.change((state) => (state.hostingProviders[0].SipClientPort = 5061));
  const sql = "System.Data.SqlClient.SqlException";
  const timeout = "System.TimeoutException";
  to.lync.fault({ cmdlet: "Get-CsPublicProvider", kind: "throwBefore", exception: sql }); // of the pre-flight
  to.lync.fault({ cmdlet: "New-CsHostingProvider", kind: "throwBefore", exception: timeout });
  to.lync.fault({ cmdlet: "Set-CsAllowedDomain", kind: "throwAfter", exception: sql });
  to.lync.fault({ cmdlet: "New-CsPushNotificationConfiguration", kind: "throwAfter", exception: timeout });
  const output = await to.apply(procedure);
  expect(output.match(/Trying again in 2 s \(1 of 3\)\./g)).toHaveLength(4);
  expect(calls(to)).toEqual([CMDLETS[0], CMDLETS[1], ...CMDLETS.slice(1)]);
  // What nobody declares is kept, although the first try of the creation failed.
  expect(output).toContain("Not declared, and kept as it is: SipClientPort 5061");
  expect(to.lync.state().hostingProviders[0].SipClientPort).toBe(5061);
  to.lync.clearLog();
  to.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "throwAfter", exception: sql });
  to.lync.fault({ cmdlet: "Remove-CsHostingProvider", kind: "throwBefore", exception: timeout });
  await to.apply(nothing);
  expect(calls(to).filter((name) => name.startsWith("Remove-CsA"))).toHaveLength(1);
  expect(calls(to).filter((name) => name.startsWith("Remove-CsH"))).toHaveLength(2);
  expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
});

test.each([
  ["New-Object -TypeName System.TimeoutException -ArgumentList 'gone'", [2, 4, 8], 4],
  [
    "New-Object -TypeName System.Exception -ArgumentList 'outer', (New-Object -TypeName System.TimeoutException)",
    [2, 4, 8],
    4,
  ],
  ["New-Object -TypeName System.InvalidOperationException -ArgumentList 'TimeoutException: timeout'", [], 1],
])("%s is thrown at last after waits of %j seconds", async (exception, waits, tries) => {
  const lib = join(__dirname, "..", "constructs", "powershell", "lib");
  const script = `
    . '${join(lib, "Console.ps1")}'
    . '${join(lib, "Retry.ps1")}'
    function Start-Sleep { param([int] $Seconds) Write-Line ('wait ' + $Seconds) }
    try { Invoke-WithRetry -Body { Write-Line 'try'; throw (${exception}) } } catch { Write-Line 'thrown' }`;
  const { stdout } = await runPowerShell(["-NoProfile", "-NonInteractive", "-Command", script]);
  const lines = stdout.split(/\r?\n/);
  expect(lines.filter((line) => line === "try")).toHaveLength(tries);
  expect(lines.filter((line) => line.startsWith("wait"))).toEqual(waits.map((wait) => `wait ${wait}`));
  expect(lines).toContain("thrown");
});
