// Text is what it is: every character of it reaches Lync Server, and a difference of one character is a difference.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Token } from "cdktf";
import { AllowedDomain, AllowedDomainProps, HostingProvider, LyncResourceType } from "../../constructs";
import { PushNotificationConfig } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { CAN_RECORD, Recorder } from "../support/recorder";
import { SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize } from "../support/synth";

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

function deployment(resourceType: LyncResourceType, powerShell?: string): Deployment {
  const made = new Deployment(new SimulatedLync(), {
    resourceType,
    runner: { preflight: false, ...(powerShell ? { powerShell } : {}) },
  });
  deployments.push(made);
  return made;
}

const COMMENTS = [
  `quotes ' " '' "" \`backticks\` \`\` $dollars $( ) $$ @" "@ @' '@ \\ / \\" & | ; < > ^ % ! #`,
  '${templates} %{ if x } $${escaped} %%{escaped} $$${x} ~} ${file("/etc/passwd")} ends with $',
  "  lines:\n\nCRLF:\r\n\r\ntabs:\t\t.\rand white space at both ends \t\n ",
  "caf\u00e9 \u00d8re \u03b1\u03b2\u03b3 \u0416 \u05e9\u05dc\u05d5\u05dd \u65e5\u672c\u8a9e \ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb \u2028 \u00a0 \u00ad \u200b \u202e",
  "\u0338 begins with a character that joins with others",
  "2026-01-01T00:00:00Z",
];
const PROVIDER = `Anna's "Lync" & Co. ($x \`y\` \${z} %{w}) \u65e5\u672c \ud83d\ude00 caf\u00e9 100%`;
const SITE = `B\u00fcro "S\u00fcd" $(x) \${y} \`z\``;

const everything: Build = (stack) => {
  COMMENTS.forEach((comment, index) => {
    new AllowedDomain(stack, `Domain${index}`, { domain: `d${index}.contoso.com`, comment });
  });
  new HostingProvider(stack, "Provider", { identity: PROVIDER, proxyFqdn: "sip.contoso.com" });
  new PushNotificationConfig(stack, "Site", { identity: `site:${SITE}` });
};

describe.each(Object.values(LyncResourceType))("with %s", (type) => {
  const to = deployment(type);

  test("comments and names arrive character by character", async () => {
    to.lync.change((state) => (state.sites = [SITE]));
    await to.apply(everything);
    const { allowedDomains, hostingProviders, pushNotificationConfigurations } = to.lync.state();
    const comments = allowedDomains.map((each) => [each.Identity, each.Comment]);
    expect(Object.fromEntries(comments)).toEqual(
      Object.fromEntries(COMMENTS.map((comment, index) => [`d${index}.contoso.com`, comment])),
    );
    expect(hostingProviders.map((each) => each.Identity)).toEqual([PROVIDER]);
    expect(pushNotificationConfigurations.map((each) => each.Identity)).toContain(`Site:${SITE}`);
  });

  test("a second deploy has nothing to do, not even where the state is lost and every script runs again", async () => {
    expect((await to.plan(everything)).changes).toBe(false);
    to.loseState();
    to.lync.clearLog();
    await to.apply(everything);
    expect(to.lync.log()).toEqual([]);
  });
});

test("a soft hyphen, a case or a composition makes a comment another one; the case of a host's name does not", async () => {
  const to = deployment(LyncResourceType.TERRAFORM_DATA);
  const there = (name: string, Comment: string, ProxyFqdn: string | null = null) => ({
    Identity: name,
    ProxyFqdn,
    Comment,
    MarkForMonitoring: false,
  });
  to.lync.change((state) => {
    state.allowedDomains = [
      there("hyphen.contoso.com", "ab"),
      there("case.contoso.com", "abc"),
      there("composed.contoso.com", "e\u0301"),
      there("Host.Contoso.com", "same", "SIP.Contoso.com"),
    ];
  });
  await to.apply((stack) => {
    new AllowedDomain(stack, "Hyphen", { domain: "hyphen.contoso.com", comment: "a\u00adb" });
    new AllowedDomain(stack, "Case", { domain: "case.contoso.com", comment: "aBc" });
    new AllowedDomain(stack, "Composed", { domain: "composed.contoso.com", comment: "\u00e9" });
    new AllowedDomain(stack, "Host", {
      domain: "host.contoso.com",
      proxyFqdn: "sip.contoso.com",
      comment: "same",
    });
  });
  const set = to.lync
    .log()
    .map(({ cmdlet, parameters }) => [cmdlet, parameters.Identity, parameters.Comment]);
  expect(set.sort()).toEqual([
    ["Set-CsAllowedDomain", "case.contoso.com", "aBc"],
    ["Set-CsAllowedDomain", "composed.contoso.com", "\u00e9"],
    ["Set-CsAllowedDomain", "hyphen.contoso.com", "a\u00adb"],
  ]);
});

