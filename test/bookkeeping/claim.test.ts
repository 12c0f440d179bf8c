// Whose object it is: what a first deploy does with a provider that is there already, and with what failed half way.
import { TerraformStack } from "cdktf";
import {
  AllowedDomain,
  HostingProvider,
  HostingProviderProps,
  PushNotificationStack,
  RemovalPolicy,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { during, faultFires, interrupt, resourcesIn } from "../support/interruption";
import { HostingProviderRecord, SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";

const procedure: HostingProviderRecord = {
  Identity: "LyncOnline",
  ProxyFqdn: "sipfed.online.lync.com",
  VerificationLevel: "UseSourceVerification",
  Enabled: true,
  EnabledSharedAddressSpace: false,
  HostsOCSUsers: false,
  IsLocal: false,
  AutodiscoverUrl: null,
  SipClientPort: 443,
};
/** What Microsoft's guides for a hybrid deployment make, by the same name. */
const hybrid = { ...procedure, EnabledSharedAddressSpace: true, HostsOCSUsers: true };

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

function deploymentWith(
  there?: HostingProviderRecord,
  lync = new SimulatedLync(),
  ownProcesses = false,
): Deployment {
  const to = new Deployment(lync, { runner: { preflight: false }, ownProcesses });
  deployments.push(to);
  if (there) lync.change((state) => (state.hostingProviders = [there]));
  return to;
}

/** The provider and a domain, side by side. */
const stack =
  (props: Partial<HostingProviderProps> = {}) =>
  (scope: TerraformStack): void => {
    new HostingProvider(scope, "Provider", {
      identity: "LyncOnline",
      proxyFqdn: "sipfed.online.lync.com",
      ...props,
    });
    new AllowedDomain(scope, "Push", { domain: "push.lync.com" });
  };

const providers = (to: Deployment) => to.lync.state().hostingProviders;
const cmdlets = (to: Deployment) => to.lync.log().map((entry) => entry.cmdlet);

async function refusal(to: Deployment, props: Partial<HostingProviderProps> = {}): Promise<string> {
  to.lync.clearLog();
  const { code, stderr } = await to.tryApply(stack(props));
  expect(code).toBe(1);
  expect(cmdlets(to)).toEqual([]);
  return stderr.replace(/\s+/g, " ");
}

test("exactly what the stack would have made is taken over, said, and leaves with the code", async () => {
  const to = deploymentWith(procedure);
  const output = await to.apply(stack());
  expect(output).toContain(
    'HostingProvider "LyncOnline" was there before. It belongs to this stack now, and leaves with it.',
  );
  expect(cmdlets(to)).toEqual(["New-CsAllowedDomain"]);
  await to.destroy(stack());
  expect(providers(to)).toEqual([]);
});

test("the provider of a hybrid deployment stops the deploy before its first change, and both ways on work", async () => {
  const to = deploymentWith(hybrid);
  const message = await refusal(to);
  expect(message).toContain(
    'HostingProvider "LyncOnline" is there already, and is not what this stack would have made. It is left as it is: ' +
      "EnabledSharedAddressSpace: it has $True, this stack would have made $False " +
      "HostsOCSUsers: it has $True, this stack would have made $False",
  );
  expect(message).toContain("removalPolicy RemovalPolicy.RETAIN");
  expect(message).toContain("adoptExisting true");
  await to.apply(() => undefined);
  expect(providers(to)).toEqual([hybrid]);

  const retained = { removalPolicy: RemovalPolicy.RETAIN, verificationLevel: "AlwaysVerifiable" } as never;
  const output = await to.apply(stack(retained));
  expect(output).toContain("was there before. It is used, and stays when it leaves the code.");
  const used = { ...hybrid, VerificationLevel: "AlwaysVerifiable" };
  expect(providers(to)).toEqual([used]);
  await to.destroy(stack(retained));
  expect(providers(to)).toEqual([used]);

  await to.apply(stack({ adoptExisting: true }));
  expect(providers(to)).toEqual([hybrid]);
  await to.apply(stack());
  await to.destroy(stack());
  expect(providers(to)).toEqual([]);
});

test("what was only used is looked at again when the stack is to remove it", async () => {
  const to = deploymentWith(hybrid);
  await to.apply(stack({ removalPolicy: RemovalPolicy.RETAIN }));
  expect(await refusal(to)).toContain("is not what this stack would have made");
  expect(providers(to)).toEqual([hybrid]);
});

test("no first deploy changes a ProxyFqdn that it has not set, in whatever words", async () => {
  const there = { ...procedure, ProxyFqdn: "sip.fabrikam.com" };
  const to = deploymentWith(there);
  for (const words of [{}, { adoptExisting: true }, { removalPolicy: RemovalPolicy.RETAIN }]) {
    const message = await refusal(to, words);
    expect(message).toContain('ProxyFqdn: it has "sip.fabrikam.com"');
    expect(message).toContain('Declare "sip.fabrikam.com", deploy, and change it in a second deploy;');
  }
  expect(providers(to)).toEqual([there]);
  await to.apply(stack({ proxyFqdn: "sip.fabrikam.com" }));
  await to.apply(stack());
  expect(providers(to)).toEqual([procedure]);
});

test("a lost state changes nothing: the stack's own provider is its own again", async () => {
  const to = deploymentWith();
  const declared = { sipClientPort: 5061, autodiscoverUrl: "https://autodiscover.contoso.com" };
  await to.apply(stack(declared));
  to.loseState();
  to.lync.clearLog();
  await to.apply(stack(declared));
  expect(cmdlets(to)).toEqual([]);
  to.loseState();
  expect(await refusal(to)).toContain("SipClientPort: it has 5061, this stack would have made 443");
});

test("a state without the claim, as an older version left it, goes on without a cmdlet", async () => {
  const to = deploymentWith();
  await to.apply(stack());
  const state = to.state();
  const resources = state?.resources.filter((each) => each.name !== "Provider_Claim") ?? [];
  to.restoreState(state && { ...state, resources });
  to.lync.clearLog();
  await to.apply(stack());
  expect(cmdlets(to)).toEqual([]);
  expect((await to.plan(stack())).changes).toBe(false);
});

test("of two stacks with one provider, the second is stopped where it wants another", async () => {
  const one = deploymentWith();
  const two = deploymentWith(undefined, one.lync);
  await one.apply(stack({ sipClientPort: 5061 }));
  expect(await refusal(two)).toContain("SipClientPort: it has 5061, this stack would have made 443");
  expect(await two.apply(stack({ sipClientPort: 5061 }))).toContain("was there before");
});

test("a claim that fails keeps a later deploy from removing anything", async () => {
  const to = deploymentWith();
  const before = (scope: TerraformStack): void => {
    new AllowedDomain(scope, "Old", { domain: "old.com" });
  };
  await to.apply(before);
  to.lync.change((state) => (state.hostingProviders = [hybrid]));
  await refusal(to);
  expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["old.com"]);
  await to.apply(stack({ adoptExisting: true }));
  expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["push.lync.com"]);
});

