// The procedure as a construct: in a stack of any kind, once for each Edge, under the names that it always had.
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Resource as NullResource } from "@cdktf/provider-null/lib/resource";
import {
  AccessEdgeConfig,
  AllowedDomain,
  EdgeKind,
  FederationTest,
  HostingProvider,
  LyncProduct,
  LyncRunner,
  PushNotificationConfig,
  PushNotifications,
  PushNotificationStack,
  PushNotificationsProps,
  PushNotificationTest,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";

const edge = { accessEdgeFqdn: "accessproxy.contoso.com" };
const ocs = {
  accessEdgeFqdn: "edge.ocs.contoso.com",
  edge: EdgeKind.OCS_2007_R2,
  edgeComputerName: "edge01",
};

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

function deployment(): Deployment {
  const made = new Deployment(undefined, { runner: { preflight: false } });
  deployments.push(made);
  return made;
}

const inStack = (props: PushNotificationsProps) =>
  synthesizeApp((app) => void new PushNotificationStack(app, "test", props), "test");

/** The constructs as they stood in the stack itself before there was a construct for all of them. */
function asBefore(stack: TerraformStack): void {
  const provider = new HostingProvider(stack, "HostingProvider", LYNC_ONLINE);
  const domain = "push.lync.com";
  const push = new AllowedDomain(stack, "AllowedDomain_push_lync_com", { domain, dependsOn: [provider] });
  const config = new PushNotificationConfig(stack, "PushNotificationConfig_global", {
    dependsOn: [provider, push],
  });
  const access = new AccessEdgeConfig(stack, "AccessEdgeConfig", { dependsOn: [config] });
  const { proxyFqdn } = provider;
  const target = { targetFqdn: edge.accessEdgeFqdn, domain, proxyFqdn };
  const test = new FederationTest(stack, "FederationTest", { ...target, dependsOn: [config, access] });
  new PushNotificationTest(stack, "PushNotificationTest", { ...edge, dependsOn: [config, access, test] });
}
const LYNC_ONLINE = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };

test("its parts are properties, undefined where there is none", () => {
  synthesize((stack) => {
    const push = new PushNotifications(stack, "Push", edge);
    expect(push.hostingProvider?.identity).toBe("LyncOnline");
    expect(push.allowedDomains.map((each) => each.domain)).toEqual(["push.lync.com"]);
    expect(push.pushNotificationConfigs.map((each) => each.identity)).toEqual(["global"]);
    expect(push.accessEdgeConfig).toBeInstanceOf(AccessEdgeConfig);
    expect([push.federatedPartners, push.externalEdgeSetting]).toEqual([[], undefined]);
    expect(push.federationTest).toBeInstanceOf(FederationTest);
    expect(push.pushNotificationTest).toBeInstanceOf(PushNotificationTest);
    // Other resources of the stack refer to them and wait for them.
    new TerraformOutput(stack, "Proxy", { value: push.hostingProvider?.proxyFqdn });
    new NullResource(stack, "After", { dependsOn: [push.accessEdgeConfig] });
  });
  synthesize((stack) => {
    LyncRunner.configure(stack, { product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019 });
    const push = new PushNotifications(stack, "Push", { ...ocs, tests: { federation: false } });
    expect([push.hostingProvider, push.allowedDomains]).toEqual([undefined, []]);
    expect(push.federatedPartners.map((each) => each.domain)).toEqual(["push.lync.com"]);
    expect(push.externalEdgeSetting?.kind).toBe("ExternalEdgeSetting");
    expect([push.federationTest, push.pushNotificationTest]).toEqual([undefined, undefined]);
  });
});

test("domains of partners share a resource, for which nothing of the procedure waits", () => {
  const partnerDomains = ["fabrikam.com", { domain: "litwareinc.com", comment: "Contact: Ken Myer" }];
  synthesize((stack) => {
    const { partnerDomains: partners } = new PushNotifications(stack, "Push", { ...edge, partnerDomains });
    expect(partners?.domains.map(({ domain }) => domain)).toEqual(["fabrikam.com", "litwareinc.com"]);
  });
  const { null_resource, terraform_data } = inStack({ ...edge, partnerDomains }).resource;
  expect(null_resource.PartnerDomains.triggers).toMatchObject({
    "fabrikam.com": "allowed",
    "litwareinc.com": "allowed, Comment 'Contact: Ken Myer'",
  });
  const others = Object.entries({ ...null_resource, ...terraform_data });
  const naming = others.filter(([, each]) => JSON.stringify(each).includes("null_resource.PartnerDomains"));
  expect(naming.map(([name]) => name)).toEqual([]);
  const twice = { ...edge, acessEdge: {}, partnerDomains: ["PUSH.lync.com", "x"] };
  const message = messageOf(() => inStack(twice));
  for (const text of [
    "Did you mean accessEdge?",
    'domains[0]: "PUSH.lync.com" is declared already',
    'domains[1]: "x"',
  ])
    expect(message).toContain(text);
});

