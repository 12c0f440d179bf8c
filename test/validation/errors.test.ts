// What a deploy says when Lync Server cannot be brought to the declared state: the cause, the object, what to do.
import { TerraformStack } from "cdktf";
import { AllowedDomain, FederationTest, HostingProvider, PushNotificationConfig } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { LyncState, SimulatedLync } from "../support/simulated-lync";

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };
const hosting: Build = (stack) => new HostingProvider(stack, "LyncOnline", provider);
const domain: Build = (stack) => new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
const site: Build = (stack) => new PushNotificationConfig(stack, "Site", { identity: "site:Paris" });

const other = {
  Identity: "Exchange Online",
  ProxyFqdn: "SIPFED.online.lync.com",
  Enabled: true,
  VerificationLevel: "UseSourceVerification" as const,
};
const otherHosting = {
  ...other,
  EnabledSharedAddressSpace: false,
  HostsOCSUsers: false,
  IsLocal: false,
  AutodiscoverUrl: null,
  SipClientPort: 443,
};

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

/** A deployment to a Lync Server that `prepare` has made difficult. */
function deployment(prepare: (state: LyncState) => unknown): Deployment {
  const lync = new SimulatedLync();
  lync.change((state) => void prepare(state));
  const made = new Deployment(lync, { runner: { preflight: false } });
  deployments.push(made);
  return made;
}

/** The error output in one line, without the frame that terraform draws. */
function flat(text: string): string {
  return text.replace(/[│╵╷]/g, "").replace(/\s+/g, " ");
}

type Case = [string, Build, (state: LyncState) => unknown, string[]];

const cases: Case[] = [
  [
    "a proxy server that another hosting provider has",
    hosting,
    (state) => state.hostingProviders.push(otherHosting),
    [
      'The provider "Exchange Online" has the ProxyFqdn "sipfed.online.lync.com" already.',
      "one federation relationship",
      "declare that provider by its identity",
    ],
  ],
  [
    "a proxy server that a public provider has",
    hosting,
    (state) => state.publicProviders.push(other),
    [
      'The public provider "Exchange Online" has the ProxyFqdn "sipfed.online.lync.com" already.',
      "a public one cannot be declared. Either use it as it is and leave this HostingProvider out of the code, or remove it",
      'by hand with Remove-CsPublicProvider -Identity "Exchange Online" and deploy again.',
    ],
  ],
  [
    "a public provider that has the proxy server and the identity",
    hosting,
    (state) => state.publicProviders.push({ ...other, Identity: "LyncOnline" }),
    [
      'The public provider "LyncOnline" has the ProxyFqdn "sipfed.online.lync.com" already.',
      "leave this HostingProvider out of the code",
    ],
  ],
  [
    "an identity that a public provider has",
    hosting,
    (state) => state.publicProviders.push({ ...other, Identity: "lynconline", ProxyFqdn: "x.example.com" }),
    ['A public provider is called "LyncOnline" already.', "give the hosting provider another identity"],
  ],
  [
    "an Edge on default routing",
    hosting,
    (state) => (state.accessEdgeConfiguration.RoutingMethod = "UseDefaultRouting"),
    [
      "The Edge uses default routing, and no hosting provider works with it.",
      "an AccessEdgeConfig with routing: EdgeRouting.dnsSrv({ partnerDiscovery }) in the same stack",
    ],
  ],
  [
    "a blocked domain",
    domain,
    (state) => state.blockedDomains.push({ Identity: "PUSH.lync.com", Comment: null }),
    [
      'The domain "push.lync.com" is on the list of blocked domains',
      "Remove-CsBlockedDomain -Identity push.lync.com",
    ],
  ],
  [
    "an unknown site",
    site,
    () => undefined,
    ['Does the topology have a site called "Paris"?', "Get-CsSite lists the sites."],
  ],
  [
    "an account without the role",
    domain,
    (state) => (state.denied = ["New-CsAllowedDomain"]),
    [
      "New-CsAllowedDomain failed:",
      "the account needs the group RtcUniversalServerAdmins",
      "such as CsAdministrator",
    ],
  ],
  [
    "a session whose role lacks the cmdlet",
    domain,
    (state) => (state.missingCmdlets = ["New-CsAllowedDomain"]),
    ["The module Lync gives this account no New-CsAllowedDomain.", "Get-CsAdminRole lists the roles"],
  ],
];

describe.each(["en", "de"] as const)("on a server that speaks %s", (language) => {
  // The second language shows that nothing hangs on Microsoft's prose; the cases without that prose need no second run.
  const shown = language === "en" ? cases : cases.filter(([name]) => /site|account|session/.test(name));

  test.each(shown)(
    "%s fails the deploy with the cause and what to do",
    async (_, build, prepare, sentences) => {
      const to = deployment((state) => {
        state.language = language;
        prepare(state);
      });
      const { code, stderr } = await to.tryApply(build);
      expect(code).toBe(1);
      for (const sentence of sentences) expect(flat(stderr)).toContain(sentence);
      expect(to.lync.log().filter((entry) => entry.phase === "effect")).toEqual([]);
    },
  );
});

test("a failed object is tried again by the next deploy, and then there is nothing left to do", async () => {
  const to = deployment((state) => (state.denied = ["New-CsAllowedDomain"]));
  expect((await to.tryApply(domain)).code).toBe(1);
  to.lync.change((state) => (state.denied = []));
  await to.apply(domain);
  expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["push.lync.com"]);
  expect((await to.plan(domain)).changes).toBe(false);
});

test("a test that does not succeed fails the deploy with its Error and Diagnosis, and runs again in the next one", async () => {
  const to = deployment((state) =>
    state.testResults.push({
      cmdlet: "Test-CsFederatedPartner",
      result: "Failure",
      error: "504, Server time-out",
      diagnosis: "ErrorCode=1008,Source=accessproxy.contoso.com",
    }),
  );
  const tested = (stack: TerraformStack) => {
    domain(stack);
    new HostingProvider(stack, "LyncOnline", provider);
    new FederationTest(stack, "Test", { targetFqdn: "accessproxy.contoso.com", domain: "push.lync.com" });
  };
  to.lync.change((state) => (state.accessEdgeConfiguration.AllowFederatedUsers = true));
  const { code, stderr } = await to.tryApply(tested);
  expect(code).toBe(1);
  expect(flat(stderr)).toContain("FederationTest against push.lync.com did not succeed.");
  expect(flat(stderr)).toContain("Error: 504, Server time-out");
  expect(flat(stderr)).toContain("Diagnosis: ErrorCode=1008,Source=accessproxy.contoso.com");
  await to.apply(tested);
  expect(to.lync.calls("Test-CsFederatedPartner")).toBe(2);
  expect((await to.plan(tested)).changes).toBe(false);
});
