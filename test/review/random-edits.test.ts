// 200 random edits of random stacks: what the rehearsal says, typed into a shell, does what the scripts do. Half of them read
// the server first.
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { TerraformStack } from "cdktf";
import * as fc from "fast-check";
import {
  AccessEdgeConfig,
  AllowedDomain,
  AllowedDomainEntry,
  AllowedDomains,
  ExternalEdgeSetting,
  FederatedPartner,
  FederationTest,
  HostingProvider,
  LyncRunner,
  PushNotificationConfig,
  RemovalPolicy,
  VerificationLevel,
} from "../../constructs";
import { cmdletLines } from "../../constructs/private/review/cmdlet-lines";
import { Outcome, RehearsedStep, scriptOf } from "../../constructs/private/review/rehearsal";
import { Step, stepsOf } from "../../constructs/private/review/steps";
import { addOcsEdge, EDGE } from "../support/ocs-edge";
import { logTests } from "../support/one-to-one";
import { planned } from "../support/planned";
import { runPowerShell } from "../support/powershell";
import { callsOf } from "../support/rehearsal";
import { LyncState, SimulatedLync } from "../support/simulated-lync";
import { synthesize } from "../support/synth";

const EDITS = 200;
// It runs for a minute: what runs often is compiled well, without a profile beforehand.
const LONG_RUN = { DOTNET_JITMinOpts: "0", DOTNET_TieredCompilation: "1", DOTNET_TieredPGO: "0" };
const ROOT = resolve(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "random-"));
afterAll(() => rmSync(folder, { recursive: true }));

const flag = fc.option(fc.boolean(), { nil: undefined });
const comment = fc.option(
  fc.oneof(
    fc.constantFrom(
      "a remark",
      "$(exit)",
      'it\'s `"new"`',
      "“q” ‘q’ $x @{a=1}",
      "${x} %{y}",
      "two\nlines\tand a tab",
      "\u202eevil\u2066",
      "a | b; c & d # e",
      "2026-11-27T00:00:00Z",
      "😀 \u{E0041} 世界",
    ),
    fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }),
  ),
  { nil: undefined },
);
const removalPolicy = fc.constantFrom(undefined, RemovalPolicy.REMOVE, RemovalPolicy.RETAIN);
const domain = fc.record({
  comment,
  proxyFqdn: fc.constantFrom(undefined, "sip.contoso.com", "SIP.contoso.com", "sip2.contoso.com"),
  markForMonitoring: flag,
  removalPolicy,
  // Whether it is on the list, or has a construct of its own.
  listed: fc.boolean(),
});
const provider = fc.record({
  proxy: fc.constantFrom("", "2"),
  enabled: flag,
  hostsOcsUsers: flag,
  isLocal: flag,
});
const push = fc.record({
  enableApplePushNotificationService: flag,
  enableMicrosoftPushNotificationService: flag,
  removalPolicy,
});
const edge = fc.record({ allowFederatedUsers: flag, routing: flag, removalPolicy });
const levels = Object.values(VerificationLevel);
const partner = fc.record({
  proxyFqdn: fc.constantFrom("sip.contoso.com", "sip2.contoso.com"),
  verificationLevel: fc.constantFrom(undefined, ...levels),
});
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const stacks = fc.record({
  domains: fc.record({ a: some(domain), b: some(domain), C: some(domain) }),
  providers: fc.record({ One: some(provider), Two: some(provider) }),
  pushes: fc.record({ global: some(push), "site:Redmond": some(push) }),
  edge: some(edge),
  partners: fc.record({ a: some(partner), b: some(partner) }),
  external: some(fc.record({ removalPolicy })),
  test: some(fc.record({ domain: fc.constantFrom("a.contoso.com", "b.contoso.com") })),
});
type Stack = typeof stacks extends fc.Arbitrary<infer T> ? T : never;

const declared =
  ({ domains, providers, pushes, edge: config, partners, external, test: tested }: Stack) =>
  (stack: TerraformStack) => {
    LyncRunner.configure(stack, { preflight: false });
    const list: AllowedDomainEntry[] = [];
    for (const [name, props] of Object.entries(domains)) {
      if (!props) continue;
      const { listed, ...others } = props;
      const entry = { domain: `${name}.contoso.com`, ...others };
      if (listed) list.push(entry);
      else new AllowedDomain(stack, `Domain${name}`, entry);
    }
    if (list.length > 0) new AllowedDomains(stack, "List", { domains: list });
    for (const [name, props] of Object.entries(providers)) {
      if (!props) continue;
      const { proxy, ...others } = props;
      new HostingProvider(stack, `Provider${name}`, {
        identity: name,
        proxyFqdn: `${name}${proxy}.contoso.com`,
        ...others,
      } as never);
    }
    for (const [identity, props] of Object.entries(pushes))
      if (props)
        new PushNotificationConfig(stack, `Push${identity.slice(0, 4)}`, { identity, ...props } as never);
    if (config) {
      const { routing, ...others } = config;
      const way = routing === undefined ? {} : { useDnsSrvRouting: true, enablePartnerDiscovery: routing };
      new AccessEdgeConfig(stack, "Edge", { ...others, ...way });
    }
    for (const [name, props] of Object.entries(partners)) {
      const own = { computerName: EDGE, domain: `${name}.contoso.com` };
      if (props) new FederatedPartner(stack, `Partner${name}`, { ...own, ...props } as never);
    }
    if (external) new ExternalEdgeSetting(stack, "External", { computerName: EDGE, ...external });
    if (tested) {
      const how = { targetFqdn: "accessproxy.contoso.com", onFailure: "warn" as const };
      new FederationTest(stack, "Test", {
        ...how,
        domain: AllowedDomain.fromDomain(tested.domain),
      });
    }
  };

