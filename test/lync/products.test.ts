// Each product: its module, what it lacks and synthesis refuses, and a deploy to a simulated server that is one.
import { App, TerraformStack } from "cdktf";
import {
  AllowedDomain,
  FederationTest,
  LyncProduct,
  LyncRunner,
  PushNotificationStack,
  PushNotificationTest,
  VerificationLevel,
} from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { Product, SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";

const { LYNC_SERVER_2013, SKYPE_FOR_BUSINESS_SERVER_2015, SKYPE_FOR_BUSINESS_SERVER_2019 } = LyncProduct;
const accessEdgeFqdn = "accessproxy.contoso.com";

function on(product: LyncProduct | undefined, build: Build) {
  return () =>
    synthesize((stack) => {
      LyncRunner.configure(stack, { product });
      build(stack);
    });
}

function verified(stack: TerraformStack): void {
  new AllowedDomain(stack, "Push", {
    domain: "push.lync.com",
    verificationLevel: VerificationLevel.ALWAYS_VERIFIABLE,
  });
}

function pushTest(stack: TerraformStack): void {
  new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn });
}

test.each([
  [undefined, "Lync"],
  [LYNC_SERVER_2013, "Lync"],
  [SKYPE_FOR_BUSINESS_SERVER_2015, "SkypeForBusiness"],
  [SKYPE_FOR_BUSINESS_SERVER_2019, "SkypeForBusiness"],
])("the module follows the product %s, unless it is given", (product, module) => {
  const variables = (given?: string) =>
    synthesize((stack) => {
      LyncRunner.configure(stack, { product, module: given });
      new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
    }).resource.null_resource.Push.provisioner[0]["local-exec"].environment;
  expect(variables()).toMatchObject({ LYNC_MODULE: module });
  expect(variables("C:\\Modules\\Own.psd1")).toMatchObject({ LYNC_MODULE: "C:\\Modules\\Own.psd1" });
});

test("an unknown product is refused with those that there are", () => {
  const message = messageOf(on("lync server 2013" as LyncProduct, verified));
  expect(message).toContain('product: "lync server 2013" is not a known value.');
  expect(message).toContain('Did you mean "Lync Server 2013"?');
});

test("Lync Server 2013 has no verificationLevel of an allowed domain, and the refusal says since when it is there", () => {
  for (const product of [undefined, LYNC_SERVER_2013]) {
    expect(messageOf(on(product, verified))).toContain(
      'AllowedDomain at "test/Push"\n  - verificationLevel: "AlwaysVerifiable" cannot be set on Lync Server 2013: ' +
        "New- and Set-CsAllowedDomain have the parameter VerificationLevel from Skype for Business Server 2015 on. " +
        "Allowed: Skype for Business Server 2015, Skype for Business Server 2019. Leave it out;",
    );
  }
  for (const product of [SKYPE_FOR_BUSINESS_SERVER_2015, SKYPE_FOR_BUSINESS_SERVER_2019]) {
    const { triggers } = on(product, verified)().resource.null_resource.Push;
    expect(triggers?.VerificationLevel).toBe("AlwaysVerifiable");
  }
});

test("Skype for Business Server 2019 has no push test, and the refusal says why", () => {
  expect(messageOf(on(SKYPE_FOR_BUSINESS_SERVER_2019, pushTest))).toContain(
    "product: there is no PushNotificationTest on Skype for Business Server 2019: the cmdlet Test-CsMcxPushNotification " +
      "ended with version 2015. Allowed: Lync Server 2013, Skype for Business Server 2015.",
  );
  for (const product of [LYNC_SERVER_2013, SKYPE_FOR_BUSINESS_SERVER_2015]) {
    expect(on(product, pushTest)().resource.null_resource.PushTest).toBeDefined();
  }
});

test("a whole environment on Skype for Business Server 2019 tests federation alone, by itself", () => {
  const testsOn = (product: LyncProduct, tests = {}) => {
    const build = (app: App) =>
      void new PushNotificationStack(app, "all", { accessEdgeFqdn, runner: { product }, tests });
    return Object.keys(synthesizeApp(build, "all").resource.null_resource).filter((name) =>
      /Test$/.test(name),
    );
  };
  expect(testsOn(SKYPE_FOR_BUSINESS_SERVER_2015)).toEqual(["FederationTest", "PushNotificationTest"]);
  expect(testsOn(SKYPE_FOR_BUSINESS_SERVER_2019)).toEqual(["FederationTest"]);
  expect(messageOf(() => testsOn(SKYPE_FOR_BUSINESS_SERVER_2019, { pushNotifications: true }))).toContain(
    'PushNotificationTest at "all/PushNotificationTest"\n  - product: there is no PushNotificationTest on',
  );
});

describe("a deploy", () => {
  const deployments: Deployment[] = [];

  afterAll(() => deployments.forEach((each) => each.remove()));

  function to(server: Product, product: LyncProduct): Deployment {
    const lync = new SimulatedLync();
    lync.change((state) => {
      state.product = server;
      state.accessEdgeConfiguration.AllowFederatedUsers = true;
    });
    const made = new Deployment(lync, { runner: { product } });
    deployments.push(made);
    return made;
  }

  test.each<[Product, LyncProduct]>([
    ["SkypeForBusinessServer2015", SKYPE_FOR_BUSINESS_SERVER_2015],
    ["SkypeForBusinessServer2019", SKYPE_FOR_BUSINESS_SERVER_2019],
  ])("to a %s sets what Lync Server 2013 lacks, and tests", async (server, product) => {
    const deployment = to(server, product);
    await deployment.apply((stack) => {
      verified(stack);
      new FederationTest(stack, "Federation", { targetFqdn: accessEdgeFqdn, domain: "push.lync.com" });
    });
    expect(deployment.lync.state().allowedDomains).toMatchObject([
      { Identity: "push.lync.com", VerificationLevel: "AlwaysVerifiable" },
    ]);
    expect(deployment.lync.calls("Test-CsFederatedPartner")).toBe(1);
  });
});
