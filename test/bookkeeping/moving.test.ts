// Moving and renaming in the code: what Lync Server sees of it, as the exact list of cmdlets that change something.
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  AccessEdgeConfig,
  AllowedDomain,
  HostingProvider,
  LyncResourceType,
  PushNotificationConfig,
  RemovalPolicy,
} from "../../constructs";
import { Build, Deployment, DeploymentOptions } from "../support/deployment";
import { sharedNullProvider } from "../support/null-provider";
import { SimulatedLync } from "../support/simulated-lync";

const deployments: Deployment[] = [];
function deployment(lync = new SimulatedLync(), options: DeploymentOptions = {}): Deployment {
  const made = new Deployment(lync, { runner: { preflight: false }, ...options });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

/** One domain, with a construct id that need not be its name. */
function domain(id: string, name = "push.lync.com", removalPolicy?: RemovalPolicy): Build {
  return (stack) => new AllowedDomain(stack, id, { domain: name, comment: "ours", removalPolicy });
}
const nothing: Build = () => undefined;

/** The whole procedure, under ids that begin with `prefix`. */
function procedure(scope: Construct, prefix: string, upper = false): void {
  const cased = (text: string) => (upper ? text.toUpperCase() : text);
  new HostingProvider(scope, `${prefix}Provider`, {
    identity: cased("LyncOnline"),
    proxyFqdn: cased("sipfed.online.lync.com"),
  });
  new AllowedDomain(scope, `${prefix}Domain`, { domain: cased("push.lync.com"), comment: "ours" });
  new PushNotificationConfig(scope, `${prefix}Site`, { identity: upper ? "site:REDMOND" : "site:Redmond" });
  new AccessEdgeConfig(scope, `${prefix}Edge`, { removalPolicy: RemovalPolicy.REMOVE });
}

/** The cmdlets that change something, of one apply. */
async function cmdletsOf(to: Deployment, build: Build): Promise<string[]> {
  to.lync.clearLog();
  await to.apply(build);
  return to.lync.log().map((entry) => entry.cmdlet);
}

const allowed = (lync: SimulatedLync): string[] => lync.state().allowedDomains.map((each) => each.Identity);

describe("Lync Server sees nothing of it", () => {
  const to = deployment();
  beforeAll(() => to.apply((stack) => procedure(stack, "")));

  test.each<[string, Build]>([
    ["a construct gets another id", (stack) => procedure(stack, "Renamed")],
    ["a construct gets another place in the tree", (stack) => procedure(new Construct(stack, "Nested"), "")],
    ["names change their case only", (stack) => procedure(new Construct(stack, "Nested"), "", true)],
  ])("when %s", async (_, build) => {
    expect(await cmdletsOf(to, build)).toEqual([]);
    expect((await to.plan(build)).changes).toBe(false);
  });

  test("when the state is lost: everything is taken over again, and removed when it leaves the code", async () => {
    to.loseState();
    expect(await cmdletsOf(to, (stack) => procedure(stack, ""))).toEqual([]);
    expect((await to.plan((stack) => procedure(stack, ""))).changes).toBe(false);
    expect(await cmdletsOf(to, nothing)).toEqual([
      "Set-CsAccessEdgeConfiguration",
      "Remove-CsPushNotificationConfiguration",
      "Remove-CsAllowedDomain",
      "Remove-CsHostingProvider",
    ]);
  });
});

test("when the type of the resources changes, there and back, Lync Server sees nothing of it", async () => {
  const data = deployment();
  const lync = data.lync;
  const build: Build = (stack) => procedure(stack, "");
  await data.apply(build);
  const plugin = deployment(lync, { resourceType: LyncResourceType.NULL_RESOURCE });
  plugin.restoreState(data.state());
  expect(await cmdletsOf(plugin, build)).toEqual([]);
  expect(typesOf(plugin)).toEqual(["null_resource", "terraform_data"]);
  // The plugin is needed once more, for the resources that the state still has.
  const back = deployment(lync, { env: await sharedNullProvider() });
  back.restoreState(plugin.state());
  expect(await cmdletsOf(back, build)).toEqual([]);
  expect(typesOf(back)).toEqual(["terraform_data"]);
  expect(await cmdletsOf(back, nothing)).toHaveLength(4);
});

function typesOf(to: Deployment): string[] {
  return [...new Set(to.state()?.resources.map((each) => each.type))].sort();
}

describe("from one stack to another of the same Lync Server", () => {
  const { RETAIN } = RemovalPolicy;

  test.each([
    ["the old one first", true],
    ["the new one first", false],
  ])("a retained object moves without a change, with %s", async (_, oldFirst) => {
    const lync = new SimulatedLync();
    const [from, into] = [deployment(lync), deployment(lync)];
    await from.apply(domain("A", undefined, RETAIN));
    const leave = () => cmdletsOf(from, nothing);
    const arrive = () => cmdletsOf(into, domain("B"));
    const steps = oldFirst ? [leave, arrive] : [arrive, leave];
    for (const step of steps) expect(await step()).toEqual([]);
    expect(allowed(lync)).toEqual(["push.lync.com"]);
    // It is the new stack's now.
    expect(await cmdletsOf(into, nothing)).toEqual(["Remove-CsAllowedDomain"]);
  });

  test("an object with the policy remove is removed by the stack that it leaves: with the old one first, it is created anew", async () => {
    const lync = new SimulatedLync();
    const [from, into] = [deployment(lync), deployment(lync)];
    await from.apply(domain("A"));
    expect(await cmdletsOf(from, nothing)).toEqual(["Remove-CsAllowedDomain"]);
    expect(await cmdletsOf(into, domain("B"))).toEqual(["New-CsAllowedDomain"]);
  });

  test("with the new one first, it is gone at the end, and the new stack's next apply does not see that by itself", async () => {
    const lync = new SimulatedLync();
    const [from, into] = [deployment(lync), deployment(lync)];
    await from.apply(domain("A"));
    expect(await cmdletsOf(into, domain("B"))).toEqual([]);
    expect(await cmdletsOf(from, nothing)).toEqual(["Remove-CsAllowedDomain"]);
    expect(await cmdletsOf(into, domain("B"))).toEqual([]);
    expect(allowed(lync)).toEqual([]);
    // What heals it: applying the object once more.
    await into.terraform(["apply", "-auto-approve", "-replace=terraform_data.B"]);
    expect(allowed(lync)).toEqual(["push.lync.com"]);
  });
});

test("the removal policy that was applied last decides, not the one that leaves with the object", async () => {
  const to = deployment();
  const { REMOVE, RETAIN } = RemovalPolicy;
  const both = (one: RemovalPolicy, other: RemovalPolicy): Build => {
    return (stack: TerraformStack) => {
      domain("One", "one.com", one)(stack);
      domain("Other", "other.com", other)(stack);
    };
  };
  await to.apply(both(REMOVE, RETAIN));
  expect(await cmdletsOf(to, both(RETAIN, REMOVE))).toEqual([]);
  expect(await cmdletsOf(to, nothing)).toEqual(["Remove-CsAllowedDomain"]);
  expect(allowed(to.lync)).toEqual(["one.com"]);
});

test("another identity under the same construct is a removal and then a creation", async () => {
  const to = deployment();
  const proxyFqdn = "sipfed.online.lync.com";
  const provider = (identity: string): Build => {
    return (stack) => new HostingProvider(stack, "Provider", { identity, proxyFqdn });
  };
  await to.apply(provider("Old"));
  expect(await cmdletsOf(to, provider("New"))).toEqual(["Remove-CsHostingProvider", "New-CsHostingProvider"]);
  expect(to.lync.state().hostingProviders.map((each) => each.Identity)).toEqual(["New"]);
});
