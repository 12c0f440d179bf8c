// A provider that is removed and created anew for another ProxyFqdn, and what goes wrong between the two: it comes back with
// all that nobody has declared.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { AllowedDomain, HostingProvider } from "../../constructs";
import { Deployment, DeploymentOptions } from "../support/deployment";
import { faultFires } from "../support/interruption";
import { Fault } from "../support/simulated-lync";

/** The provider beside a domain, which Terraform changes at the same time. */
const stack =
  (proxyFqdn: string, comment: string) =>
  (scope: TerraformStack): void => {
    new HostingProvider(scope, "Provider", { identity: "LyncOnline", proxyFqdn });
    new AllowedDomain(scope, "Push", { domain: "push.lync.com", comment });
  };
const before = stack("sipfed.online.lync.com", "first");
const after = stack("sip.contoso.com", "second");

/** What somebody has set by hand, and no code declares. */
const byHand = {
  SipClientPort: 5061,
  HostsOCSUsers: true,
  AutodiscoverUrl: "https://autodiscover.contoso.com",
};
const old = { ProxyFqdn: "sipfed.online.lync.com", ...byHand };
const renewed = { ProxyFqdn: "sip.contoso.com", ...byHand };

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

async function deployed(options: DeploymentOptions = {}): Promise<Deployment> {
  const to = new Deployment(undefined, { runner: { preflight: false }, ...options });
  deployments.push(to);
  await to.apply(before);
  to.lync.change((state) => Object.assign(state.hostingProviders[0], byHand));
  to.lync.clearLog();
  return to;
}

const providers = (to: Deployment) => to.lync.state().hostingProviders;

/** What the scripts have noted on the runner as half done. */
function notes(to: Deployment): string[] {
  const folder = join(to.folder, "LyncPushNotifications");
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function failing(to: Deployment, fault: Omit<Fault, "cmdlet">): Promise<string> {
  to.lync.fault({ cmdlet: "New-CsHostingProvider", ...fault });
  const { code, stderr } = await to.tryApply(after);
  expect(code).toBe(1);
  to.lync.change((state) => (state.faults = []));
  return stderr.replace(/\s+/g, " ");
}

test("where New- fails, the old provider is there again before the error is told", async () => {
  const to = await deployed();
  const message = await failing(to, { kind: "throwBefore", message: "the store is read-only" });
  expect(message).toContain("the store is read-only");
  expect(message).toContain('HostingProvider "LyncOnline" is there again.');
  expect(providers(to)).toMatchObject([old]);
  await to.apply(after);
  expect(providers(to)).toMatchObject([renewed]);
  expect(notes(to)).toEqual([]);
});

test("where New- fails after its effect, the new provider stays", async () => {
  const to = await deployed();
  await failing(to, { kind: "throwAfter" });
  expect(providers(to)).toMatchObject([renewed]);
});

test("where it cannot be put back either, that is said, and the next deploy creates it with all that it had", async () => {
  const to = await deployed();
  const message = await failing(to, { kind: "throwBefore", times: 2 });
  expect(message).toContain('HostingProvider "LyncOnline" IS NOT THERE NOW, and could not be put back');
  expect(providers(to)).toEqual([]);
  await to.apply(after);
  expect(providers(to)).toMatchObject([renewed]);
  expect(notes(to)).toEqual([]);
});

test("a kill between the two, beside another object at work, is finished with all that it had", async () => {
  const to = await deployed({ ownProcesses: true });
  to.lync.fault({ cmdlet: "New-CsHostingProvider", kind: "hangBefore" });
  const killer = new AbortController();
  const running = to.tryApply(after, killer.signal);
  await faultFires(to.lync, running);
  expect(providers(to)).toEqual([]);
  killer.abort();
  await running;
  to.lync.change((state) => (state.faults = []));
  await to.apply(after);
  expect(providers(to)).toMatchObject([renewed]);
  expect(to.lync.state().allowedDomains).toMatchObject([{ Comment: "second" }]);
  expect(notes(to)).toEqual([]);
});

test("a time-out between the two, and code that goes back to the old value, end the same", async () => {
  const to = await deployed({ runner: { timeoutSeconds: 5, preflight: false }, ownProcesses: true });
  await failing(to, { kind: "hangBefore" });
  expect(providers(to)).toEqual([]);
  await to.apply(before);
  expect(providers(to)).toMatchObject([old]);
});
