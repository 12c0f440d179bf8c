// What stays, what is taken over, and what is put back: retain, adoption, settings that leave the code.
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  EdgeRouting,
  HostingProvider,
  PushNotificationConfig,
} from "../../constructs";
import { RemovalPolicy } from "../../constructs";
import { Build, Deployment } from "../support/deployment";

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };
const nothing: Build = () => undefined;

const deployments: Deployment[] = [];
function deployment(): Deployment {
  const made = new Deployment(undefined, { runner: { preflight: false } });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

const names = (to: Deployment): string[] => to.lync.log().map((entry) => entry.cmdlet);

test("what is retained stays in Lync Server when it leaves the code and when the stack is destroyed", async () => {
  const to = deployment();
  const retained = (stack: TerraformStack) => {
    new HostingProvider(stack, "LyncOnline", { ...provider, removalPolicy: RemovalPolicy.RETAIN });
    new AccessEdgeConfig(stack, "Edge");
  };
  await to.apply((stack) => {
    retained(stack);
    new AllowedDomain(stack, "Kept", { domain: "kept.com", removalPolicy: RemovalPolicy.RETAIN });
  });
  await to.apply(retained);
  await to.destroy(retained);
  expect(to.lync.state().hostingProviders).toHaveLength(1);
  expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["kept.com"]);
  expect(to.lync.state().accessEdgeConfiguration.AllowFederatedUsers).toBe(true);
  expect(names(to).filter((name) => name.startsWith("Remove"))).toEqual([]);
});

test("an object that was there already is taken over: only what is declared is compared, and nothing is created", async () => {
  const to = deployment();
  to.lync.change((state) => {
    state.allowedDomains.push({
      Identity: "Push.Lync.com",
      ProxyFqdn: "old.lync.com",
      Comment: "by hand",
      MarkForMonitoring: false,
    });
    state.pushNotificationConfigurations.push({
      Identity: "Site:Redmond",
      EnableApplePushNotificationService: true,
      EnableMicrosoftPushNotificationService: false,
    });
  });
  await to.apply((stack) => {
    new AllowedDomain(stack, "Push", { domain: "push.lync.com", markForMonitoring: true });
    new PushNotificationConfig(stack, "Site", { identity: "site:redmond" });
  });
  expect(names(to).sort()).toEqual(["Set-CsAllowedDomain", "Set-CsPushNotificationConfiguration"]);
  const [domain] = to.lync.state().allowedDomains;
  expect(domain).toMatchObject({ ProxyFqdn: "old.lync.com", Comment: "by hand", MarkForMonitoring: true });
});

test("a provider whose proxy server changes keeps what is not declared", async () => {
  const to = deployment();
  const autodiscoverUrl = "https://webdir.example.com/autodiscover";
  await to.apply((stack) => new HostingProvider(stack, "LyncOnline", provider));
  to.lync.change((state) => (state.hostingProviders[0].AutodiscoverUrl = autodiscoverUrl));
  await to.apply(
    (stack) => new HostingProvider(stack, "LyncOnline", { ...provider, proxyFqdn: "sip2.online.lync.com" }),
  );
  const [hosting] = to.lync.state().hostingProviders;
  expect(hosting).toMatchObject({ ProxyFqdn: "sip2.online.lync.com", AutodiscoverUrl: autodiscoverUrl });
});

test("a setting that leaves the code goes back to Lync Server's default while its object stays", async () => {
  const to = deployment();
  const declared = {
    domain: "push.lync.com",
    comment: "ours",
    proxyFqdn: "sip.lync.com",
    markForMonitoring: true,
  };
  await to.apply((stack) => new AllowedDomain(stack, "Push", declared));
  to.lync.clearLog();
  await to.apply(
    (stack) => new AllowedDomain(stack, "Push", { domain: "push.lync.com", proxyFqdn: "sip.lync.com" }),
  );
  expect(names(to)).toEqual(["Set-CsAllowedDomain"]);
  const [domain] = to.lync.state().allowedDomains;
  expect(domain).toMatchObject({ ProxyFqdn: "sip.lync.com", MarkForMonitoring: false });
  expect(domain.Comment ?? "").toBe("");
});

test("push notification settings that leave the code: the global ones go back to off, a site falls back to them", async () => {
  const to = deployment();
  await to.apply((stack) => {
    new PushNotificationConfig(stack, "Global");
    new PushNotificationConfig(stack, "Site", { identity: "site:Redmond" });
  });
  expect(to.lync.state().pushNotificationConfigurations).toHaveLength(2);
  await to.apply(nothing);
  expect(to.lync.state().pushNotificationConfigurations).toEqual([
    {
      Identity: "Global",
      EnableApplePushNotificationService: false,
      EnableMicrosoftPushNotificationService: false,
    },
  ]);
});

test("federation goes back to off only where the Access Edge's removal policy says so", async () => {
  const to = deployment();
  await to.apply((stack) => new AccessEdgeConfig(stack, "Edge", { removalPolicy: RemovalPolicy.REMOVE }));
  expect(to.lync.state().accessEdgeConfiguration.AllowFederatedUsers).toBe(true);
  await to.apply(nothing);
  expect(to.lync.state().accessEdgeConfiguration.AllowFederatedUsers).toBe(false);
});

test("routing is changed with both of its parameters, and one of them alone when only that differs", async () => {
  const to = deployment();
  const edge = (props: object) => (stack: TerraformStack) => new AccessEdgeConfig(stack, "Edge", props);
  await to.apply(edge({ routing: EdgeRouting.defaultRoute("edge1.contoso.com") }));
  await to.apply(edge({ routing: EdgeRouting.defaultRoute("edge2.contoso.com") }));
  expect(to.lync.state().accessEdgeConfiguration).toMatchObject({
    RoutingMethod: "UseDefaultRouting",
    DefaultRouteFqdn: "edge2.contoso.com",
  });
  await to.apply(edge({ routing: EdgeRouting.dnsSrv({ partnerDiscovery: true }) }));
  expect(to.lync.state().accessEdgeConfiguration).toMatchObject({
    RoutingMethod: "UseDnsSrvRouting",
    EnablePartnerDiscovery: true,
  });
  expect((await to.plan(edge({ routing: EdgeRouting.dnsSrv({ partnerDiscovery: true }) }))).changes).toBe(
    false,
  );
});

test("the last object is removed as well, as long as the stack still configures its runner", async () => {
  const to = deployment();
  await to.apply((stack) => new AllowedDomain(stack, "Push", { domain: "push.lync.com" }));
  await to.apply(nothing); // the deployment itself configures the runner
  expect(to.lync.state().allowedDomains).toEqual([]);
});
