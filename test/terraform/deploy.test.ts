// The road from code to Lync Server and back, with the real terraform, real PowerShell and the simulated Lync Server.
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  FederationTest,
  HostingProvider,
  HostingProviderProps,
} from "../../constructs";
import { LyncResourceType, PushNotificationConfig, PushNotificationTest } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { SimulatedLync } from "../support/simulated-lync";

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };

function procedure(stack: TerraformStack, overrides: Partial<HostingProviderProps> = {}): void {
  const hosting = new HostingProvider(stack, "LyncOnline", { ...provider, ...overrides });
  const domain = new AllowedDomain(stack, "PushDomain", { domain: "push.lync.com", dependsOn: [hosting] });
  const push = new PushNotificationConfig(stack, "PushNotifications", { dependsOn: [domain] });
  new AccessEdgeConfig(stack, "AccessEdge", { dependsOn: [push] });
  const proxyFqdn = hosting.proxyFqdn;
  new FederationTest(stack, "Federation", {
    targetFqdn: "accessproxy.contoso.com",
    domain: "push.lync.com",
    proxyFqdn,
  });
  new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn: "accessproxy.contoso.com" });
}

const deployments: Deployment[] = [];

function deployment(resourceType: LyncResourceType = LyncResourceType.TERRAFORM_DATA): Deployment {
  const made = new Deployment(new SimulatedLync(), { resourceType });
  deployments.push(made);
  return made;
}

afterAll(() => deployments.forEach((each) => each.remove()));

/** Names of the mutating cmdlets that `action` made run, in order. */
async function cmdletsOf(lync: SimulatedLync, action: () => Promise<unknown>): Promise<string[]> {
  lync.clearLog();
  await action();
  return lync.log().map((entry) => entry.cmdlet);
}

describe.each(Object.values(LyncResourceType))("with %s", (type) => {
  const to = deployment(type);

  test("a deploy to a fresh Lync Server runs the procedure's cmdlets in its order, and the tests after them", async () => {
    expect(await cmdletsOf(to.lync, () => to.apply(procedure))).toEqual([
      "New-CsHostingProvider",
      "New-CsAllowedDomain",
      "Set-CsPushNotificationConfiguration",
      "Set-CsAccessEdgeConfiguration",
    ]);
    expect(to.lync.calls("Test-CsFederatedPartner")).toBe(1);
    expect(to.lync.calls("Test-CsMcxPushNotification")).toBe(1);
  });

  test("a second deploy plans nothing and changes nothing", async () => {
    expect((await to.plan(procedure)).changes).toBe(false);
    expect(await cmdletsOf(to.lync, () => to.apply(procedure))).toEqual([]);
  });

  test("an edit is a Set- of what differs, nothing is removed, and the tests run again", async () => {
    const edited: Build = (stack) => procedure(stack, { verificationLevel: "AlwaysVerifiable" });
    to.lync.clearLog();
    expect((await to.plan(edited)).text).toMatch(
      /VerificationLevel"? += "UseSourceVerification" -> "AlwaysVerifiable"/,
    );
    expect(await cmdletsOf(to.lync, () => to.apply(edited))).toEqual(["Set-CsHostingProvider"]);
    expect(to.lync.log()[0].parameters).toMatchObject({
      Identity: "LyncOnline",
      VerificationLevel: "AlwaysVerifiable",
    });
    expect(to.lync.log()[0].parameters).not.toHaveProperty("Enabled");
    expect(to.lync.calls("Test-CsFederatedPartner")).toBe(2);
  });

  test("a new ProxyFqdn, which Set- cannot change, is a removal and a creation that the output explains", async () => {
    const moved: Build = (stack) => procedure(stack, { proxyFqdn: "sipfed2.online.lync.com" });
    to.lync.change((state) => (state.testResults = []));
    let output = "";
    expect(await cmdletsOf(to.lync, async () => (output = (await to.tryApply(moved)).stdout))).toEqual([
      "Remove-CsHostingProvider",
      "New-CsHostingProvider",
    ]);
    expect(output).toContain(
      "ProxyFqdn cannot be changed by Set-CsHostingProvider: the object is removed and created anew.",
    );
    expect(output).toContain(
      'ProxyFqdn: expected "sipfed2.online.lync.com", actual "sipfed.online.lync.com"',
    );
  });

  test("what leaves the code leaves Lync Server, before anything new is created", async () => {
    const without: Build = (stack) => {
      new HostingProvider(stack, "LyncOnline", provider);
      new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com" });
    };
    const cmdlets = await cmdletsOf(to.lync, () => to.apply(without));
    expect(cmdlets.slice(0, 2)).toEqual(["Remove-CsPushNotificationConfiguration", "Remove-CsAllowedDomain"]);
    expect(cmdlets.slice(2)).toContain("New-CsAllowedDomain");
    expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["fabrikam.com"]);
    expect(to.lync.state().accessEdgeConfiguration.AllowFederatedUsers).toBe(true);
  });

  test("destroy removes what was applied, and only that, and leaves no resource in the state", async () => {
    await to.destroy((stack) => {
      new HostingProvider(stack, "LyncOnline", provider);
      new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com" });
      new AllowedDomain(stack, "Never", { domain: "never-applied.com" });
    });
    expect(to.lync.state().hostingProviders).toEqual([]);
    expect(to.lync.state().allowedDomains).toEqual([]);
    expect(to.state()?.resources).toEqual([]);
  });
});