test("a stack of nothing but the procedure has it as a property, and the names in Terraform that it always had", () => {
  const names = (props: PushNotificationsProps) => {
    const { null_resource, terraform_data } = inStack(props).resource;
    return [...Object.keys(null_resource), ...Object.keys(terraform_data)];
  };
  const own = ["LyncClosing", "LyncDestroyCheck", "LyncInventory", "LyncPreflight", "LyncTeardown"];
  expect(names({ ...edge, allowedDomains: [{ domain: "a.com" }] })).toEqual([
    "AccessEdgeConfig",
    "AllowedDomain_a_com",
    "AllowedDomain_push_lync_com",
    "FederationTest",
    "HostingProvider",
    "PushNotificationConfig_global",
    "PushNotificationTest",
    "FederationTest_Tested",
    "HostingProvider_Claim",
    ...own,
    "PushNotificationTest_Tested",
  ]);
  expect(names(ocs)).toEqual([
    "AccessEdgeConfig",
    "ExternalEdgeSetting",
    "FederatedPartner_push_lync_com",
    "FederationTest",
    "PushNotificationConfig_global",
    "PushNotificationTest",
    "FederatedPartner_push_lync_com_Claim",
    "FederationTest_Tested",
    ...own,
    "PushNotificationTest_Tested",
  ]);
});

test("but for the paths in its metadata, the stack is the one that its constructs make without it", () => {
  const text = (configuration: unknown) => JSON.stringify(configuration).replaceAll("test/Default/", "test/");
  const whole = synthesize((stack) => void new PushNotifications(stack, "Default", edge));
  expect(text(whole)).toBe(text(synthesize(asBefore)));
});

test("a stack that was deployed before there was the construct goes on without a cmdlet, and is removed as a whole", async () => {
  const to = deployment();
  const now = (stack: TerraformStack) => void new PushNotifications(stack, "Default", edge);
  await to.apply(asBefore);
  to.lync.clearLog();
  await to.apply(now);
  expect(to.lync.log()).toEqual([]);
  expect((await to.plan(now)).changes).toBe(false);
  await to.destroy(now);
  expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
});

test("errors and reports say where a construct is without the id that is in no name", () => {
  const refused = messageOf(() => inStack({ ...edge, hostingProvider: { enabled: "no" as never } }));
  expect(refused).toContain('HostingProvider at "test/HostingProvider"\n');
  expect(messageOf(() => inStack({ ...edge, tests: 1 as never }))).toContain('PushNotifications at "test"\n');
  const { FederationTest: test } = inStack({ ...edge, tests: {} }).resource.null_resource;
  expect(test.provisioner[0]["local-exec"].environment.LYNC_TEST).toBe("FederationTest");
});

test("what is wrong with the stack, its backend, its runner and the procedure comes in one message", () => {
  const props = {
    acessEdge: {},
    backend: { type: "tape" },
    runner: { powerShell: 1 },
    allowedDomains: [{ domain: "x" }],
  };
  const message = messageOf(() => inStack(props as never));
  expect(message).toContain(
    'PushNotificationStack at "test"\n  - acessEdge: is not a property. Did you mean accessEdge?',
  );
  expect(message).toContain('PushNotifications at "test"\n  - accessEdgeFqdn: is missing');
  for (const text of ['"tape"', "powerShell: 1 is not text", 'AllowedDomain at "test/AllowedDomain_x"'])
    expect(message).toContain(text);
  expect(message).toMatch(/^7 invalid settings:/);
});

test("something else of the name and type of one of its resources is refused, since CDKTF would make one of the two", () => {
  const message = messageOf(() =>
    synthesizeApp((app) => {
      const stack = new PushNotificationStack(app, "test", edge);
      new NullResource(stack, "HostingProvider");
      new NullResource(stack, "HostingProvider_Claim"); // of another type
    }, "test"),
  );
  expect(message).toContain(
    'id: "test/HostingProvider" gives the Terraform name "HostingProvider", which "test/Default/HostingProvider"',
  );
  expect(message).not.toContain("HostingProvider_Claim");
});

