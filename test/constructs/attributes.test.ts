// What a construct tells of itself: what it settled, what it is, and references to what is managed elsewhere.
import { App, Aspects, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { IConstruct } from "constructs";
import * as lib from "../../constructs";
import { messageOf, synthesize, synthesizeApp } from "../support/synth";

type Props = Record<string, unknown>;
type Class = new (stack: TerraformStack, id: string, props: never) => object;

interface Subject {
  readonly make: Class;
  readonly needed: Props;
  /** What nobody wrote and the construct settles. */
  readonly defaults: Props;
  readonly given: Props;
}

const UNVERIFIED = lib.VerificationLevel.ALWAYS_UNVERIFIABLE;
const removed = { removalPolicy: "remove" };
const retained = { removalPolicy: "retain" };
const howByDefault = {
  replication: undefined,
  retries: undefined,
  reportDirectory: undefined,
  when: "on change",
  onFailure: "fail",
};
const howGiven = { when: "every deploy", onFailure: "warn", reportDirectory: "reports" };

const subjects: Readonly<Record<string, Subject>> = {
  HostingProvider: {
    make: lib.HostingProvider,
    needed: { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" },
    defaults: {
      enabled: true,
      verificationLevel: "UseSourceVerification",
      isLocal: undefined,
      adoptExisting: false,
      ...removed,
    },
    given: {
      enabled: false,
      verificationLevel: UNVERIFIED,
      enabledSharedAddressSpace: true,
      hostsOcsUsers: true,
      isLocal: true,
      autodiscoverUrl: "https://a.contoso.com",
      sipClientPort: 5061,
      adoptExisting: true,
    },
  },
  AllowedDomain: {
    make: lib.AllowedDomain,
    needed: { domain: "push.lync.com" },
    defaults: { proxyFqdn: undefined, comment: undefined, verificationLevel: undefined, ...removed },
    given: { proxyFqdn: "sip.contoso.com", comment: "", markForMonitoring: true, ...retained },
  },
  PushNotificationConfig: {
    make: lib.PushNotificationConfig,
    needed: {},
    defaults: {
      identity: "global",
      enableApplePushNotificationService: true,
      enableMicrosoftPushNotificationService: true,
      ...removed,
    },
    given: {
      identity: "site:Redmond",
      enableApplePushNotificationService: false,
      enableMicrosoftPushNotificationService: false,
      ...retained,
    },
  },
  AccessEdgeConfig: {
    make: lib.AccessEdgeConfig,
    needed: {},
    defaults: { allowFederatedUsers: true, routing: undefined, ...retained },
    given: { allowFederatedUsers: false, routing: lib.EdgeRouting.defaultRoute("a.contoso.com"), ...removed },
  },
  FederatedPartner: {
    make: lib.FederatedPartner,
    needed: { domain: "push.lync.com", proxyFqdn: "sipfed.online.lync.com" },
    defaults: {
      verificationLevel: "UseSourceVerification",
      computerName: undefined,
      adoptExisting: false,
      ...removed,
    },
    given: { verificationLevel: UNVERIFIED, computerName: "edge01", ...retained },
  },
  ExternalEdgeSetting: {
    make: lib.ExternalEdgeSetting,
    needed: {},
    defaults: { enableFederation: true, computerName: undefined, ...retained },
    given: { enableFederation: false, computerName: "edge01", ...removed },
  },
  FederationTest: {
    make: lib.FederationTest,
    needed: { targetFqdn: "edge.contoso.com", domain: "a.com" },
    defaults: { proxyFqdn: undefined, ...howByDefault },
    given: { proxyFqdn: "sip.a.com", ...howGiven },
  },
  PushNotificationTest: {
    make: lib.PushNotificationTest,
    needed: { accessEdgeFqdn: "edge.contoso.com" },
    defaults: howByDefault,
    given: howGiven,
  },
};

const attributesOf = (made: object, names: Props) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, (made as Props)[name]]));

