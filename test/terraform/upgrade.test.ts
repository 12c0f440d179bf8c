// A stack that an earlier version has deployed goes on with this one: its state, its synthesised stack and its scripts are in
// upgrade-stack, as they were before the claims and the closing step.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  FederationTest,
  HostingProvider,
  PushNotificationConfig,
  PushNotificationTest,
  RemovalPolicy,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { sharedPowerShell } from "../support/staying-powershell";

const accessEdgeFqdn = "accessproxy.contoso.com";

/** The same as in upgrade-stack, but for what is asked to be left out. */
const build =
  (complete = true) =>
  (stack: TerraformStack): void => {
    const provider = new HostingProvider(stack, "LyncOnline", {
      identity: "LyncOnline",
      proxyFqdn: "sipfed.online.lync.com",
      sipClientPort: 5061,
    });
    const comment = complete ? "Push notification service" : undefined;
    const push = new AllowedDomain(stack, "Push", {
      domain: "push.lync.com",
      comment,
      dependsOn: [provider],
    });
    if (complete) new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com" });
    new PushNotificationConfig(stack, "Notifications", { dependsOn: [push] });
    const site = { identity: "site:Redmond", enableApplePushNotificationService: false };
    new PushNotificationConfig(stack, "Redmond", site);
    const edge = new AccessEdgeConfig(stack, "Edge", { removalPolicy: RemovalPolicy.REMOVE });
    const proxyFqdn = "sipfed.online.lync.com";
    const federation = { targetFqdn: accessEdgeFqdn, domain: "push.lync.com", proxyFqdn };
    new FederationTest(stack, "Federation", { ...federation, dependsOn: [edge] });
    new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn, dependsOn: [edge] });
  };

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

/** What the earlier version has deployed. */
async function deployedBefore(): Promise<Deployment> {
  const to = new Deployment();
  deployments.push(to);
  const folder = join(to.folder, "stacks", "test");
  cpSync(join(__dirname, "upgrade-stack"), folder, { recursive: true });
  const file = join(folder, "cdk.tf.json");
  const state = JSON.stringify(join(to.folder, "terraform.tfstate"));
  const text = readFileSync(file, "utf8").replace('"../../terraform.tfstate"', state);
  writeFileSync(file, text.replaceAll('"POWERSHELL"', JSON.stringify(await sharedPowerShell())));
  for (const words of [["init"], ["apply", "-auto-approve"]]) {
    const { code, stdout, stderr } = await to.terraform(words);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
  }
  expect(to.lync.log()).toHaveLength(6);
  to.lync.clearLog();
  return to;
}

const names = (to: Deployment) => to.lync.state().allowedDomains.map((each) => each.Identity);

test("the first deploy with this version changes nothing in Lync Server, and a destroy removes all of it", async () => {
  const to = await deployedBefore();
  await to.apply(build());
  expect(to.lync.log()).toEqual([]);
  expect((await to.plan(build())).changes).toBe(false);
  await to.destroy(build());
  const { hostingProviders, allowedDomains, pushNotificationConfigurations, accessEdgeConfiguration } =
    to.lync.state();
  expect({ hostingProviders, allowedDomains }).toEqual({ hostingProviders: [], allowedDomains: [] });
  expect(pushNotificationConfigurations).toHaveLength(1);
  expect(accessEdgeConfiguration.AllowFederatedUsers).toBe(false);
});

test("what leaves the code in that deploy leaves Lync Server: an object and a setting", async () => {
  const to = await deployedBefore();
  expect(names(to).sort()).toEqual(["fabrikam.com", "push.lync.com"]);
  await to.apply(build(false));
  expect(names(to)).toEqual(["push.lync.com"]);
  expect(to.lync.state().allowedDomains[0].Comment ?? "").toBe("");
  expect(to.lync.log().map((entry) => entry.cmdlet)).toEqual([
    "Remove-CsAllowedDomain",
    "Set-CsAllowedDomain",
  ]);
  expect((await to.plan(build(false))).changes).toBe(false);
});

test("a destroy by this version of what the earlier one has deployed leaves nothing behind", async () => {
  const to = await deployedBefore();
  await to.destroy(build());
  expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
  expect(to.state()?.resources).toEqual([]);
});
