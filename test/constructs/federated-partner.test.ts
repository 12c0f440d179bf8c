// FederatedPartner, ExternalEdgeSetting and the two kinds of Edge of a stack: what they declare and what they refuse.
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  AllowedDomain,
  EdgeKind,
  ExternalEdgeSetting,
  ExternalEdgeSettingProps,
  FederatedPartner,
  FederatedPartnerProps,
} from "../../constructs";
import {
  FederationTest,
  PushNotificationStack,
  PushNotificationStackProps,
  PushNotificationTest,
  VerificationLevel,
} from "../../constructs";
import { environments } from "../../environments";
import { Configuration, messageOf, Resource, synthesize, synthesizeApp } from "../support/synth";

const push = { domain: "push.lync.com", proxyFqdn: "sipfed.online.lync.com" };
const computerName = "edge01.contoso.com";

function declared(props: FederatedPartnerProps): Configuration["resource"] {
  return synthesize((stack) => new FederatedPartner(stack, "X", props)).resource;
}
function refusal(props: Partial<FederatedPartnerProps>): string {
  return messageOf(() => declared({ ...push, ...props }));
}
function setting(props?: ExternalEdgeSettingProps): Record<string, string> | undefined {
  return synthesize((stack) => new ExternalEdgeSetting(stack, "X", props)).resource.null_resource.X.triggers;
}

test("a minimal federated partner is on the runner itself, with the level of the procedure", () => {
  expect(declared(push).null_resource.X.triggers).toEqual({
    Cmdlets: "Set-WmiInstance on MSFT_SIPFederationPartnerTable",
    Identity: "push.lync.com",
    EdgeProxyAddress: "sipfed.online.lync.com",
    UserVerificationLevel: "UseSourceVerification",
  });
});

test("on another computer, its name is a part of the identity, in the inventory as well", () => {
  const level = VerificationLevel.ALWAYS_VERIFIABLE;
  const resource = declared({ ...push, computerName, verificationLevel: level });
  expect(resource.null_resource.X.triggers).toMatchObject({
    Identity: "push.lync.com on edge01.contoso.com",
    UserVerificationLevel: "AlwaysVerifiable",
  });
  const Where = { EdgeProxyAddress: ":sipfed.online.lync.com" };
  expect(resource.terraform_data.LyncInventory.triggers_replace).toMatchObject({
    Objects: { "FederatedPartner push.lync.com on edge01.contoso.com": { Policy: "remove", Where } },
  });
  expect(resource.terraform_data.LyncPreflight.provisioner[0]["local-exec"].environment.LYNC_EDGES).toBe(
    "edge01.contoso.com",
  );
});

test("a claim comes before the inventory and the partner, and is made anew with the identity alone", () => {
  const claimOf = (props: object): Resource => declared({ ...push, ...props }).terraform_data.X_Claim;
  expect(declared(push).null_resource.X.depends_on).toContain("terraform_data.X_Claim");
  expect(claimOf({}).depends_on).toEqual(["terraform_data.LyncPreflight"]);
  expect(declared(push).terraform_data.LyncInventory.depends_on).toContain("terraform_data.X_Claim");
  expect(claimOf({}).triggers_replace).toBe("FederatedPartner push.lync.com");
  expect(claimOf({ proxyFqdn: "sip.contoso.com" }).triggers_replace).toBe(claimOf({}).triggers_replace);
  expect(claimOf({ computerName }).triggers_replace).not.toBe(claimOf({}).triggers_replace);
});

test.each<[keyof FederatedPartnerProps, string, string]>([
  ["domain", "10.0.0.1", '"10.0.0.1" is an IP address. Allowed: a fully qualified domain name'],
  ["domain", `${"a.".repeat(128)}com`, "has 259 characters. Allowed: a fully qualified domain name"],
  ["proxyFqdn", "fe80::1", '"fe80::1" is an IP address. Allowed: a fully qualified domain name'],
  ["proxyFqdn", "sipfed", "is a single label"],
  ["computerName", "10.0.0.1", "is an IP address. Allowed: the name of a computer"],
  ["computerName", "localhost", "is the runner itself, which is the default. Leave computerName out."],
  ["computerName", ".", "is the runner itself"],
  ["computerName", "edge01 -Force", "is not a computer's name"],
  ["computerName", "edge01.contoso.com on edge02", "is not a computer's name"],
  ["computerName", "", "is not a computer's name"],
  ["computerName", `${"a.".repeat(126)}com`, "has 255 characters"],
  ["verificationLevel", "useSourceVerification", 'Did you mean "UseSourceVerification"?'],
])("a %s of %j is refused", (name, value, reason) => {
  expect(refusal({ [name]: value })).toContain(`  - ${name}: `);
  expect(refusal({ [name]: value })).toContain(reason);
});

