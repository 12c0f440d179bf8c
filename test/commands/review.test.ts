// The review of a plan: what it says, in which words, and that text of others stays text.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, TerraformVariable } from "cdktf";
import MarkdownIt from "markdown-it";
import {
  AccessEdgeConfig,
  AllowedDomain,
  FederationTest,
  HostingProvider,
  PushNotificationConfig,
  RemovalPolicy,
} from "../../constructs";
import { LONGEST, markdown } from "../../constructs/private/review/markdown";
import { Review, reviewOf } from "../../constructs/private/review/review";
import { readPlan } from "../../constructs/private/terraform/plan";
import { terminalText } from "../../constructs/private/review/terminal";
import { compiledApp } from "../support/copied-app";
import { Deployment } from "../support/deployment";
import { powershell } from "../support/powershell";
import { reviewed } from "../support/rehearsal";
import { run } from "../support/run";
import { TerraformData } from "../../constructs/private/terraform/terraform-data";

const HOSTILE =
  "``` </details> <!-- | @all <b>x</b> ![x](y) \u202eevil\u2066 $(exit) `$x \u{E0041} “q” \u200b\n## Title\n|a|b|\n```";
const SECRET = "p4ssw0rd-of-nobody";

const folder = mkdtempSync(join(tmpdir(), "review-"));
const to = new Deployment(undefined, { runner: { preflight: false } });
afterAll(() => {
  to.remove();
  rmSync(folder, { recursive: true });
});

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };

function secret(stack: TerraformStack, value: string): string {
  return new TerraformVariable(stack, "secret", { type: "string", default: value, sensitive: true })
    .stringValue;
}

function before(stack: TerraformStack): void {
  new HostingProvider(stack, "LyncOnline", provider);
  new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: secret(stack, SECRET) });
  new AllowedDomain(stack, "Gone", { domain: "gone.contoso.com" });
  new AccessEdgeConfig(stack, "Edge", { removalPolicy: RemovalPolicy.REMOVE });
  new PushNotificationConfig(stack, "Global");
}

/** Removes, recreates, switches off, puts back, and has a value of each sort. */
function after(stack: TerraformStack): void {
  new HostingProvider(stack, "LyncOnline", { ...provider, proxyFqdn: "sip2.online.lync.com" });
  new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: secret(stack, `${SECRET}2`) });
  const later = new TerraformData(stack, "Later", { input: "x" });
  new AllowedDomain(stack, "Late", { domain: "late.contoso.com", comment: later.getStringAttribute("id") });
  new AllowedDomain(stack, "Hostile", { domain: "hostile.contoso.com", comment: HOSTILE });
  new AccessEdgeConfig(stack, "Edge", { allowFederatedUsers: false, removalPolicy: RemovalPolicy.REMOVE });
  new PushNotificationConfig(stack, "Global", { enableApplePushNotificationService: false });
  new FederationTest(stack, "Test", { targetFqdn: "accessproxy.contoso.com", domain: "push.lync.com" });
}

let review: Review;
let json: string;
beforeAll(async () => {
  await to.apply(before);
  json = await to.planJson(after);
  review = await reviewed(json);
}, 300_000);

const text = (words: Review["verdict"]) =>
  words.map((each) => (typeof each === "string" ? each : each.data)).join("");

test("the verdict counts what happens, and says what stays on", () => {
  expect(text(review.verdict)).toBe(
    "2 allowed domains are created, 3 settings change in place, 1 hosting provider is removed and created anew, 1 allowed " +
      "domain is removed, 1 test runs, 1 other resource of Terraform changes. For 2 objects, what Lync Server has now " +
      "decides what runs. Push notification to Windows Phone stays on throughout.",
  );
  expect(review.code).toBe(3);
});

test("several resources of Terraform's own are counted in the plural", () => {
  const change = { actions: ["create"], before: null, after: {} };
  const resource_changes = ["one", "two"].map((name) => ({
    address: `random_id.${name}`,
    mode: "managed",
    change,
  }));
  const resources = readPlan(JSON.stringify({ resource_changes }));
  const { verdict } = reviewOf("x", resources, { steps: [], services: [] });
  expect(text(verdict)).toBe("2 other resources of Terraform change.");
});

