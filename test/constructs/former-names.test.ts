// Names that go with version 1.0: alone they work as before, beside those that replace them they are refused.
import { App, TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AccessEdgeConfigProps,
  AllowedDomain,
  EdgeKind,
  EdgeRouting,
  FederatedPartner,
  FederationTest,
  PushNotificationStack,
  PushNotificationStackProps,
} from "../../constructs";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";

const domain = "push.lync.com";
const fqdn = "sipfed.online.lync.com";
const edge = (props: AccessEdgeConfigProps) =>
  synthesize((stack) => void new AccessEdgeConfig(stack, "E", props));
const partner = (props: object) =>
  synthesize((stack) => void new FederatedPartner(stack, "P", { domain, ...props }));
const whole = (props: Partial<PushNotificationStackProps>) =>
  synthesizeApp(
    (app) => void new PushNotificationStack(app, "test", { accessEdgeFqdn: "edge.contoso.com", ...props }),
    "test",
  );

describe("the Access Edge of a partner", () => {
  test("is the same by its former name", () => {
    expect(partner({ accessEdgeFqdn: fqdn })).toEqual(partner({ proxyFqdn: fqdn }));
    const stack = new TerraformStack(new App(), "test");
    const made = new FederatedPartner(stack, "P", { domain, accessEdgeFqdn: fqdn });
    expect([made.proxyFqdn, made.accessEdgeFqdn]).toEqual([fqdn, fqdn]);
  });

  test("is given once: not by both names, and not by none", () => {
    expect(messageOf(() => partner({ proxyFqdn: fqdn, accessEdgeFqdn: fqdn }))).toContain(
      "accessEdgeFqdn: is the former name of proxyFqdn, which is given as well. Allowed: proxyFqdn alone.",
    );
    expect(messageOf(() => partner({}))).toContain(
      "proxyFqdn: is missing, and it has no default. Give it a value.",
    );
  });

  test("is the same in the description of an environment", () => {
    const described = (each: object) =>
      whole({ edge: EdgeKind.OCS_2007_R2, federatedPartners: [{ domain: "a.com", ...each }] });
    expect(described({ accessEdgeFqdn: fqdn })).toEqual(described({ proxyFqdn: fqdn }));
  });
});

const ways: readonly [string, AccessEdgeConfigProps, AccessEdgeConfigProps][] = [
  [
    "DNS SRV records",
    { routing: EdgeRouting.dnsSrv({ partnerDiscovery: false }) },
    { useDnsSrvRouting: true, enablePartnerDiscovery: false },
  ],
  [
    "a default route",
    { routing: EdgeRouting.defaultRoute("director.contoso.com") },
    { useDefaultRouting: true, defaultRouteFqdn: "director.contoso.com" },
  ],
];

describe.each(ways)("routing by %s", (_, routing, former) => {
  test("is the same by the four former properties", () => {
    expect(edge(former)).toEqual(edge(routing));
    const hostingProvider = { enabled: false };
    expect(whole({ accessEdge: former, hostingProvider })).toEqual(
      whole({ accessEdge: routing, hostingProvider }),
    );
    expect(edge(routing)).not.toEqual(edge({}));
    const made = new AccessEdgeConfig(new TerraformStack(new App(), "test"), "E", former);
    expect(made.routing).toEqual(routing.routing);
  });

  test("is said in one of the two ways alone", () => {
    const names = Object.keys(former).join(", ");
    expect(messageOf(() => edge({ ...routing, ...former }))).toContain(
      `routing: stands beside ${names}, which it replaces. Allowed: routing alone. Leave ${names} out.`,
    );
    expect(messageOf(() => edge({ ...routing, useDefaultRouting: false }))).toContain(
      "stands beside useDefaultRouting,",
    );
  });
});

test("what is wrong inside a way of routing is told by its name, together with all else", () => {
  const refusal = (routing: unknown) =>
    messageOf(() => edge({ routing: routing as EdgeRouting, allowFederatedUsers: "yes" as never }));
  const dns = (props: unknown) => EdgeRouting.dnsSrv(props as never);
  expect(refusal(dns({ partnerDiscovery: "no" }))).toContain(
    'routing.partnerDiscovery: "no" is not a Boolean.',
  );
  for (const props of [{}, undefined])
    expect(refusal(dns(props))).toContain("routing.partnerDiscovery: is missing");
  expect(refusal(EdgeRouting.defaultRoute("10.0.0.1"))).toContain(
    'routing.defaultRouteFqdn: "10.0.0.1" is an IP address.',
  );
  const other = refusal("dnsSrv");
  expect(other).toContain(
    'routing: "dnsSrv" is no way of routing. Allowed: EdgeRouting.dnsSrv({ partnerDiscovery }) or',
  );
  expect(other).toContain('allowFederatedUsers: "yes"');
});

test("a domain that is managed elsewhere is the same by the former property", () => {
  const test = (props: object) =>
    synthesize(
      (stack) => void new FederationTest(stack, "T", { targetFqdn: "edge.contoso.com", domain, ...props }),
    );
  expect(test({ domainManagedElsewhere: true })).toEqual(test({ domain: AllowedDomain.fromDomain(domain) }));
});
