// HostingProvider: what it declares and what it refuses.
import { TerraformStack, TerraformVariable } from "cdktf";
import { HostingProvider, HostingProviderProps, VerificationLevel } from "../../constructs";
import { Deployment } from "../support/deployment";
import { messageOf, synthesize } from "../support/synth";

const procedure = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };

function declared(props: HostingProviderProps): Record<string, string> | undefined {
  return synthesize((stack) => new HostingProvider(stack, "Provider", props)).resource.null_resource.Provider
    .triggers;
}

function refusal(props: Partial<HostingProviderProps>): string {
  return messageOf(() => declared(props as HostingProviderProps));
}

test("a minimal provider declares what the procedure gives, and a new one gets what the cmdlet's syntax asks for", () => {
  expect(declared(procedure)).toEqual({
    Cmdlets:
      "New-CsHostingProvider, Set-CsHostingProvider; Remove- and New-CsHostingProvider where ProxyFqdn is not sipfed.online.lync.com yet",
    Identity: "LyncOnline",
    ProxyFqdn: "sipfed.online.lync.com",
    Enabled: "true",
    VerificationLevel: "UseSourceVerification",
  });
  const { environment } = synthesize((stack) => new HostingProvider(stack, "Provider", procedure)).resource
    .null_resource.Provider.provisioner[0]["local-exec"];
  expect(environment.LYNC_CREATION).toBe(
    '{"EnabledSharedAddressSpace":"=false","HostsOCSUsers":"=false","IsLocal":"=false"}',
  );
});

test("every property reaches the parameter of its name", () => {
  const all = {
    ...procedure,
    enabled: false,
    verificationLevel: VerificationLevel.ALWAYS_UNVERIFIABLE,
    enabledSharedAddressSpace: true,
    hostsOcsUsers: true,
    isLocal: true,
    autodiscoverUrl: "https://webdir.online.lync.com/autodiscover",
    sipClientPort: 5061,
  };
  expect(declared(all)).toMatchObject({
    Enabled: "false",
    VerificationLevel: "AlwaysUnverifiable",
    EnabledSharedAddressSpace: "true",
    HostsOCSUsers: "true",
    IsLocal: "true",
    AutodiscoverUrl: "https://webdir.online.lync.com/autodiscover",
    SipClientPort: "5061",
  });
});

test("all that is wrong is told at once, with the value, what is allowed and the fix", () => {
  const message = refusal({
    identity: " LyncOnline",
    proxyFqdn: "10.0.0.1",
    sipClientPort: 70000,
    verificationLevel: "useSourceVerification" as VerificationLevel,
  });
  expect(message).toContain('4 invalid settings:\nHostingProvider at "test/Provider"\n');
  expect(message).toContain('identity: " LyncOnline" begins or ends with white space. Write "LyncOnline".');
  expect(message).toContain('proxyFqdn: "10.0.0.1" is an IP address. Allowed: a fully qualified domain name');
  expect(message).toContain(
    "sipClientPort: 70000 is not a TCP port. Allowed: a whole number from 1 to 65535.",
  );
  expect(message).toContain('verificationLevel: "useSourceVerification" is not a known value.');
  expect(message).toContain('Did you mean "UseSourceVerification"?');
});

test.each([
  ["sip", "is a single label"],
  ["*.lync.com", "holds a wildcard"],
  ["lync.com.", 'Write "lync.com"'],
  ["-a.lync.com", 'has the label "-a"'],
  ["a..lync.com", 'has the label ""'],
  [`${"a".repeat(64)}.lync.com`, "1 to 63 letters"],
  [`${"a.".repeat(126)}com`, "253 characters at most"],
  ["büro.contoso.com", "xn--"],
  ["::1", "is an IP address"],
  ["1.2.3.4.5", "ends in a number"],
  ["", "is empty"],
  ["sipfed.online.lync.com; calc", "has the label"],
])("a proxyFqdn of %j is refused", (proxyFqdn, reason) => {
  expect(refusal({ ...procedure, proxyFqdn })).toContain(reason);
});

test.each(["", "a".repeat(256), "a\nb", "a*", "site:Redmond", "a\u0000", "e\u0301", "\ud800"])(
  "an identity of %j is refused",
  (identity) => {
    expect(refusal({ ...procedure, identity })).toContain("identity: ");
  },
);