function make({ make: Made, needed }: Subject, props: Props = {}): object {
  const stack = new TerraformStack(new App(), "test");
  new lib.AllowedDomain(stack, "A", { domain: "a.com" });
  return new Made(stack, "X", { ...needed, ...props } as never);
}

test.each(Object.entries(subjects))("%s shows what it was given and what it settled", (_, subject) => {
  const { needed, defaults, given } = subject;
  const plain = { ...needed, ...defaults, dependsOn: [] };
  expect(attributesOf(make(subject), plain)).toEqual(plain);
  expect(attributesOf(make(subject, given), given)).toEqual(given);
});

test("a test shows its waits with their default times, whatever becomes of the object that was given", () => {
  const replication = { trigger: true };
  const test = make(subjects.PushNotificationTest, {
    replication,
    retries: { timeoutSeconds: 7 },
  }) as lib.LyncTest;
  replication.trigger = false;
  expect(test.replication).toEqual({ trigger: true, intervalSeconds: 10, timeoutSeconds: 600 });
  expect(test.retries).toEqual({ intervalSeconds: 30, timeoutSeconds: 7 });
});

test("an assertion on the synthesised stack has names for the resource and its values", () => {
  const stack = new TerraformStack(Testing.app(), "test");
  const domain = new lib.AllowedDomain(stack, "D", { domain: "a.com", comment: "x" });
  const has = (comment?: string) =>
    Testing.toHaveResourceWithProperties(Testing.synth(stack), lib.LyncResourceType.NULL_RESOURCE, {
      triggers: { Identity: domain.domain, Comment: comment },
    });
  expect([has(domain.comment), has("y")]).toEqual([true, false]);
});

test("a Token is shown as the Token that it is", () => {
  synthesize((stack) => {
    const proxyFqdn = new TerraformVariable(stack, "proxy", { type: "string" }).stringValue;
    const provider = new lib.HostingProvider(stack, "P", { identity: "P", proxyFqdn });
    expect(Token.isUnresolved(provider.proxyFqdn)).toBe(true);
    expect(provider.proxyFqdn).toBe(proxyFqdn);
  });
});

test("an Aspect tells objects and tests from everything else", () => {
  const seen: string[] = [];
  synthesize((stack) => {
    const push = new lib.PushNotifications(stack, "Push", { accessEdgeFqdn: "edge.contoso.com" });
    new lib.AllowedDomain(stack, "A", { domain: "a.com", dependsOn: [push.accessEdgeConfig] });
    Aspects.of(stack).add({
      visit(node: IConstruct) {
        if (node instanceof lib.LyncObject) seen.push(`${node.kind} ${node.removalPolicy}`);
        if (node instanceof lib.LyncTest) seen.push(`${node.kind} ${node.when}`);
      },
    });
  });
  expect(seen.sort()).toEqual([
    "AccessEdgeConfig retain",
    "AllowedDomain remove",
    "AllowedDomain remove",
    "FederationTest on change",
    "HostingProvider remove",
    "PushNotificationConfig remove",
    "PushNotificationTest on change",
  ]);
});

test("the checks answer for a construct of another copy of the package, and for nothing else", () => {
  let copy = lib;
  jest.isolateModules(() => (copy = jest.requireActual<typeof lib>("../../constructs")));
  expect(copy.HostingProvider).not.toBe(lib.HostingProvider);
  const checks = [...Object.keys(subjects), "LyncObject", "LyncTest", "LyncConstruct", "PushNotifications"];
  const is = (name: string, value: unknown) =>
    (copy as unknown as Record<string, Record<string, (value: unknown) => boolean>>)[name][`is${name}`](
      value,
    );
  const answers = (value: unknown) => checks.filter((name) => is(name, value));
  for (const [name, subject] of Object.entries(subjects)) {
    const base = name.endsWith("Test") ? "LyncTest" : "LyncObject";
    expect(answers(make(subject))).toEqual([name, base, "LyncConstruct"]);
  }
  const stack = new lib.PushNotificationStack(new App(), "s", { accessEdgeFqdn: "edge.contoso.com" });
  expect(answers(stack.pushNotifications)).toEqual(["PushNotifications"]);
  expect(copy.PushNotificationStack.isPushNotificationStack(stack)).toBe(true);
  expect(copy.EdgeRouting.isEdgeRouting(lib.EdgeRouting.defaultRoute("a.com"))).toBe(true);
  const throwing = new Proxy(
    {},
    {
      has: () => {
        throw new Error("hands off");
      },
    },
  );
  for (const value of [undefined, null, "HostingProvider", {}, stack, throwing])
    expect(answers(value)).toEqual([]);
});