test.each([
  ["half of a surrogate pair", "x\ud83d", "half of a surrogate pair"],
  ["NUL", "a\u0000b", "control character U+0000"],
  ["an escape sequence", "\u001b[31m", "control character U+001b"],
  ["what is no character", "\uffff", "control character U+ffff"],
  ["a byte order mark at its beginning", "\ufeffx", "which Terraform drops"],
  ["another composition", "e\u0301", "not in Unicode normal form C"],
  ["a combining character after a line break", "x\n\u0301", "after a line break, a tab, < or >"],
  ["a combining character after <", "<\u0301", "after a line break, a tab, < or >"],
  ["a marker of CDKTF", "${TfToken[NONE.0]}", "a marker that CDKTF keeps for its own Tokens"],
  ["a number's marker of CDKTF", "x-8.2e+298", "a marker that CDKTF keeps for its own Tokens"],
])("what could not arrive as it is is refused: %s", (_, comment, why) => {
  const refused = (text: string) =>
    messageOf(() => synthesize((stack) => new AllowedDomain(stack, "X", { domain: "x.com", comment: text })));
  expect(refused(comment)).toContain(why);
  // Beside a Token it would not arrive either.
  const token = Token.asString({ resolve: () => "${var.owner}", creationStack: [] });
  expect(refused(`${comment} ${token}`)).toContain(why);
});

describe("a comment of the greatest length", () => {
  const domain = "long.contoso.com";
  // What Windows gives to one variable, without its name, its end, and what else is in the JSON.
  const room =
    32_767 - "LYNC_SETTINGS=\0".length - JSON.stringify({ Comment: ":", Identity: `:${domain}` }).length;
  const long = (props: Partial<AllowedDomainProps>) =>
    messageOf(() => synthesize((stack) => new AllowedDomain(stack, "X", { domain, ...props })));
  const SIXFOLD = ["<", ">", "&", "\u2028", "\u2029"];
  const TWOFOLD = ["\n", "\r", "\t", '"', "\\"];
  const mixed = SIXFOLD.join("").repeat(500) + TWOFOLD.join("").repeat(500);
  const filled = mixed + "\u00e9".repeat(room - 500 * (5 * 6 + 5 * 2));

  (CAN_RECORD ? test : test.skip)("fills the variable to the last character, and arrives", async () => {
    const folder = mkdtempSync(join(tmpdir(), "exact-"));
    const recorder = new Recorder(folder);
    const to = deployment(LyncResourceType.NULL_RESOURCE, recorder.program);
    await to.apply((stack) => new AllowedDomain(stack, "Long", { domain, comment: filled }));
    const variables = recorder.recorded().map((each) => each.Environment.LYNC_SETTINGS ?? "");
    expect(Math.max(...variables.map((each) => `LYNC_SETTINGS=${each}\0`.length))).toBe(32_767);
    expect((await recorder.replay(to.lync.env)).code).toBe(0);
    expect(to.lync.state().allowedDomains[0].Comment).toBe(filled);
    rmSync(folder, { recursive: true });
  });

  test("is refused with one character more, by the name of the longest property", () => {
    const message = long({ comment: filled + "x", proxyFqdn: undefined });
    expect(message).toContain('AllowedDomain at "test/X"');
    expect(message).toContain("the settings of this object have 32753 characters. Allowed: 32752");
    expect(message).toMatch(/^ {2}- comment: /m);
    expect(message).toContain("Shorten it by 1 at least.");
    expect(long({ comment: "<".repeat(room / 6) + "xxxxxx", markForMonitoring: true })).toContain(
      "comment: ",
    );
  });

  test("is told in an error that stays readable", () => {
    expect(long({ comment: "x".repeat(1_000_000) }).length).toBeLessThan(1000);
  });

  test("is looked at for every property that has no limit of its own", () => {
    const autodiscoverUrl = `https://contoso.com/${"x".repeat(32_700)}`;
    const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com", autodiscoverUrl };
    const message = messageOf(() => synthesize((stack) => new HostingProvider(stack, "X", provider)));
    expect(message).toMatch(/^ {2}- autodiscoverUrl: .* is too long/m);
  });
});