test.each(["Fabrikam, Inc.", 'It\'s "quoted" $x `n ${x} %{y}', "Büro 日本語", "a".repeat(255)])(
  "an identity of %j is accepted",
  (identity) => {
    expect(declared({ ...procedure, identity })).toBeDefined();
  },
);

test("a value that only Terraform knows is not judged, but the identity must be known at synthesis", () => {
  const use = (identity: (token: string) => string) => () =>
    synthesize((stack) => {
      const host = new TerraformVariable(stack, "host", { type: "string" });
      const proxyFqdn = host.stringValue;
      new HostingProvider(stack, "Provider", { identity: identity(host.stringValue), proxyFqdn });
    });
  expect(use(() => "LyncOnline")().resource.null_resource.Provider.triggers?.ProxyFqdn).toBe("${var.host}");
  expect(messageOf(use((token) => `Lync-${token}`))).toContain(
    "identity: is a Token, a value that only Terraform knows.",
  );
});

test("a second provider with the same name or the same proxy server is refused, whatever the case", () => {
  const message = messageOf(() =>
    synthesize((stack) => {
      new HostingProvider(stack, "One", procedure);
      new HostingProvider(stack, "Two", { identity: "LYNCONLINE", proxyFqdn: "SIPFED.online.lync.com" });
    }),
  );
  expect(message).toContain('identity: "LYNCONLINE" is declared already, at "test/One".');
  expect(message).toContain(
    'proxyFqdn: "SIPFED.online.lync.com" belongs to the provider "LyncOnline" at "test/One".',
  );
});

test("a property that is spelled wrong is not lost", () => {
  expect(refusal({ ...procedure, proxyFQDN: "x" } as never)).toContain(
    "proxyFQDN: is not a property. Did you mean proxyFqdn?",
  );
  expect(refusal({ ...procedure, colour: "x" } as never)).toContain("colour: is not a property. Allowed: ");
});

test("missing and mistyped properties are told", () => {
  const message = refusal({ enabled: "yes" } as never);
  expect(message).toContain("identity: is missing");
  expect(message).toContain("proxyFqdn: is missing");
  expect(message).toContain('enabled: "yes" is not a Boolean. Allowed: true or false.');
});

describe("a provider that serves users of a shared address space already", () => {
  const to = new Deployment(undefined, { runner: { preflight: false } });
  afterAll(() => to.remove());
  const build = (props: Partial<HostingProviderProps>) => (stack: TerraformStack) => {
    new HostingProvider(stack, "Provider", { ...procedure, ...props });
  };
  const shared = { EnabledSharedAddressSpace: true, HostsOCSUsers: true, IsLocal: true };
  const provider = () => to.lync.state().hostingProviders[0];
  const changes = () => to.lync.log().map(({ cmdlet, parameters }) => ({ cmdlet, ...parameters }));

  test("keeps what nobody has written, also where it is created anew for another proxy server", async () => {
    await to.apply(build({}));
    expect(changes()).toMatchObject([
      { EnabledSharedAddressSpace: false, HostsOCSUsers: false, IsLocal: false },
    ]);
    to.lync.change((state) => Object.assign(state.hostingProviders[0], shared));
    to.lync.clearLog();
    await to.apply(build({}));
    expect(changes()).toEqual([]);
    await to.apply(build({ proxyFqdn: "sip.contoso.com" }));
    expect(changes().map((each) => each.cmdlet)).toEqual([
      "Remove-CsHostingProvider",
      "New-CsHostingProvider",
    ]);
    expect(provider()).toMatchObject({ ProxyFqdn: "sip.contoso.com", ...shared });
  });

  test("gets what is written, false as well, and the default of Lync Server when that leaves the code", async () => {
    const proxyFqdn = "sip.contoso.com";
    await to.apply(build({ proxyFqdn, enabledSharedAddressSpace: true, isLocal: false }));
    expect(provider()).toMatchObject({ ...shared, IsLocal: false });
    await to.apply(build({ proxyFqdn }));
    expect(provider()).toMatchObject({ ...shared, EnabledSharedAddressSpace: false, IsLocal: false });
  });
});