test("what leaves Lync Server, what goes off, and a moment without a provider are loud", () => {
  expect(review.loud.map(text).sort()).toEqual([
    "AllowedDomain gone.contoso.com leaves Lync Server.",
    "Federation goes off: AccessEdgeConfig global.",
    "HostingProvider LyncOnline is removed and created anew: for a moment Lync Server does not have it.",
    "Push notification to Apple devices goes off: PushNotificationConfig global.",
  ]);
});

test("a value that is sensitive is shown nowhere, and one that only the apply tells is said to be so", () => {
  for (const report of [markdown([review]), terminalText([review], false), JSON.stringify(review)]) {
    expect(report).not.toContain(SECRET);
    expect(report).toContain("-Comment $Sensitive");
    expect(report).toContain("-Comment $KnownAfterApply");
  }
});

test("where the server would stop the deploy, that comes first, and no cmdlet is listed", async () => {
  const own = new Deployment(undefined, { runner: { preflight: false } });
  const flags = { Enabled: true, EnabledSharedAddressSpace: true, HostsOCSUsers: true, IsLocal: false };
  const others = {
    VerificationLevel: "UseSourceVerification" as const,
    AutodiscoverUrl: null,
    SipClientPort: 443,
  };
  const hybrid = { Identity: "LyncOnline", ProxyFqdn: provider.proxyFqdn, ...flags, ...others };
  own.lync.change((state) => state.hostingProviders.push(hybrid));
  const stopped = await reviewed(
    await own.planJson((stack) => new HostingProvider(stack, "LyncOnline", provider)),
    own.lync,
  );
  own.remove();
  expect(text(stopped.loud[0])).toMatch(
    /^The deploy stops at terraform_data\.LyncOnline_Claim, .*: HostingProvider "LyncOnline" is there already/,
  );
  expect(stopped).toMatchObject({ code: 1, cmdlets: [] });
});

test("a plan with the scripts of another version is refused", async () => {
  const other = json.replace(/(Scripts_[0-9A-F]+\/)[0-9A-F]{32}/g, `$1${"0".repeat(32)}`);
  await expect(reviewed(other)).rejects.toThrow(/scripts of another version .* Review it with the version/);
});

describe("Markdown", () => {
  const md = new MarkdownIt({ html: true });
  const hostile = (): Review => ({
    ...review,
    name: HOSTILE,
    loud: [["x ", { data: HOSTILE }]],
    changes: [
      {
        kind: "AllowedDomain",
        identity: HOSTILE,
        what: "remove",
        depends: false,
        differences: [{ Property: "Comment", Before: HOSTILE, After: `"${HOSTILE}"`, Service: null }],
      },
    ],
  });

  test("text of others stays text: no mark-up, no HTML, no mention, no line of its own", () => {
    const plain = {
      ...review,
      changes: hostile().changes.map((each) => ({
        ...each,
        identity: "x",
        differences: each.differences.map((one) => ({ ...one, Before: "x", After: "y" })),
      })),
      name: "x",
      loud: [["x ", { data: "x" }]],
    } as Review;
    expect(skeleton(markdown([hostile()]))).toEqual(skeleton(markdown([plain])));
    for (const unseen of ["\u202e", "\u2066", "\u200b", "\u{E0041}"])
      expect(markdown([hostile()])).not.toContain(unseen);
  });

  /** The elements of the page, without what stands in code. */
  function skeleton(page: string): string {
    return md.render(page).replace(/<code[^>]*>[^]*?<\/code>/g, "<code/>");
  }

  test("the page begins with the verdict, and the picture and the raw plan are folded at its end", () => {
    const fences = ["```", "````", "</details>"];
    const page = markdown([{ ...review, cmdlets: fences, raw: fences }]);
    expect(md.render(page).match(/<pre>|<\/?details>|<h2>/g)).toEqual([
      "<h2>",
      "<pre>",
      ...["<details>", "<pre>", "</details>"],
      ...["<details>", "<pre>", "</details>"],
    ]);
    expect(page.split("\n")[0]).toBe("## `test`");
    expect(page.trimEnd().split("\n").slice(-1)).toEqual(["</details>"]);
  });

  test("at most as long as GitHub allows: the raw plan is cut first and the cmdlets last, and it is said", () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `Line ${index} ${"x".repeat(90)}`);
    const changes = Array.from({ length: 300 }, () => review.changes[0]);
    const some = markdown([{ ...review, raw: lines(500), cmdlets: lines(300), changes }]);
    expect(some.length).toBeLessThanOrEqual(LONGEST);
    expect(some).toContain("Line 299 ");
    expect(some).toMatch(/\d+ more lines of the raw plan are cut/);
    expect(some).not.toContain("cmdlet lines are cut");
    const all = markdown(
      [1, 2].map(() => ({
        ...review,
        raw: lines(900),
        cmdlets: lines(900),
        changes,
        loud: [...changes, ...changes].map(() => [HOSTILE]),
      })),
    );
    expect(all.length).toBeLessThanOrEqual(LONGEST);
    for (const what of ["cmdlet lines", "changed settings", "lines of warnings"])
      expect(all).toMatch(new RegExp(`\\d+ more ${what} are cut`));
  });
});

