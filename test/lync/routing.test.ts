// The Edge's way of routing and the hosting providers of one stack: what excludes each other, and which comes first.
import { TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  EdgeRouting,
  HostingProvider,
  LyncResourceType,
  PushNotificationStack,
  PushNotificationStackProps,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { LyncState, SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";

const P = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };
const DNS = { routing: EdgeRouting.dnsSrv({ partnerDiscovery: true }) };
const DEFAULT = { routing: EdgeRouting.defaultRoute("director.contoso.com") };

const made: Deployment[] = [];
function deployment(edit: (state: LyncState) => void = () => undefined, resourceType?: LyncResourceType) {
  const lync = new SimulatedLync();
  lync.change(edit);
  made.push(new Deployment(lync, { resourceType }));
  return made[made.length - 1];
}
afterAll(() => made.forEach((each) => each.remove()));

function onDefaultRouting(state: LyncState): void {
  state.accessEdgeConfiguration.RoutingMethod = "UseDefaultRouting";
  state.accessEdgeConfiguration.DefaultRouteFqdn = "director.contoso.com";
}

/** A Boolean that only Terraform knows. */
const unknown = (stack: TerraformStack, value: unknown) =>
  Token.asAny(new TerraformVariable(stack, "on", { type: "bool", default: value }).booleanValue);

const flat = (text: string) => text.replace(/[│╵╷]/g, "").replace(/\s+/g, " ");
const effects = (to: Deployment) => to.lync.log().map((each) => `${each.cmdlet} ${each.phase}`);

describe("at synthesis", () => {
  const full = (props: Partial<PushNotificationStackProps>) =>
    messageOf(() =>
      synthesizeApp(
        (app) => new PushNotificationStack(app, "test", { accessEdgeFqdn: "edge.contoso.com", ...props }),
        "test",
      ),
    );

  test("default routing and an enabled provider exclude each other, whichever comes later, both named", () => {
    const provider = messageOf(() =>
      synthesize((stack) => {
        new AccessEdgeConfig(stack, "E", DEFAULT);
        new HostingProvider(stack, "P", P);
      }),
    );
    expect(provider).toContain('HostingProvider at "test/P"');
    expect(provider).toContain("enabled: true, the default, excludes the default route");
    expect(provider).toContain(
      'the default route "director.contoso.com" of the AccessEdgeConfig at "test/E"',
    );
    const edge = messageOf(() =>
      synthesize((stack) => {
        new HostingProvider(stack, "P", { ...P, enabled: true });
        new HostingProvider(stack, "Q", { identity: "Q", proxyFqdn: "sip.q.com" });
        new AccessEdgeConfig(stack, "E", DEFAULT);
      }),
    );
    expect(edge).toContain('AccessEdgeConfig at "test/E"');
    expect(edge).toContain(
      'routing: the default route excludes the HostingProvider "LyncOnline" at "test/P" (and 1 more)',
    );
    expect(edge).toContain("Allowed with it: providers whose enabled is false.");
  });

  test("the whole procedure says it too, and takes a provider that is not enabled", () => {
    expect(full({ accessEdge: DEFAULT })).toContain("enabled: true, the default, excludes the default route");
    expect(() => full({ accessEdge: DEFAULT, hostingProvider: { enabled: false } })).toThrow(
      "It was accepted.",
    );
  });

  test.each([DNS, DEFAULT])(
    "a provider waits for the Edge whose routing is set, whatever the order in the code",
    (routing) => {
      const order = (edgeFirst: boolean) =>
        synthesize((stack) => {
          const edge = () => new AccessEdgeConfig(stack, "E", routing);
          const dependsOn = edgeFirst ? [edge()] : [];
          new HostingProvider(stack, "P", { ...P, enabled: false, dependsOn });
          if (!edgeFirst) edge();
        }).resource.null_resource;
      for (const { P: provider, E: edge } of [order(true), order(false)]) {
        const before = ["null_resource.E", "terraform_data.LyncTeardown", "terraform_data.P_Claim"];
        expect([...(provider.depends_on ?? [])].sort()).toEqual(before);
        expect(edge.depends_on).toEqual(["terraform_data.LyncTeardown"]);
      }
    },
  );

  test("an Edge whose routing is set may not depend on a provider, over however many steps", () => {
    const build = (routing: object) => () =>
      synthesize((stack) => {
        const provider = new HostingProvider(stack, "P", P);
        const domain = new AllowedDomain(stack, "D", { domain: "a.com", dependsOn: [provider] });
        new AccessEdgeConfig(stack, "E", { ...routing, dependsOn: [domain] });
      });
    const message = messageOf(build(DNS));
    expect(message).toContain('The AccessEdgeConfig at "test/E" depends on the HostingProvider at "test/P"');
    expect(message).toContain("(null_resource.E -> null_resource.D -> null_resource.P)");
    expect(build({})().resource.null_resource.P.depends_on).toEqual([
      "terraform_data.LyncTeardown",
      "terraform_data.P_Claim",
    ]);
  });
});

test("one stack switches an Edge to DNS SRV routing and makes a provider, with the same outcome every time", async () => {
  for (let run = 0; run < 4; run++) {
    const to = deployment(onDefaultRouting);
    await to.apply((stack) => {
      new HostingProvider(stack, "P", P);
      new AccessEdgeConfig(stack, "E", DNS);
    });
    expect(effects(to)).toEqual(["Set-CsAccessEdgeConfiguration effect", "New-CsHostingProvider effect"]);
  }
});

test("a deploy that died before the Edge is finished in the order that works", async () => {
  const to = deployment(onDefaultRouting);
  const build = (stack: TerraformStack) => {
    new HostingProvider(stack, "P", P);
    new AccessEdgeConfig(stack, "E", DNS);
  };
  await to.apply(build);
  to.lync.change((state) => {
    onDefaultRouting(state);
    state.hostingProviders = [];
  });
  const after = await to.terraform(["apply", "-auto-approve", "-replace=terraform_data.LyncClosing"]);
  expect(flat(after.stderr)).not.toContain("objects are not as declared");
  expect(after.code).toBe(0);
  expect(to.lync.state().hostingProviders).toHaveLength(1);
});

describe.each(Object.values(LyncResourceType))(
  "a provider whose enabled only Terraform knows, as %s",
  (type) => {
    const provider =
      (value: unknown, more = {}) =>
      (stack: TerraformStack) =>
        void new HostingProvider(stack, "P", { ...P, ...more, enabled: unknown(stack, value) });

    test("may be false or null on an Edge with default routing, and true not, before anything is changed", async () => {
      const to = deployment(onDefaultRouting, type);
      const refused = await to.tryApply((stack) => {
        new AllowedDomain(stack, "D", { domain: "a.com" });
        provider(true)(stack);
      });
      expect(refused.code).toBe(1);
      expect(flat(refused.stderr)).toContain("The Edge uses default routing");
      expect(effects(to)).toEqual([]);
      await to.apply(provider(false));
      expect(to.lync.state().hostingProviders).toMatchObject([{ Enabled: false }]);
      await to.apply(provider(Token.nullValue(), { sipClientPort: 5061 }));
      expect(to.lync.state().hostingProviders).toMatchObject([{ Enabled: false, SipClientPort: 5061 }]);
    });

    test("fails the plan where the stack sets default routing and it is true", async () => {
      const to = deployment(undefined, type);
      const build = (value: boolean) => (stack: TerraformStack) => {
        provider(value)(stack);
        new AccessEdgeConfig(stack, "E", DEFAULT);
      };
      await expect(to.plan(build(true))).rejects.toThrow(
        /HostingProvider "LyncOnline" at\s+"test\/P": enabled is true/,
      );
      await to.apply(build(false));
      expect((await to.plan(build(false))).changes).toBe(false);
    });
  },
);

test("the switch to default routing leaves the Edge as it is while there are providers, and goes where they leave the code", async () => {
  const to = deployment();
  await to.apply((stack) => {
    new HostingProvider(stack, "P", P);
    new AccessEdgeConfig(stack, "E", DNS);
  });
  const off = { ...P, enabled: false };
  const build = (provider: boolean) => (stack: TerraformStack) => {
    if (provider) new HostingProvider(stack, "P", off);
    new AccessEdgeConfig(stack, "E", DEFAULT);
  };
  const { code, stderr } = await to.tryApply(build(true));
  expect(code).toBe(1);
  expect(flat(stderr)).toContain("The Edge has been left as it is");
  expect(flat(stderr)).toContain('It has "LyncOnline". Take those of this stack out of the code');
  to.lync.clearLog();
  await to.apply(build(false));
  await to.apply(build(true));
  expect(effects(to)).toEqual([
    "Remove-CsHostingProvider effect",
    "Set-CsAccessEdgeConfiguration effect",
    "New-CsHostingProvider effect",
  ]);
});
