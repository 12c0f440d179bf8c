// Whatever a server has, imported and deployed, changes nothing and has not drifted: random servers, through the scripts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import * as estree from "prettier/plugins/estree";
import * as typescriptPlugin from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { LyncProduct } from "../../constructs";
import { outlineOf, scratchStack } from "../../constructs/private/import/declarable";
import { environmentOf } from "../../constructs/private/import/reading";
import { typescript } from "../../constructs/private/import/typescript";
import { appliedOf, Step, stepsOf } from "../../constructs/private/review/steps";
import { textVariables } from "../../constructs/private/terraform/long-text";
import { PAYLOADS } from "../support/hostile";
import { importedFrom } from "../support/imported";
import { addOcsEdge, EDGE } from "../support/ocs-edge";
import { planned } from "../support/planned";
import { runPowerShell } from "../support/powershell";
import { LyncState, Product, SimulatedLync, VerificationLevel } from "../support/simulated-lync";
import { synthesize } from "../support/synth";

const SEED = Number(process.env.FC_SEED ?? 15);
const ROOT = resolve(__dirname, "..", "..");
const SCRIPTS = join(ROOT, "constructs", "powershell");
const folder = mkdtempSync(join(tmpdir(), "import-"));
afterAll(() => rmSync(folder, { recursive: true }));

const level = fc.constantFrom<VerificationLevel>(
  "AlwaysVerifiable",
  "AlwaysUnverifiable",
  "UseSourceVerification",
);
/** Texts that would end a literal or a comment of TypeScript, and such as the library refuses. */
const CODE = [
  '"); globalThis.pwned = true; ("',
  "'); globalThis.pwned = true; ('",
  "\n@ts-ignore */ globalThis.pwned = true;",
  "\u2028globalThis.pwned = true;\u2029",
  "${(globalThis.pwned = true)}",
  "\\",
  'it\'s "so" \\" \\\' \\u0041',
  "\u202eevil\u2066 \u200b\ufeff",
  "İıŞ 😀 世界 \u{E0041}",
  "e\u0301 is not in normal form C",
  "// @ts-ignore\n// prettier-ignore\n",
  "long ".repeat(60),
  "\u0007",
];
const text = fc.oneof(
  fc.constantFrom(null, "", ...CODE),
  fc.constantFrom(...PAYLOADS.filter(isStorable)),
  fc.string({ unit: "grapheme", maxLength: 120 }).filter(isStorable),
);
const provider = fc.record({
  VerificationLevel: level,
  Enabled: fc.boolean(),
  EnabledSharedAddressSpace: fc.boolean(),
  HostsOCSUsers: fc.boolean(),
  IsLocal: fc.boolean(),
  AutodiscoverUrl: fc.constantFrom(null, "https://webdir.online.lync.com/x?y=${z}", "gopher://x"),
  SipClientPort: fc.constantFrom(443, 5061, 0),
});
const domain = fc.record({
  ProxyFqdn: fc.constantFrom(null, "SIP.fabrikam.com", "single"),
  Comment: text,
  MarkForMonitoring: fc.boolean(),
  VerificationLevel: level,
});
const push = fc.record({
  EnableApplePushNotificationService: fc.boolean(),
  EnableMicrosoftPushNotificationService: fc.boolean(),
});
const partner = fc.record({
  EdgeProxyAddress: fc.constantFrom("sipfed.online.lync.com", null),
  UserVerificationLevel: fc.constantFrom("UseSourceVerification", "alwaysVerifiable"),
});
const LONG = `${"long-label-of-a-domain.".repeat(6)}com`;
const some = <T>(value: fc.Arbitrary<T>, ...names: string[]) =>
  fc
    .record(Object.fromEntries(names.map((name) => [name, fc.option(value, { nil: undefined })])))
    .map((all) => Object.entries(all).filter((entry): entry is [string, T] => entry[1] !== undefined));
