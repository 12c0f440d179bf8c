// AllowedDomain, PushNotificationConfig, AccessEdgeConfig and the tests: what they declare and what they refuse.
import { TerraformStack, TerraformVariable } from "cdktf";
import { AccessEdgeConfig, AccessEdgeConfigProps, AllowedDomain, AllowedDomainProps } from "../../constructs";
import {
  EdgeRouting,
  FederatedPartner,
  FederationTest,
  FederationTestProps,
  HostingProvider,
  LyncProduct,
  LyncRunner,
  PushNotificationConfig,
  PushNotificationConfigProps,
} from "../../constructs";
import { PushNotificationTest, VerificationLevel } from "../../constructs";
import { messageOf, synthesize } from "../support/synth";

function triggers(build: (stack: TerraformStack) => void): Record<string, string> | undefined {
  return synthesize(build).resource.null_resource.X.triggers;
}
const domain = (props: AllowedDomainProps, product?: LyncProduct) =>
  triggers((stack) => {
    LyncRunner.configure(stack, { product });
    new AllowedDomain(stack, "X", props);
  });
const push = (props?: PushNotificationConfigProps) =>
  triggers((stack) => new PushNotificationConfig(stack, "X", props));
const edge = (props?: AccessEdgeConfigProps) => triggers((stack) => new AccessEdgeConfig(stack, "X", props));

test("a minimal allowed domain declares its name and nothing that Lync Server 2013 lacks", () => {
  expect(domain({ domain: "push.lync.com" })).toEqual({
    Cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain",
    Identity: "push.lync.com",
  });
});

test("an allowed domain's properties reach the parameters of their names, line breaks and all", () => {
  const all = {
    domain: "fabrikam.com",
    proxyFqdn: "sip.fabrikam.com",
    comment: "first\nsecond\ttab \"q\" 'a' `b` $c",
    markForMonitoring: true,
    verificationLevel: VerificationLevel.ALWAYS_VERIFIABLE,
  };
  expect(domain(all, LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2015)).toMatchObject({
    ProxyFqdn: "sip.fabrikam.com",
    Comment: "first\nsecond\ttab \"q\" 'a' `b` $c",
    MarkForMonitoring: "true",
    VerificationLevel: "AlwaysVerifiable",
  });
});

test("a domain twice in a stack is refused, whatever the case, and so is a Token for its name", () => {
  const twice = messageOf(() =>
    synthesize((stack) => {
      new AllowedDomain(stack, "One", { domain: "push.lync.com" });
      new AllowedDomain(stack, "Two", { domain: "Push.Lync.com" });
    }),
  );
  expect(twice).toContain('domain: "Push.Lync.com" is declared already, at "test/One".');
  const token = messageOf(() =>
    synthesize((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" });
      new AllowedDomain(stack, "One", { domain: name.stringValue });
    }),
  );
  expect(token).toContain("Terraform lets a removal see nothing but names written in the code");
});

test("push notification settings are global and on by default", () => {
  expect(push()).toEqual({
    Cmdlets: "Set-CsPushNotificationConfiguration",
    Identity: "global",
    EnableApplePushNotificationService: "true",
    EnableMicrosoftPushNotificationService: "true",
  });
});

test("a site's push notification settings may have to be created", () => {
  expect(push({ identity: "site:Redmond", enableApplePushNotificationService: false })).toMatchObject({
    Cmdlets: "New-CsPushNotificationConfiguration, Set-CsPushNotificationConfiguration",
    Identity: "site:Redmond",
    EnableApplePushNotificationService: "false",
  });
});

test.each([
  ["Redmond", 'Did you mean "site:Redmond"?'],
  ["site:", 'the site\'s name "" is empty'],
  ["site: Redmond", "begins or ends with white space"],
  ["service:Redmond", 'Allowed: "global" or "site:NAME"'],
])("push notification settings for %j are refused", (identity, reason) => {
  expect(messageOf(() => push({ identity }))).toContain(reason);
});

test("the Access Edge is federated by default and its routing is left alone", () => {
  expect(edge()).toEqual({
    Cmdlets: "Set-CsAccessEdgeConfiguration",
    Identity: "global",
    AllowFederatedUsers: "true",
  });
});

test("each way of routing is a parameter set of its own", () => {
  expect(edge({ routing: EdgeRouting.dnsSrv({ partnerDiscovery: false }) })).toMatchObject({
    UseDnsSrvRouting: "true",
    EnablePartnerDiscovery: "false",
  });
  expect(edge({ routing: EdgeRouting.defaultRoute("edge.contoso.com") })).toMatchObject({
    UseDefaultRouting: "true",
    DefaultRouteFqdn: "edge.contoso.com",
  });
});

test("false for the way that is not taken is the same as leaving it out", () => {
  const dns = { useDnsSrvRouting: true, enablePartnerDiscovery: true };
  expect(edge({ ...dns, useDefaultRouting: false })).toEqual(edge(dns));
  const fixed = { useDefaultRouting: true, defaultRouteFqdn: "edge.contoso.com" };
  expect(edge({ ...fixed, useDnsSrvRouting: false as boolean })).toEqual(edge(fixed));
});