test.each(["EDGE01", "edge_01.contoso.com", "edge01.contoso.com"])(
  "a computerName of %j is accepted",
  (name) => {
    expect(declared({ ...push, computerName: name }).null_resource.X).toBeDefined();
  },
);

test("a Token is refused where a removal has to know the value, and taken for the level", () => {
  const message = messageOf(() =>
    synthesize((stack) => {
      const { stringValue } = new TerraformVariable(stack, "name", { type: "string" });
      const all = { domain: stringValue, proxyFqdn: stringValue, computerName: stringValue };
      new FederatedPartner(stack, "X", { ...all, verificationLevel: stringValue as VerificationLevel });
    }),
  );
  expect(message).toContain("3 invalid settings:");
  for (const name of ["domain", "proxyFqdn", "computerName"])
    expect(message).toContain(`  - ${name}: is a Token`);
});

test("a domain twice on one Edge is refused, whatever the case, and on two Edges it is not", () => {
  const both = (one: string, other: string) => () =>
    synthesize((stack) => {
      new FederatedPartner(stack, "One", { ...push, computerName: one });
      new FederatedPartner(stack, "Two", { ...push, domain: "PUSH.lync.com", computerName: other });
    });
  expect(messageOf(both("edge01.contoso.com", "EDGE01.contoso.com"))).toContain(
    'domain: "PUSH.lync.com on EDGE01.contoso.com" is declared already, at "test/One".',
  );
  expect(both("edge01.contoso.com", "edge02.contoso.com")).not.toThrow();
});

test("the external edge federates by default, and stays as it is when it leaves the code", () => {
  expect(setting()).toEqual({
    Cmdlets: "Set-WmiInstance on MSFT_SIPFederationExternalEdgeSetting",
    Identity: "global",
    EnableFederation: "true",
  });
  expect(setting({ enableFederation: false, computerName })).toMatchObject({
    Identity: "global on edge01.contoso.com",
    EnableFederation: "false",
  });
  const { LyncInventory } = synthesize((stack) => new ExternalEdgeSetting(stack, "X")).resource
    .terraform_data;
  expect(LyncInventory.triggers_replace).toMatchObject({
    Objects: { "ExternalEdgeSetting global": { Policy: "retain", Declares: ["EnableFederation"] } },
  });
  expect(messageOf(() => setting({ enableFederation: "yes" as never }))).toContain(
    'enableFederation: "yes" is not a Boolean.',
  );
});

test("a federated partner is a domain that a federation test can ask for, and the tests verify what they depend on", () => {
  const { null_resource } = synthesize((stack) => {
    const target = "accessproxy.contoso.com";
    new FederationTest(stack, "Federation", { targetFqdn: target, domain: "PUSH.lync.com" });
    new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn: target });
    new FederatedPartner(stack, "Push", { ...push, computerName });
    new FederatedPartner(stack, "Fabrikam", { ...push, domain: "fabrikam.com", computerName });
    new ExternalEdgeSetting(stack, "External", { computerName });
  }).resource;
  const verifies = (name: string) =>
    null_resource[name].triggers?.Verifies.split(", ").map((each) => each.split(" (")[0]);
  const expected = [
    "FederatedPartner push.lync.com on edge01.contoso.com",
    "ExternalEdgeSetting global on edge01.contoso.com",
  ];
  expect(verifies("Federation")).toEqual(expected);
  expect(verifies("PushTest")).toEqual(expected);
  const other = (stack: TerraformStack) => {
    new FederatedPartner(stack, "Push", { ...push, computerName });
    new FederationTest(stack, "Federation", { targetFqdn: "a.contoso.com", domain: "fabrikam.com" });
  };
  expect(messageOf(() => synthesize(other))).toContain('Allowed here: "push.lync.com".');
});

test("a federation test with a proxy is refused for a federated partner, and not where Lync Server allows the domain too", () => {
  const proxied = (stack: TerraformStack) => {
    const proxyFqdn = push.proxyFqdn;
    new FederationTest(stack, "Federation", {
      targetFqdn: "a.contoso.com",
      domain: "PUSH.lync.com",
      proxyFqdn,
    });
    new FederatedPartner(stack, "Push", { ...push, computerName });
  };
  expect(messageOf(() => synthesize(proxied))).toContain(
    'proxyFqdn: "sipfed.online.lync.com" cannot be asked for through the Edge of',
  );
  const both = (stack: TerraformStack) => {
    proxied(stack);
    new AllowedDomain(stack, "Domain", { domain: push.domain });
  };
  expect(synthesize(both).resource.null_resource.Federation.triggers?.ProxyFqdn).toBe(push.proxyFqdn);
});

