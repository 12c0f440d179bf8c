// The list of a stack's objects as an earlier version of the library wrote it, in words: earlier-list has such a state, and what
// Lync Server had then. This version reads it, and loses nothing of it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  ExternalEdgeSetting,
  FederatedPartner,
  HostingProvider,
  LyncProduct,
  PushNotificationConfig,
  RemovalPolicy,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { EDGE, ocsEdge } from "../support/ocs-edge";
import { SimulatedLync } from "../support/simulated-lync";

const computerName = EDGE;
const accessEdgeFqdn = "sipfed.online.lync.com";

/** The same as in earlier-list, but for what is asked to be left out. */
const build =
  ({ settings = true, objects = true } = {}) =>
  (stack: TerraformStack): void => {
    const port = settings ? { sipClientPort: 5061, hostsOcsUsers: true } : {};
    new HostingProvider(stack, "P", { identity: "LyncOnline", proxyFqdn: accessEdgeFqdn, ...port });
    const remarks = settings ? { comment: "watched", markForMonitoring: true } : {};
    new AllowedDomain(stack, "Push", { domain: "push.lync.com", ...remarks });
    new PushNotificationConfig(stack, "N", {});
    const kept = { domain: "tailspintoys.com", comment: "theirs", removalPolicy: RemovalPolicy.RETAIN };
    if (!objects) return;
    new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com", comment: "a partner" });
    new AllowedDomain(stack, "Kept", kept);
    new PushNotificationConfig(stack, "Site", { identity: "site:Redmond" });
    const removalPolicy = RemovalPolicy.REMOVE;
    new AccessEdgeConfig(stack, "E", { useDnsSrvRouting: true, enablePartnerDiscovery: true, removalPolicy });
    new FederatedPartner(stack, "F", { domain: "push.lync.com", accessEdgeFqdn, computerName });
    new FederatedPartner(stack, "G", {
      domain: "contoso.com",
      accessEdgeFqdn: "sip.contoso.com",
      computerName,
    });
    new ExternalEdgeSetting(stack, "X", { computerName, removalPolicy });
  };

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

/** What the earlier version has deployed. */
function deployedBefore(): Deployment {
  const read = (name: string) => JSON.parse(readFileSync(join(__dirname, "earlier-list", name), "utf8"));
  const lync = new SimulatedLync();
  lync.change((state) => Object.assign(state, read("lync.json")));
  const to = new Deployment(lync, { runner: { product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2015 } });
  deployments.push(to);
  to.restoreState(read("state.json"));
  return to;
}

test("a list that a newer version wrote stops the deploy, and nothing of it is forgotten", async () => {
  const to = deployedBefore();
  await to.apply(build());
  const newer = JSON.stringify(to.state()).replaceAll('"Version":2', '"Version":3');
  to.restoreState(JSON.parse(newer));
  const { code, stdout, stderr } = await to.tryApply(build({ objects: false }));
  expect(code).toBe(1);
  expect((stdout + stderr).replace(/\s+/g, " ")).toContain(
    "list of objects of version 3, which a newer version of this library wrote.",
  );
  expect(to.lync.log()).toEqual([]);
  expect(JSON.stringify(to.state())).toContain('"Version":3');
});

const domains = ({ lync }: Deployment) =>
  lync
    .state()
    .allowedDomains.map((each) => each.Identity)
    .sort();

test("the first deploy of the same code runs no cmdlet that changes anything, and a destroy removes all of it", async () => {
  const to = deployedBefore();
  await to.apply(build());
  expect(to.lync.log()).toEqual([]);
  expect((await to.plan(build())).changes).toBe(false);
  await to.destroy(build());
  expectNothing(to);
});

test("a destroy of what the earlier version has deployed leaves nothing behind", async () => {
  const to = deployedBefore();
  await to.destroy(build());
  expectNothing(to);
  expect(to.state()?.resources).toEqual([]);
});

function expectNothing(to: Deployment): void {
  const { hostingProviders, pushNotificationConfigurations, accessEdgeConfiguration } = to.lync.state();
  expect(hostingProviders).toEqual([]);
  expect(domains(to)).toEqual(["tailspintoys.com"]); // retained
  expect(pushNotificationConfigurations).toMatchObject([
    { EnableApplePushNotificationService: false, EnableMicrosoftPushNotificationService: false },
  ]);
  expect(accessEdgeConfiguration).toMatchObject({
    AllowFederatedUsers: false,
    RoutingMethod: "UseDnsSrvRouting",
  });
  const { partners, externalEdgeSetting } = ocsEdge(to.lync);
  expect({ partners, federates: externalEdgeSetting.EnableFederation }).toEqual({
    partners: [],
    federates: false,
  });
}

test("settings and objects that leave the code in that deploy go, and somebody else's stays", async () => {
  const to = deployedBefore();
  to.lync.change((state) => {
    const contoso = state.ocsEdges[0].partners.find((each) => each.Domain === "contoso.com");
    if (contoso) contoso.EdgeProxyAddress = "sip.fabrikam.com";
  });
  await to.apply(build({ settings: false, objects: false }));
  const { hostingProviders, allowedDomains, pushNotificationConfigurations } = to.lync.state();
  expect(hostingProviders).toMatchObject([{ SipClientPort: 443, HostsOCSUsers: false, Enabled: true }]);
  expect(domains(to)).toEqual(["push.lync.com", "tailspintoys.com"]);
  expect(allowedDomains.find((each) => each.Identity === "push.lync.com")).toMatchObject({
    MarkForMonitoring: false,
  });
  expect(allowedDomains.map((each) => each.Comment || null).sort()).toEqual([null, "theirs"]);
  expect(pushNotificationConfigurations).toMatchObject([{ EnableApplePushNotificationService: true }]);
  const { partners, externalEdgeSetting } = ocsEdge(to.lync);
  expect(partners).toMatchObject([{ Domain: "contoso.com", EdgeProxyAddress: "sip.fabrikam.com" }]);
  expect(externalEdgeSetting.EnableFederation).toBe(false);
  expect((await to.plan(build({ settings: false, objects: false }))).changes).toBe(false);
});