test.each<[string, object, string]>([
  ["both ways", { useDnsSrvRouting: true, useDefaultRouting: true }, "excludes useDnsSrvRouting"],
  [
    "DNS SRV routing without its companion",
    { useDnsSrvRouting: true },
    "useDnsSrvRouting: needs enablePartnerDiscovery",
  ],
  [
    "partner discovery alone",
    { enablePartnerDiscovery: true },
    "enablePartnerDiscovery: needs useDnsSrvRouting",
  ],
  [
    "default routing without its target",
    { useDefaultRouting: true },
    "useDefaultRouting: needs defaultRouteFqdn",
  ],
  ["a default route alone", { defaultRouteFqdn: "a.b.com" }, "defaultRouteFqdn: needs useDefaultRouting"],
  [
    "no DNS SRV routing, and no other way",
    { useDnsSrvRouting: false },
    "useDnsSrvRouting: false does not say how the Edge routes instead. Allowed: true, or false beside useDefaultRouting: true",
  ],
  [
    "neither way",
    { useDnsSrvRouting: false, useDefaultRouting: false, defaultRouteFqdn: "a.b.com" },
    "useDefaultRouting: false does not say how the Edge routes instead.",
  ],
  [
    "partner discovery without DNS SRV routing",
    { useDnsSrvRouting: false, enablePartnerDiscovery: false },
    "enablePartnerDiscovery: needs useDnsSrvRouting",
  ],
  ["a text for a switch", { useDnsSrvRouting: "yes" }, 'useDnsSrvRouting: "yes" is not a Boolean'],
])("mixed parameter sets are refused: %s", (_, props, reason) => {
  expect(messageOf(() => edge(props as AccessEdgeConfigProps))).toContain(reason);
});

test("a federation test for a domain that the stack does not allow is refused, unless it is told to expect it", () => {
  const build = (props: Partial<FederationTestProps>) => () =>
    synthesize((stack) => {
      new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
      new FederationTest(stack, "X", { targetFqdn: "edge.contoso.com", domain: "fabrikam.com", ...props });
    });
  expect(messageOf(build({}))).toContain('"fabrikam.com" is not a domain that this stack allows');
  expect(messageOf(build({}))).toContain('Allowed here: "push.lync.com".');
  expect(
    build({ domain: AllowedDomain.fromDomain("fabrikam.com") })().resource.null_resource.X,
  ).toBeDefined();
  expect(build({ domain: "PUSH.lync.com" })().resource.null_resource.X).toBeDefined();
});

test.each<[string, (stack: TerraformStack) => void, string]>([
  [
    "that of its hosting provider",
    (stack) => provider(stack, "sipfed.litwareinc.com"),
    "sipfed.litwareinc.com",
  ],
  [
    "the service's own among several",
    (stack) => {
      provider(stack, "sipfed.litwareinc.com");
      provider(stack, "SipFed.online.lync.com");
    },
    "sipfed.online.lync.com",
  ],
  [
    "a name where only Terraform knows it",
    (stack) => provider(stack, new TerraformVariable(stack, "proxy", { sensitive: true }).stringValue),
    'the proxy of "P1"',
  ],
  [
    "the partner's Access Edge on another Edge",
    (stack) =>
      void new FederatedPartner(stack, "F", {
        domain: "push.lync.com",
        proxyFqdn: "sip.litwareinc.com",
      }),
    "sip.litwareinc.com",
  ],
  ["the service's own where the stack declares none", () => undefined, "sipfed.online.lync.com"],
])("the hint of a push notification test names as proxy %s", (_, build, proxy) => {
  const { resource } = synthesize((stack) => {
    build(stack);
    new PushNotificationTest(stack, "X", { accessEdgeFqdn: "edge.contoso.com" });
  });
  expect(resource.null_resource.X.provisioner[0]["local-exec"].environment.LYNC_PUSH_PROXY).toBe(proxy);
});

function provider(stack: TerraformStack, proxyFqdn: string): void {
  const identity = `P${stack.node.children.length}`;
  new HostingProvider(stack, identity, { identity, proxyFqdn });
}

test("the tests pass exactly their cmdlets' parameters", () => {
  expect(
    triggers((stack) => {
      new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
      new FederationTest(stack, "X", {
        targetFqdn: "edge.contoso.com",
        domain: "push.lync.com",
        proxyFqdn: "sip.x.com",
      });
    }),
  ).toMatchObject({
    Cmdlets: "Test-CsFederatedPartner",
    TargetFqdn: "edge.contoso.com",
    Domain: "push.lync.com",
    ProxyFqdn: "sip.x.com",
  });
  expect(
    triggers((stack) => new PushNotificationTest(stack, "X", { accessEdgeFqdn: "edge.contoso.com" })),
  ).toEqual({
    Cmdlets: "Test-CsMcxPushNotification",
    AccessEdgeFqdn: "edge.contoso.com",
    Verifies: "",
  });
});