test(`${EDITS} random edits`, async () => {
  const pairs = fc.sample(fc.tuple(stacks, stacks), {
    numRuns: EDITS,
    seed: Number(process.env.FC_SEED ?? 14),
  });
  const lync = new SimulatedLync(join(folder, "fresh"));
  addOcsEdge(lync);
  logTests(lync);
  const cases = pairs.map(([one, other], index) => {
    const [before, after] = [synthesize(declared(one)), synthesize(declared(other))];
    const plan = planned(before, after);
    // Every other one reads the server.
    const live = index % 2 === 1;
    const steps = stepsOf(plan, live);
    const file = (name: string) => join(folder, `${index}.${name}`);
    writeFileSync(file("jsonl"), scriptOf(plan, steps, live));
    return {
      Before: stepsOf(planned(undefined, before), false).map(toRun),
      After: steps.map(toRun),
      Deployed: file("deployed"),
      Start: file("start"),
      Typed: file("typed"),
      Rehearsal: file("jsonl"),
      Result: file("result"),
    };
  });
  const input = join(folder, "cases.json");
  writeFileSync(input, JSON.stringify({ Cases: cases }));
  const script = join(ROOT, "test", "support", "rehearsal-batch.ps1");
  const args = [
    "-NoProfile",
    "-NonInteractive",
    "-File",
    script,
    input,
    join(ROOT, "constructs", "powershell"),
  ];
  const ended = await runPowerShell(args, {
    env: { ...lync.env, ...LONG_RUN, XDG_DATA_HOME: folder },
    timeoutMs: 500_000,
  });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const { Results: results } = JSON.parse(readFileSync(`${input}.out`, "utf8"));
  let called = 0;
  cases.forEach((each, index) => {
    const about = { edit: pairs[index], lines: results[index].Lines, error: results[index].Error };
    expect({ ...about, error: "" }).toEqual(about);
    const skip = state(each.Start).log.length;
    const [ran, typed] = [each.Deployed, each.Typed].map((path) => callsOf(state(path).log.slice(skip)));
    called += ran.length;
    const lines = cmdletLines(outcomes(each));
    expect(lines.filter((line) => !line.startsWith("#"))).toEqual(about.lines);
    const exact = index % 2 === 1;
    expect({ ...about, calls: exact ? typed : asRan(typed, ran, lines) }).toEqual({ ...about, calls: ran });
  });
  expect(called).toBeGreaterThan(EDITS);
}, 600_000);

/** The steps with what they do, as the report has them. */
function outcomes({ After, Result }: { After: ReturnType<typeof toRun>[]; Result: string }): RehearsedStep[] {
  const { Steps } = JSON.parse(readFileSync(Result, "utf8")) as { Steps: { Subjects: Outcome[] }[] };
  return Steps.map(({ Subjects }, index) => ({
    address: "",
    script: After[index].Script,
    environment: After[index].Environment,
    outcomes: Subjects,
  }));
}

/** What was typed, without the settings and calls of which a comment says that the server decides about them. */
function asRan(typed: object[], ran: object[], lines: readonly string[]): object[] {
  let open = false;
  const isOpen = lines.flatMap((line) => {
    if (line.startsWith("#")) open = line.startsWith("# Only those of these settings");
    return line.startsWith("#") ? [] : [open];
  });
  let next = 0;
  return typed.flatMap((call, index) => {
    const real = ran[next];
    if (!isOpen[index] || (real && isDeepStrictEqual(call, real))) next++;
    else if (real && isPart(real as Call, call as Call)) return [ran[next++]];
    else return [];
    return [call];
  });
}

interface Call {
  readonly cmdlet: string;
  readonly parameters: Record<string, unknown>;
}

function isPart(real: Call, typed: Call): boolean {
  const same = Object.entries(real.parameters).every(([name, value]) => typed.parameters[name] === value);
  return real.cmdlet === typed.cmdlet && real.parameters.Identity === typed.parameters.Identity && same;
}

function toRun({ script, environment }: Step) {
  return { Script: script, Environment: environment };
}

function state(path: string): LyncState {
  return JSON.parse(readFileSync(path, "utf8")) as LyncState;
}