describe("several in one stack", () => {
  const both = (second: PushNotificationsProps) => (stack: TerraformStack) => {
    const north = new PushNotifications(new Construct(stack, "Sites"), "North", edge);
    return [north, new PushNotifications(stack, "South", second)];
  };

  test("share what is global, and each tests its own Edge", () => {
    synthesize((stack) => {
      const [north, south] = both({ accessEdgeFqdn: "south.contoso.com" })(stack);
      expect(south.hostingProvider).toBe(north.hostingProvider);
      expect(south.allowedDomains).toEqual(north.allowedDomains);
      expect(south.pushNotificationConfigs).toEqual(north.pushNotificationConfigs);
      expect(south.accessEdgeConfig).toBe(north.accessEdgeConfig);
    });
    const { null_resource } = synthesize(
      (stack) => void both({ accessEdgeFqdn: "south.contoso.com" })(stack),
    ).resource;
    const targets = Object.values(null_resource).flatMap(({ triggers }) => triggers?.TargetFqdn ?? []);
    expect(targets.sort()).toEqual(["accessproxy.contoso.com", "south.contoso.com"]);
    expect(Object.values(null_resource)).toHaveLength(4 + 2 + 2);
  });

  test("may be for Edges of different kinds, each with what is on it", () => {
    synthesize((stack) => {
      const [north, south] = both(ocs)(stack);
      expect([south.hostingProvider, south.allowedDomains]).toEqual([undefined, []]);
      expect(south.federatedPartners.map((each) => each.computerName)).toEqual(["edge01"]);
      expect(south.pushNotificationConfigs).toEqual(north.pushNotificationConfigs);
      const other = { ...ocs, accessEdgeFqdn: "west.contoso.com", edgeComputerName: "edge02" };
      const west = new PushNotifications(stack, "West", other);
      expect(west.externalEdgeSetting?.computerName).toBe("edge02");
      expect(west.accessEdgeConfig).toBe(north.accessEdgeConfig);
      expect(west.federationTest?.proxyFqdn).toBeUndefined();
    });
  });

  test("may add objects that the first has not", () => {
    synthesize((stack) => {
      const [, south] = both({
        accessEdgeFqdn: "south.contoso.com",
        allowedDomains: [{ domain: "a.com" }],
        pushNotifications: [{ identity: "site:South" }],
      })(stack);
      expect(south.allowedDomains.map((each) => each.domain)).toEqual(["push.lync.com", "a.com"]);
      expect(south.pushNotificationConfigs.map((each) => each.identity)).toEqual(["site:South"]);
    });
  });

  test("may not describe again what is global", () => {
    const message = messageOf(() =>
      synthesize((stack) => {
        both({
          accessEdgeFqdn: "south.contoso.com",
          hostingProvider: { verificationLevel: "AlwaysVerifiable" },
          allowedDomains: [{ domain: "PUSH.lync.com" }],
          pushNotifications: [{}],
          accessEdge: {},
        })(stack);
      }),
    );
    const declared = (name: string) =>
      `is declared already, at "test/Sites/North/${name}". Allowed: once per stack`;
    for (const name of [
      "HostingProvider",
      "AllowedDomain_push_lync_com",
      "PushNotificationConfig_global",
      "AccessEdgeConfig",
    ])
      expect(message).toContain(declared(name));
  });

  test("may not be for one Edge, which is all that is said then", () => {
    const refusal = (first: PushNotificationsProps, second: PushNotificationsProps) =>
      messageOf(() =>
        synthesize((stack) => {
          new PushNotifications(stack, "North", first);
          new PushNotifications(stack, "South", second);
        }),
      );
    const already =
      'is the Edge of the PushNotifications at "test/North" already. Allowed: one for each Edge of a stack.';
    const same = refusal(edge, { accessEdgeFqdn: "ACCESSPROXY.contoso.com" });
    expect(same).toContain(
      `1 invalid setting:\nPushNotifications at "test/South"\n  - accessEdgeFqdn: "ACCESSPROXY.contoso.com" ${already}`,
    );
    const computer = refusal(ocs, { ...ocs, accessEdgeFqdn: "south.contoso.com" });
    expect(computer).toContain(
      `1 invalid setting:\nPushNotifications at "test/South"\n  - edgeComputerName: "edge01" ${already}`,
    );
  });

  test("are deployed and destroyed like one, and what is global goes on with the second where the first leaves", async () => {
    const to = deployment();
    to.lync.change((state) => state.edges.push("south.contoso.com"));
    const build = both({ accessEdgeFqdn: "south.contoso.com", tests: { pushNotifications: false } });
    await to.apply((stack) => void build(stack));
    expect(to.lync.calls("Test-CsFederatedPartner")).toBe(2);
    expect(to.lync.calls("New-CsHostingProvider")).toBe(1);
    expect((await to.plan((stack) => void build(stack))).changes).toBe(false);
    to.lync.clearLog();
    const south = (stack: TerraformStack) =>
      void new PushNotifications(stack, "South", { accessEdgeFqdn: "south.contoso.com" });
    await to.apply(south);
    expect(to.lync.log()).toEqual([]);
    expect((await to.plan(south)).changes).toBe(false);
    await to.destroy(south);
    expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
  });
});