const servers = fc.record({
  providers: some(provider, "LyncOnline", "İstanbul 'x' \"y\" ${z}\\", "Odd*", "\u202eOther"),
  publics: some(fc.record({ VerificationLevel: level, Enabled: fc.boolean() }), "MSN"),
  domains: some(domain, "push.lync.com", "Fabrikam.com", "a-b.contoso.com", "single", LONG),
  // So many share a construct.
  many: fc
    .tuple(fc.boolean(), fc.array(domain, { minLength: 21, maxLength: 25 }))
    .map(([are, all]) => (are ? all : [])),
  blocked: some(fc.record({ Comment: text }), "spam.com"),
  pushes: some(push, "Global", "Site:Redmond", "Site:S\u00e3o 'P'", "Site:a*b"),
  edge: fc.record({
    RoutingMethod: fc.constantFrom("UseDnsSrvRouting", "UseDnsSrvRouting", "UseDefaultRouting"),
    DefaultRouteFqdn: fc.constant("director.contoso.com"),
    AllowFederatedUsers: fc.boolean(),
    AllowOutsideUsers: fc.boolean(),
    EnablePartnerDiscovery: fc.boolean(),
  }),
  partners: some(partner, "push.lync.com", "fabrikam.com"),
  federates: fc.boolean(),
});
type Server = typeof servers extends fc.Arbitrary<infer T> ? T : never;

/** The simulated server keeps its state in a form that cannot hold every character. */
function isStorable(value: string): boolean {
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u.test(value); // eslint-disable-line no-control-regex
}

function stateOf(server: Server, product: Product, name: string): SimulatedLync {
  const lync = new SimulatedLync(join(folder, name));
  lync.change((state) => {
    const named = <T>(all: [string, T][]) => all.map(([Identity, each]) => ({ Identity, ...each }));
    const proxies = ["sipfed.online.lync.com", "SIP2.contoso.com", "sip3.contoso.com", "sip4.contoso.com"];
    state.product = product;
    state.hostingProviders = named(server.providers).map((each, index) => ({
      ...each,
      ProxyFqdn: proxies[index],
    }));
    state.publicProviders = named(server.publics).map((each) => ({ ...each, ProxyFqdn: "sip.msn.com" }));
    const many = server.many.map((each, index) => ({ Identity: `many${index}.com`, ...each }));
    state.allowedDomains = [...named(server.domains), ...many];
    state.blockedDomains = named(server.blocked);
    state.pushNotificationConfigurations = named(server.pushes);
    Object.assign(state.accessEdgeConfiguration, server.edge);
  });
  const partners = server.partners.map(([Domain, each]) => ({ Domain, ...each }));
  addOcsEdge(lync, partners);
  lync.change((state) => (state.ocsEdges[0].externalEdgeSetting.EnableFederation = server.federates));
  return lync;
}

/** How this project is formatted. */
const PRETTIER = {
  ...json<object>(join(ROOT, ".prettierrc.json")),
  parser: "typescript",
  plugins: [typescriptPlugin, estree] as never[],
};

interface Case {
  readonly State: string;
  readonly After: string;
  readonly Steps: readonly { readonly Script: string; readonly Environment: Record<string, string> }[];
}

/** Runs the steps of all cases in one process, and expects each to work. */
async function runAll(name: string, module: string, cases: readonly Case[]): Promise<void> {
  const input = join(folder, `${name}.json`);
  writeFileSync(input, JSON.stringify({ Cases: cases }));
  const script = join(ROOT, "test", "support", "steps-batch.ps1");
  const ended = await runPowerShell(
    ["-NoProfile", "-NonInteractive", "-File", script, input, SCRIPTS, module],
    {
      env: { ...stateless(name).env, XDG_DATA_HOME: folder },
      timeoutMs: 300_000,
    },
  );
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const { Errors } = JSON.parse(readFileSync(`${input}.out`, "utf8")) as { Errors: string[] };
  Errors.forEach((error, index) => expect({ index, error }).toEqual({ index, error: "" }));
}

/** The server of a batch, which gets a state for each case. */
function stateless(name: string): SimulatedLync {
  const lync = new SimulatedLync(join(folder, `${name}.server`));
  lync.change((state) => (state.product = PRODUCTS[name.split(".")[0]].simulated));
  return lync;
}

const PRODUCTS: Record<
  string,
  { servers: number; simulated: Product; product: LyncProduct; module: string }
> = {
  lync: { servers: 14, simulated: "LyncServer2013", product: LyncProduct.LYNC_SERVER_2013, module: "Lync" },
  skype: {
    servers: 4,
    simulated: "SkypeForBusinessServer2019",
    product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019,
    module: "SkypeForBusiness",
  },
};

function json<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