describe("a stack", () => {
  const base = { accessEdgeFqdn: "accessproxy.contoso.com" };
  const stack = (props: PushNotificationStackProps) =>
    synthesizeApp((app: App) => new PushNotificationStack(app, "test", props), "test").resource.null_resource;

  test("with an Edge of Office Communications Server 2007 R2 has the partner on it, and no provider and no domain", () => {
    const resources = stack({ ...base, edge: EdgeKind.OCS_2007_R2, edgeComputerName: computerName });
    expect(Object.keys(resources)).toEqual([
      "AccessEdgeConfig",
      "ExternalEdgeSetting",
      "FederatedPartner_push_lync_com",
      "FederationTest",
      "PushNotificationConfig_global",
      "PushNotificationTest",
    ]);
    const partner = resources.FederatedPartner_push_lync_com;
    expect(partner.triggers).toMatchObject({
      Identity: "push.lync.com on edge01.contoso.com",
      EdgeProxyAddress: "sipfed.online.lync.com",
    });
    expect(resources.ExternalEdgeSetting.triggers?.Identity).toBe("global on edge01.contoso.com");
    expect(resources.PushNotificationConfig_global.depends_on).toContain(
      "null_resource.FederatedPartner_push_lync_com",
    );
    expect(resources.FederationTest.depends_on).toContain("null_resource.ExternalEdgeSetting");
  });

  test("asks for no proxy in its federation test, since such an Edge knows none", () => {
    const federatedPartners = [
      { domain: "Push.lync.com", proxyFqdn: "sip.lync.example.com" },
      { domain: "fabrikam.com", proxyFqdn: "sip.fabrikam.com" },
    ];
    const resources = stack({ ...base, edge: "ocs2007r2", federatedPartners });
    expect(Object.keys(resources).filter((each) => each.startsWith("FederatedPartner"))).toHaveLength(2);
    expect(resources.FederationTest.triggers).not.toHaveProperty("ProxyFqdn");
  });

  test("refuses a description with something of the other half, and says which is which", () => {
    const ocs = { ...base, edge: EdgeKind.OCS_2007_R2, hostingProvider: {}, allowedDomains: [] };
    const message = messageOf(() => stack(ocs));
    expect(message).toContain(
      '  - hostingProvider: belongs to the other kind of Edge: edge is "ocs2007r2". Allowed with it: federatedPartners, ' +
        'externalEdge, edgeComputerName. Leave hostingProvider out, or set edge to "lync".',
    );
    expect(message).toContain("  - allowedDomains: belongs to the other kind of Edge");
    const lync = { ...base, federatedPartners: [push], externalEdge: {}, edgeComputerName: computerName };
    expect(messageOf(() => stack(lync))).toContain(
      '  - federatedPartners: belongs to the other kind of Edge: edge is "lync", the default. Allowed with it: ' +
        'hostingProvider, allowedDomains, partnerDomains. Leave federatedPartners out, or set edge to "ocs2007r2".',
    );
    expect(messageOf(() => stack(lync))).toContain("3 invalid settings:");
    expect(messageOf(() => stack({ ...base, edge: "OCS2007R2" as never }))).toContain(
      'edge: "OCS2007R2" is not a known value. Allowed: "lync", "ocs2007r2". Did you mean "ocs2007r2"?',
    );
  });

  test("of the environments, ocs-edge has such an Edge and the others have not", () => {
    const kinds = Object.entries(environments).map(([name, { edge }]) => [name, edge ?? EdgeKind.LYNC]);
    expect(Object.fromEntries(kinds)).toMatchObject({ "ocs-edge": "ocs2007r2", production: "lync" });
    expect(stack(environments["ocs-edge"]).FederatedPartner_push_lync_com).toBeDefined();
  });
});

test("the two halves can be in one stack where the constructs are used one by one", () => {
  const { null_resource } = synthesize((stack) => {
    new AllowedDomain(stack, "Domain", { domain: "push.lync.com" });
    new FederatedPartner(stack, "Partner", push);
  }).resource;
  expect(Object.keys(null_resource)).toEqual(["Domain", "Partner"]);
});
