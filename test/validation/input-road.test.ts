// Hostile values on the whole road: synthesis, the real terraform, PowerShell, the simulated Lync Server. None ever runs.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { AllowedDomain, HostingProvider, PushNotificationConfig, ValidationError } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { CANARY, hostileText, PAYLOADS, SEED } from "../support/hostile";
import { CAN_RECORD, Recorder } from "../support/recorder";
import { SimulatedLync } from "../support/simulated-lync";

const folder = mkdtempSync(join(tmpdir(), "road-"));
const deployments: Deployment[] = [];
afterAll(() => {
  deployments.forEach((each) => each.remove());
  rmSync(folder, { recursive: true });
});

function deployment(powerShell?: string): Deployment {
  const made = new Deployment(new SimulatedLync(), {
    ownProcesses: true,
    runner: { preflight: false, ...(powerShell ? { powerShell } : {}) },
  });
  deployments.push(made);
  return made;
}

/** Whether the library takes it; anything but its own refusal is an error. */
function takes(build: Build): boolean {
  try {
    build(new TerraformStack(new App({ outdir: folder, stackTraces: false }), "test"));
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
}

/** The texts that can get through, each once without regard to case, since names are compared so. */
function taken(build: (stack: TerraformStack, text: string) => unknown): string[] {
  const texts = [...PAYLOADS, ...fc.sample(hostileText, { seed: SEED, numRuns: 150 })];
  const each = new Map(texts.map((text) => [text.toLowerCase(), text]));
  return [...each.values()].filter((text) => takes((stack) => build(stack, text)));
}

const comments = taken((stack, comment) => new AllowedDomain(stack, "X", { domain: "x.com", comment }));
const identities = taken(
  (stack, identity) => new HostingProvider(stack, "X", { identity, proxyFqdn: "x.com" }),
);
const sites = taken((stack, site) => new PushNotificationConfig(stack, "X", { identity: `site:${site}` }));

/** Objects with these values, which are told from each other by their number. */
interface Load {
  readonly comments: readonly string[];
  readonly identities: readonly string[];
  readonly sites: readonly string[];
}

function build(load: Load): Build {
  return (stack) => {
    load.comments.forEach((comment, index) => {
      new AllowedDomain(stack, `Domain${index}`, { domain: `d${index}.contoso.com`, comment });
    });
    load.identities.forEach((identity, index) => {
      new HostingProvider(stack, `Provider${index}`, { identity, proxyFqdn: `p${index}.contoso.com` });
    });
    load.sites.forEach(
      (site, index) => new PushNotificationConfig(stack, `Site${index}`, { identity: `site:${site}` }),
    );
  };
}

function prepare(to: Deployment, load: Load): void {
  to.lync.change((state) => (state.sites = [...load.sites]));
}

/** Compares what the simulated Lync Server has, character by character. */
function expectArrived({ lync }: Deployment, load: Load): void {
  const state = lync.state();
  const names = state.allowedDomains.map((each) => [each.Identity, each.Comment ?? ""]);
  expect(Object.fromEntries(names)).toEqual(
    Object.fromEntries(load.comments.map((comment, index) => [`d${index}.contoso.com`, comment])),
  );
  const proxies = state.hostingProviders.map((each) => [each.ProxyFqdn, each.Identity]);
  expect(Object.fromEntries(proxies)).toEqual(
    Object.fromEntries(load.identities.map((identity, index) => [`p${index}.contoso.com`, identity])),
  );
  const configured = state.pushNotificationConfigurations.map((each) => each.Identity.toLowerCase());
  expect(configured.sort()).toEqual(
    ["global", ...load.sites.map((site) => `site:${site}`.toLowerCase())].sort(),
  );
}

/** Every file under the folders in which anything of a deploy runs. */
function expectNoCanary(...folders: string[]): void {
  for (const each of [...folders, process.cwd()]) {
    expect(existsSync(join(each, CANARY))).toBe(false);
  }
  const files = folders.flatMap((each) => readdirSync(each, { recursive: true, encoding: "utf8" }));
  expect(files.filter((file) => file.includes(CANARY))).toEqual([]);
}

test("values arrive exactly by one PowerShell process each, and a destroy finds every object by its name", async () => {
  const load = { comments: pick(comments, 7), identities: pick(identities, 5), sites: pick(sites, 2) };
  const to = deployment();
  prepare(to, load);
  await to.apply(build(load));
  expectArrived(to, load);
  expect((await to.plan(build(load))).changes).toBe(false);
  await to.destroy(build(load));
  expectArrived(to, { comments: [], identities: [], sites: [] });
  expectNoCanary(to.folder);
});

(CAN_RECORD ? test : test.skip)("a hundred and more values arrive exactly", async () => {
  const load = { comments: pick(comments, 90), identities: pick(identities, 18), sites: pick(sites, 6) };
  const recorder = new Recorder(mkdtempSync(join(folder, "recorder-")));
  const to = deployment(recorder.program);
  prepare(to, load);
  await to.apply(build(load));
  expect(to.lync.log()).toEqual([]);
  for (const [name, value] of recorder.recorded().flatMap((each) => Object.entries(each.Environment))) {
    expect(`${name}=${value}\0`.length).toBeLessThanOrEqual(32_767);
  }
  const replayed = await recorder.replay(to.lync.env);
  expect([replayed.code, replayed.stderr]).toEqual([0, ""]);
  expectArrived(to, load);
  expectNoCanary(to.folder, folder);
});

const TEXT = 'a"b\nx `y` $z \u2028';
const NUMBER = 4711;

/** What stands around a Token: braces, signs, quotation marks and line breaks of Terraform, of CDKTF and of others. */
const AROUND: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => `$${token}`,
  (token) => `$$${token}$`,
  (token) => `%${token}%`,
  (token) => `{${token}}`,
  (token) => "${" + token + "}",
  (token) => `%{ if ${token} } "\r\n'\t' %{ endif }`,
  (token) => `$\{x} ${token} $\{y} ${token}${token} }{`,
  (token) => `\n${token}\n`,
  (token) => `5${token}5`,
  (token) => `-${token}e5`,
  (token) => `"${token}\\`,
];

(CAN_RECORD ? test : test.skip)(
  "text around a Token stays what it is, and the Token becomes its value",
  async () => {
    const recorder = new Recorder(mkdtempSync(join(folder, "recorder-")));
    const to = deployment(recorder.program);
    await to.apply((stack) => {
      const text = new TerraformVariable(stack, "text", { type: "string", default: TEXT }).stringValue;
      const number = new TerraformVariable(stack, "number", { type: "number", default: NUMBER }).numberValue;
      AROUND.forEach((around, index) => {
        new AllowedDomain(stack, `Text${index}`, {
          domain: `d${2 * index}.contoso.com`,
          comment: around(text),
        });
        const comment = around(String(number));
        new AllowedDomain(stack, `Number${index}`, { domain: `d${2 * index + 1}.contoso.com`, comment });
      });
    });
    expect((await recorder.replay(to.lync.env)).code).toBe(0);
    const expected = AROUND.flatMap((around) => [around(TEXT), around(String(NUMBER))]);
    expectArrived(to, { comments: expected, identities: [], sites: [] });
  },
);

/** So many of them, from all over the list. */
function pick(texts: readonly string[], count: number): string[] {
  const step = texts.length / count;
  return Array.from({ length: count }, (_, index) => texts[Math.floor(index * step)]);
}
