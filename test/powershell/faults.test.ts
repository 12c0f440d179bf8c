// Cmdlets that fail: what passes by itself is tried again, and of several failures each is told.
import { AccessEdgeConfig, AllowedDomain, HostingProvider, PushNotificationConfig } from "../../constructs";
import { LyncRunnerProps, RemovalPolicy } from "../../constructs";
import { Build, Deployment } from "../support/deployment";

const deployments: Deployment[] = [];
function deployment(runner: LyncRunnerProps = {}): Deployment {
  const made = new Deployment(undefined, { runner });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

const nothing: Build = () => undefined;

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
async function worked(): Promise<Deployment> {
  const to = deployment();
  to.lync.change((state) =>
    state.allowedDomains.push({
      Identity: "push.lync.com",
      ProxyFqdn: null,
      Comment: null,
      MarkForMonitoring: false,
    }),
  );
  await to.apply((stack) => {
    const proxyFqdn = "old.lync.com";
    new HostingProvider(stack, "Provider", { identity: "LyncOnline", proxyFqdn });
  });
  to.lync.clearLog();
  return to;
}

const oneLine = (text: string): string => text.replace(/[\s│]+/g, " ");
const calls = (to: Deployment): string[] => to.lync.log().map((entry) => entry.cmdlet);

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

test("a fault that passes by itself is said and tried again, whether the cmdlet had its effect or not", async () => {
  const to = await worked();
  to.lync.change((state) => (state.hostingProviders[0].SipClientPort = 5061));
  const sql = "System.Data.SqlClient.SqlException";
  const timeout = "System.TimeoutException";
  to.lync.fault({ cmdlet: "Get-CsPublicProvider", kind: "throwBefore", exception: sql }); // of the pre-flight
  to.lync.fault({ cmdlet: "New-CsHostingProvider", kind: "throwBefore", exception: timeout });
  to.lync.fault({ cmdlet: "Set-CsAllowedDomain", kind: "throwAfter", exception: sql });
  to.lync.fault({ cmdlet: "New-CsPushNotificationConfiguration", kind: "throwAfter", exception: timeout });
  const output = await to.apply(procedure);
  expect(output.match(/Trying again in 2 s \(1 of 3\)\./g)).toHaveLength(4);
  // The provider is put back before the second try, with what nobody declares.
  const [remove, create] = CMDLETS;
  expect(calls(to)).toEqual([remove, create, create, ...CMDLETS]);
  expect(output).toContain(
    "Not declared, and kept as it is: EnabledSharedAddressSpace $False, HostsOCSUsers $False, IsLocal $False, SipClientPort 5061",
  );
  expect(to.lync.state().hostingProviders[0].SipClientPort).toBe(5061);
  to.lync.clearLog();
  to.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "throwAfter", exception: sql });
  to.lync.fault({ cmdlet: "Remove-CsHostingProvider", kind: "throwBefore", exception: timeout });
  await to.apply(nothing);
  expect(calls(to).filter((name) => name.startsWith("Remove-CsA"))).toHaveLength(1);
  expect(calls(to).filter((name) => name.startsWith("Remove-CsH"))).toHaveLength(2);
  expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
});
