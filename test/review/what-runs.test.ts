// What a review says is what runs, after failures and changes by hand, and where objects do not wait for each other.
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  EdgeRouting,
  FederationTest,
  PushNotificationConfig,
  PushNotificationTest,
  RemovalPolicy,
  TestWhen,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { compare, logTests } from "../support/one-to-one";

const to = new Deployment(undefined, { runner: { preflight: false } });
logTests(to.lync);
afterAll(() => to.remove());

const TESTS = ["Test-CsFederatedPartner", "Test-CsMcxPushNotification"];
const edge = "accessproxy.contoso.com";
const cmdlets = (ran: object[]) => ran.map((each) => (each as { cmdlet: string }).cmdlet).sort();

/** Nothing here waits for anything else of it, but for what the procedure itself orders. */
const declared =
  ({ routing = EdgeRouting.defaultRoute("edge2.contoso.com"), comment = "ours", tests = true } = {}) =>
  (stack: TerraformStack) => {
    new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment });
    new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com", comment });
    new PushNotificationConfig(stack, "Global", { removalPolicy: RemovalPolicy.REMOVE });
    new AccessEdgeConfig(stack, "Edge", { routing, removalPolicy: RemovalPolicy.REMOVE });
    const how = { when: TestWhen.EVERY_DEPLOY, onFailure: "warn" as const };
    if (!tests) return;
    new FederationTest(stack, "Federation", { targetFqdn: edge, domain: "push.lync.com", ...how });
    new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn: edge, ...how });
  };

test("after a deploy in which a cmdlet failed: what it left undone, and tests that run each time", async () => {
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "throwBefore" });
  expect((await to.tryApply(declared())).code).toBe(1);
  const ran = await compare(to, declared(), { siblings: true });
  expect(cmdlets(ran)).toEqual(["New-CsAllowedDomain", ...TESTS]);
}, 120_000);

test("the Edge goes from a default route to DNS SRV routing, read by the command itself", async () => {
  const routing = EdgeRouting.dnsSrv({ partnerDiscovery: false });
  const ran = await compare(to, declared({ routing, comment: "new" }), { siblings: true, byCommand: true });
  expect(cmdlets(ran)).toEqual([
    "Set-CsAccessEdgeConfiguration",
    "Set-CsAllowedDomain",
    "Set-CsAllowedDomain",
    ...TESTS,
  ]);
}, 120_000);

test("what somebody changed by hand is put right", async () => {
  const routing = EdgeRouting.dnsSrv({ partnerDiscovery: false });
  to.lync.change((state) => {
    state.allowedDomains[0].Comment = "by hand";
    state.accessEdgeConfiguration.AllowFederatedUsers = false;
    state.allowedDomains.pop();
  });
  const before = { ...process.env };
  Object.assign(process.env, to.lync.env, { LYNC_DETECT_DRIFT: "test" });
  try {
    const ran = await compare(to, declared({ routing, comment: "new", tests: false }), { siblings: true });
    expect(cmdlets(ran)).toEqual([
      "New-CsAllowedDomain",
      "Set-CsAccessEdgeConfiguration",
      "Set-CsAllowedDomain",
    ]);
  } finally {
    process.env = before;
  }
}, 120_000);