function toRun({ script, environment }: Step) {
  return { Script: script, Environment: environment };
}

function objectsOf(state: LyncState): number {
  const { hostingProviders, allowedDomains, pushNotificationConfigurations, ocsEdges } = state;
  return [hostingProviders, allowedDomains, pushNotificationConfigurations, ocsEdges[0].partners].flat()
    .length;
}

/** Without what every call leaves. */
function content(state: LyncState): object {
  return { ...state, calls: {} };
}

test.each(Object.keys(PRODUCTS))("random servers: %s", async (name) => {
  const { servers: numRuns, simulated, product, module } = PRODUCTS[name];
  const all = fc.sample(servers, { numRuns, seed: SEED });
  const lyncs = all.map((server, index) => stateOf(server, simulated, `${name}.${index}`));
  const file = (index: number, what: string) => join(folder, `${name}.${index}.${what}`);
  const read = (index: number) => ({
    Script: "Get-LyncEnvironment",
    Environment: { LYNC_MODULE: module, LYNC_EDGES: EDGE, LYNC_RESULT_FILE: file(index, "read") },
  });
  await runAll(
    `${name}.read`,
    module,
    lyncs.map(({ stateFile }, index) => ({
      State: stateFile,
      After: file(index, "seen"),
      Steps: [read(index)],
    })),
  );

  const printed = lyncs.map((lync, index) => {
    const reading = json<Parameters<typeof environmentOf>[0]>(file(index, "read"));
    expect(reading.Objects.length).toBe(objectsOf(lync.state()) + 2); // the settings of the two Edges
    const environment = environmentOf(reading, false);
    const runner = { product };
    const outline = outlineOf(scratchStack(runner), environment, false);
    expect(outline.objects.length + outline.undeclarable.length).toBe(reading.Objects.length);
    const code = typescript({ outline, beside: environment.beside, runner, library: "../constructs" });
    return { code, configuration: synthesize(importedFrom(code)), outline, reading };
  });
  for (const { code, configuration, outline, reading } of printed) {
    expect(await format(code, PRETTIER)).toBe(code);
    for (const { kind, identity, id, left, within } of outline.objects) {
      const { Settings, Initial } = reading.Objects.find(
        (each) => each.Kind === kind && identity.startsWith(each.Identity),
      ) as (typeof reading.Objects)[number];
      const special = Object.keys(Settings).filter(
        (name) => Settings[name] !== false && !Initial.includes(name),
      );
      const { triggers = {} } = configuration.resource.null_resource[id];
      // Each object of a list has one trigger, which names its settings.
      const declared = within ? triggers[identity].match(/\w+(?= ')/g) : Object.keys(triggers);
      if (left.length === 0) expect(declared ?? []).toEqual(expect.arrayContaining(special));
    }
    const together = outline.objects.filter(({ within }) => within).map(({ identity }) => identity);
    if (outline.objects.some(({ identity }) => identity === "many0.com")) {
      expect(together).toContain("many0.com");
      expect(together).not.toContain("push.lync.com");
    } else expect(together).toEqual([]);
  }

  const cases = printed.map(({ configuration }, index) => {
    const plan = planned(undefined, configuration);
    const steps = stepsOf(plan, true).map(toRun);
    const closing = steps.find(({ Script }) => Script === "Complete-LyncStack");
    const objects = textVariables("LYNC_OBJECTS", JSON.stringify({ Objects: appliedOf(plan) }));
    const drift = {
      Script: "Get-LyncDrift",
      Environment: { ...closing?.Environment, ...objects, LYNC_RESULT_FILE: file(index, "drift") },
    };
    return { State: lyncs[index].stateFile, After: file(index, "after"), Steps: [...steps, drift] };
  });
  await runAll(`${name}.deploy`, module, cases);
  cases.forEach(({ State, After }, index) => {
    const about = { code: printed[index].code };
    expect({ ...about, ...content(json(After)) }).toEqual({ ...about, ...content(json(State)) });
    const { Objects: readings } = json<{ Objects: { Found: boolean; Differences: unknown[] }[] }>(
      file(index, "drift"),
    );
    expect(readings.length).toBeGreaterThan(0);
    expect(readings.every(({ Found, Differences }) => Found && Differences.length === 0)).toBe(true);
  });
  expect(globalThis).not.toHaveProperty("pwned");
});