describe("text", () => {
  test("it fits 80 columns, whatever the values hold, and has colour only where it is asked for", () => {
    const wide = {
      ...review,
      cmdlets: [...review.cmdlets, `Set-X -A "${"値".repeat(200)}"`, `# ${"word ".repeat(50)}`],
    };
    const page = terminalText([wide], false);
    for (const line of page.split("\n"))
      expect(
        [...line].reduce((sum, each) => sum + (/\p{Script=Han}/u.test(each) ? 2 : 1), 0),
      ).toBeLessThanOrEqual(80);
    expect(page).not.toContain("\u001b");
    expect(terminalText([wide], true)).toContain("\u001b[31m");
  });
});

describe("npm run review", () => {
  const app = compiledApp("review");
  afterAll(() => rmSync(app, { recursive: true }));
  const command = async (args: string[], env: NodeJS.ProcessEnv = {}) =>
    run("npm", ["run", "--silent", "review", "--", ...args], {
      cwd: app,
      env: { DEMO_POWERSHELL: await powershell(), TS_NODE_TRANSPILE_ONLY: "true", ...env },
    });
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  test("several plans make one report, and its exit code is that of the one with most to look at", async () => {
    const same = await to.planJson(before);
    const { code, stdout, stderr } = await command([
      file("one.json", json),
      `other=${file("two.json", same)}`,
    ]);
    expect(stderr).toBe("");
    expect(stdout.match(/^## .*$/gm)).toEqual(["## `one`", "## `other`"]);
    expect(stdout).toContain("Nothing to do.");
    expect(code).toBe(3);
    expect((await command([join(folder, "two.json")])).code).toBe(0);
  });

  test("an environment's name is planned, and JSON is for programs", async () => {
    const { code, stdout, stderr } = await command(["demo", "--format", "json"]);
    const { plans } = JSON.parse(stdout);
    expect(plans).toMatchObject([{ name: "demo", code: 2, changes: expect.any(Array) }]);
    expect(plans[0].cmdlets).toContainEqual(
      expect.stringMatching(/^New-CsAllowedDomain -Identity "push\.lync\.com"/),
    );
    expect({ code, stderr: /error/i.test(stderr) }).toEqual({ code: 2, stderr: false });
  });

  test.each([
    [["--help"], 0, /3 changes that remove something or take something down/],
    [[], 1, /Name at least one plan; none was given/],
    [["x.json"], 1, /The plan "x\.json" cannot be read/],
    [
      ["a=b.json", "--format", "html"],
      1,
      /--format "html" is none\. Allowed: markdown, text, json, mermaid\./,
    ],
    [["--colour"], 1, /--colour/],
    [["dmeo"], 1, /There is no environment "dmeo"\. The app has: demo, /],
    [["package.json"], 1, /This JSON is none of a plan/],
  ])("%j", async (args, code, said) => {
    const result = await command(args);
    expect(result.stdout + result.stderr).toMatch(said);
    expect(result.code).toBe(code);
  });
});