test("the constants are what Microsoft's procedure makes, and cannot be changed", () => {
  const [fromConstants, byHand] = [
    {
      provider: lib.HostingProvider.LYNC_ONLINE,
      domain: lib.AllowedDomain.PUSH_DOMAIN,
      partner: lib.FederatedPartner.LYNC_ONLINE,
    },
    {
      provider: { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" },
      domain: "push.lync.com",
      partner: { domain: "push.lync.com", proxyFqdn: "sipfed.online.lync.com" },
    },
  ];
  expect(fromConstants).toEqual(byHand);
  expect([fromConstants.provider, fromConstants.partner].every(Object.isFrozen)).toBe(true);
});

describe("a federation test's domain", () => {
  const target = { targetFqdn: "edge.contoso.com" };
  const triggers = (build: (stack: TerraformStack) => unknown) =>
    synthesize((stack) => void build(stack)).resource.null_resource.T.triggers;

  test("may be a reference to what is managed elsewhere, which the stack need not allow", () => {
    const domain = lib.AllowedDomain.fromDomain("push.lync.com");
    expect(triggers((stack) => new lib.FederationTest(stack, "T", { ...target, domain }))?.Domain).toBe(
      "push.lync.com",
    );
    const named = messageOf(() =>
      triggers((stack) => new lib.FederationTest(stack, "T", { ...target, domain: "push.lync.com" })),
    );
    expect(named).toContain(
      'or give AllowedDomain.fromDomain("push.lync.com") where another place allows it.',
    );
  });

  test("may be a construct, of this stack or of another one", () => {
    const own = (stack: TerraformStack) => {
      const domain = new lib.AllowedDomain(stack, "D", { domain: "a.com" });
      return new lib.FederationTest(stack, "T", { ...target, domain });
    };
    expect(triggers(own)).toMatchObject({
      Domain: "a.com",
      Verifies: expect.stringContaining("AllowedDomain a.com"),
    });
    const { resource } = synthesizeApp((app) => {
      const domain = new lib.AllowedDomain(new TerraformStack(app, "other"), "D", { domain: "a.com" });
      new lib.FederationTest(new TerraformStack(app, "test"), "T", { ...target, domain });
    }, "test");
    expect(resource.null_resource.T.triggers?.Domain).toBe("a.com");
  });

  test("is looked at whichever way it is given, and must say once where it is managed", () => {
    const refusal = (props: object) =>
      messageOf(() =>
        triggers((stack) => new lib.FederationTest(stack, "T", { ...target, ...props } as never)),
      );
    expect(refusal({ domain: lib.AllowedDomain.fromDomain("*.com") })).toContain(
      'domain: "*.com" holds a wildcard.',
    );
    expect(refusal({ domain: { domain: "a.com" } })).toContain(
      "domain: { domain: 'a.com' } is no domain. Allowed: an FQDN",
    );
    const both = { domain: lib.AllowedDomain.fromDomain("a.com"), domainManagedElsewhere: true };
    expect(refusal(both)).toContain(
      "domainManagedElsewhere: true stands beside a domain that says by itself where it is managed.",
    );
  });
});