test("a name that differs from another only in a character that cultures ignore has a claim of its own", async () => {
  const to = deploymentWith();
  const provider = (scope: TerraformStack, id: string, identity: string, proxyFqdn: string) =>
    new HostingProvider(scope, id, { identity, proxyFqdn });
  await to.apply((scope) => {
    provider(scope, "Own", "Contoso", "sip.contoso.com");
    new AllowedDomain(scope, "Old", { domain: "old.com" });
  });
  const other = "Con\u00adtoso";
  to.lync.change((state) =>
    state.hostingProviders.push({ ...hybrid, Identity: other, ProxyFqdn: "sip.fabrikam.com" }),
  );
  to.lync.clearLog();
  const { code } = await to.tryApply((scope) => {
    provider(scope, "Own", "Contoso", "sip.contoso.com");
    provider(scope, "Other", other, "sip.fabrikam.com");
  });
  expect(code).toBe(1);
  expect(cmdlets(to)).toEqual([]);
});

test("a look that is killed beside others at work is made again, and what came meanwhile is left as it is", async () => {
  const to = deploymentWith(undefined, undefined, true);
  const two = (scope: TerraformStack): void => {
    stack()(scope);
    new HostingProvider(scope, "Contoso", { identity: "Contoso", proxyFqdn: "sip.contoso.com" });
  };
  // One claim hangs, and the other ends: Terraform writes both into its state.
  to.lync.fault({ cmdlet: "Get-CsHostingProvider", kind: "hangBefore", nth: 2 });
  const killer = new AbortController();
  const running = to.tryApply(two, killer.signal);
  await faultFires(to.lync, running);
  const claims = () =>
    resourcesIn(to).filter((each) => each.name.endsWith("_Claim") && each.instances.length > 0);
  await during(running, () => claims().length === 2);
  killer.abort();
  await running;
  const theirs = { ...hybrid, ProxyFqdn: "sip.fabrikam.com" };
  const others = { ...theirs, Identity: "Contoso", ProxyFqdn: "sip.litwareinc.com" };
  to.lync.change((state) => Object.assign(state, { faults: [], hostingProviders: [theirs, others] }));
  expect((await to.tryApply(two)).code).toBe(1);
  expect(providers(to).filter((each) => each.HostsOCSUsers)).toHaveLength(2);
});

test("a kill between the claim and the creation is finished by the next deploy", async () => {
  const to = deploymentWith(undefined, undefined, true);
  const what = { what: "kill", place: "Before", nth: 1, times: 2 } as const;
  await interrupt(to, (each, signal) => each.tryApply(stack(), signal), what);
  await to.apply(stack());
  expect(providers(to)).toEqual([procedure]);
  expect(to.lync.state().allowedDomains).toHaveLength(1);
});

test("taking over and RETAIN exclude each other, and adoptExisting is a Boolean", () => {
  const both = { adoptExisting: true, removalPolicy: RemovalPolicy.RETAIN };
  expect(messageOf(() => synthesize(stack(both)))).toContain("adoptExisting: excludes RemovalPolicy.RETAIN");
  expect(messageOf(() => synthesize(stack({ adoptExisting: "yes" as never })))).toContain(
    'adoptExisting: "yes" is not a Boolean.',
  );
  expect(() =>
    synthesizeApp((app) => {
      void new PushNotificationStack(app, "all", {
        accessEdgeFqdn: "accessproxy.contoso.com",
        hostingProvider: { adoptExisting: true },
      });
    }, "all"),
  ).not.toThrow();
});
