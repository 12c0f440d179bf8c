// What a review says is what runs: its lines, typed into a shell, do what the deploy does, call by call.
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  ExternalEdgeSetting,
  FederatedPartner,
  FederationTest,
  HostingProvider,
  LyncProduct,
  LyncResourceType,
  PushNotificationConfig,
  PushNotificationTest,
  RemovalPolicy,
  VerificationLevel,
} from "../../constructs";
import { Deployment, DeploymentOptions } from "../support/deployment";
import { addOcsEdge, EDGE } from "../support/ocs-edge";
import { compare, logTests } from "../support/one-to-one";
import { SimulatedLync } from "../support/simulated-lync";

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

function deployment(options: DeploymentOptions = {}, lync = new SimulatedLync()): Deployment {
  logTests(lync);
  const made = new Deployment(lync, { runner: { preflight: false }, ...options });
  deployments.push(made);
  return made;
}

const cmdlets = (ran: object[]) => ran.map((each) => (each as { cmdlet: string }).cmdlet);

/** Each waits for the one before it, so that there is one order only. */
function chain(stack: TerraformStack, step: number): void {
  const comment = ["ours", 'it\'s "new" `$x` $(exit) “q” | <!-- ${x} \u202e\n@all', "third"][step];
  const proxyFqdn = step < 2 ? "sipfed.online.lync.com" : "sip2.online.lync.com";
  const edge = new AccessEdgeConfig(stack, "Edge", {
    useDnsSrvRouting: true,
    enablePartnerDiscovery: step > 0,
    removalPolicy: RemovalPolicy.REMOVE,
  });
  const hosting = new HostingProvider(stack, "LyncOnline", {
    identity: "LyncOnline",
    proxyFqdn,
    dependsOn: [edge],
  });
  const push = new AllowedDomain(stack, "Push", {
    domain: "push.lync.com",
    comment,
    ...(step < 2 && { markForMonitoring: true }),
    dependsOn: [hosting],
  });
  const leaving: AllowedDomain[] = [];
  if (step < 1)
    leaving.push(new AllowedDomain(stack, "Gone", { domain: "gone.contoso.com", dependsOn: [push] }));
  if (step < 2) {
    const kept = { domain: "kept.contoso.com", removalPolicy: RemovalPolicy.RETAIN };
    leaving.push(new AllowedDomain(stack, "Kept", { ...kept, dependsOn: [push, ...leaving] }));
  }
  const last = new PushNotificationConfig(stack, "Global", {
    ...(step < 2 && { enableMicrosoftPushNotificationService: step === 0 }),
    dependsOn: [push, ...leaving],
  });
  const federation = new FederationTest(stack, "Federation", {
    targetFqdn: "accessproxy.contoso.com",
    domain: "push.lync.com",
    proxyFqdn,
    dependsOn: [last],
  });
  const pushed = { accessEdgeFqdn: "accessproxy.contoso.com", dependsOn: [federation] };
  // It asks for the way through the provider that the procedure names.
  if (step < 2) new PushNotificationTest(stack, "PushTest", pushed);
}

describe("on Lync Server 2013", () => {
  const to = deployment();

  test("a first deploy on a new server", async () => {
    const ran = await compare(to, (stack) => chain(stack, 0));
    expect(new Set(cmdlets(ran)).size).toBe(6);
  });

  test("edits in place with a text that is hostile, and an object that leaves", async () => {
    expect(cmdlets(await compare(to, (stack) => chain(stack, 1)))[0]).toBe("Remove-CsAllowedDomain");
  });

  test("a provider that is created anew, settings that are put back, and one that is retained", async () => {
    expect(cmdlets(await compare(to, (stack) => chain(stack, 2))).slice(0, 5)).toEqual([
      "Set-CsAllowedDomain",
      "Remove-CsHostingProvider",
      "New-CsHostingProvider",
      "Set-CsAllowedDomain",
      "Set-CsPushNotificationConfiguration",
    ]);
  });

  test("a destroy", async () => {
    expect((await compare(to, (stack) => chain(stack, 2), { destroy: true })).length).toBe(4);
  });
});

describe("on Skype for Business Server 2019", () => {
  const module = "SkypeForBusiness";
  const lync = new SimulatedLync();
  lync.change((state) => (state.product = "SkypeForBusinessServer2019"));
  const to = deployment(
    {
      runner: { preflight: true, product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019 },
      resourceType: LyncResourceType.NULL_RESOURCE,
    },
    lync,
  );
  const declared =
    (verificationLevel?: VerificationLevel, site = true) =>
    (stack: TerraformStack) => {
      const push = new AllowedDomain(stack, "Push", { domain: "push.lync.com", verificationLevel });
      if (site) new PushNotificationConfig(stack, "Site", { identity: "site:Redmond", dependsOn: [push] });
      const replication = { trigger: true, intervalSeconds: 1, timeoutSeconds: 60 };
      new FederationTest(stack, "Test", {
        targetFqdn: "accessproxy.contoso.com",
        domain: "push.lync.com",
        onFailure: "warn",
        replication,
      });
    };

  test("a level, the settings of a site, and a test that forces replication", async () => {
    await compare(to, declared(VerificationLevel.ALWAYS_VERIFIABLE), { module });
    const ran = await compare(to, declared(undefined, false), { module });
    expect(cmdlets(ran)).toEqual([
      "Remove-CsPushNotificationConfiguration",
      "Set-CsAllowedDomain",
      "Invoke-CsManagementStoreReplication",
      "Test-CsFederatedPartner",
    ]);
  });
});

describe("on an Edge of Office Communications Server 2007 R2", () => {
  const lync = new SimulatedLync();
  addOcsEdge(lync);
  const to = deployment({}, lync);
  const declared =
    (verificationLevel: VerificationLevel, partner = true) =>
    (stack: TerraformStack) => {
      const own = { computerName: EDGE, domain: "push.lync.com", accessEdgeFqdn: "sipfed.online.lync.com" };
      const removalPolicy = RemovalPolicy.REMOVE;
      const edge = new ExternalEdgeSetting(stack, "Edge", { computerName: EDGE, removalPolicy });
      if (partner) new FederatedPartner(stack, "Push", { ...own, verificationLevel, dependsOn: [edge] });
    };

  test("a partner is made, changed, and removed, and federation of the Edge is put back", async () => {
    const wmi = [
      await compare(to, declared(VerificationLevel.ALWAYS_VERIFIABLE)),
      await compare(to, declared(VerificationLevel.USE_SOURCE_VERIFICATION)),
      await compare(to, declared(VerificationLevel.USE_SOURCE_VERIFICATION, false)),
      await compare(to, declared(VerificationLevel.USE_SOURCE_VERIFICATION, false), { destroy: true }),
    ];
    expect(wmi.map((ran) => ran.length)).toEqual([2, 1, 1, 1]);
  });
});
