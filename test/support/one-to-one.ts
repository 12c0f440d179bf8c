// A deploy beside its review, in both ways of reading: the lines, typed into a server as it was, do what the deploy does.
import { rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { reviewOf } from "../../constructs/private/review/review";
import { Rehearsal } from "../../constructs/private/review/rehearsal";
import { PlannedResource, readPlan } from "../../constructs/private/terraform/plan";
import { Build, Deployment } from "./deployment";

import { calls, copyOf, rehearsed, reviewed, typeInto } from "./rehearsal";
import { powershell } from "./powershell";
import { run } from "./run";
import { SimulatedLync } from "./simulated-lync";

export interface Comparison {
  /** Of the server's cmdlets. @default "Lync" */
  readonly module?: string;
  readonly destroy?: boolean;
  /** Objects do not wait for each other, so that Terraform may take any of several orders. */
  readonly siblings?: boolean;
  /** Has the command itself read the server. */
  readonly byCommand?: boolean;
}

/** Has the log hold the test cmdlets with their parameters. */
export function logTests(lync: SimulatedLync): void {
  lync.change((state) => (state.logsTests = true));
}

/** Plans, reviews in both ways, deploys, and types the lines of each review into a server as it was. Returns the calls. */
export async function compare(to: Deployment, build: Build, how: Comparison = {}): Promise<object[]> {
  const { destroy = false, siblings = false } = how;
  const json = await to.planJson(build, ...(destroy ? ["-destroy"] : []));
  const copies = [copyOf(to.lync), copyOf(to.lync)];
  const rehearsal = await rehearsed(json);
  const reader = how.byCommand
    ? liveByCommand
    : async (text: string, lync: SimulatedLync) => (await reviewed(text, lync)).cmdlets;
  const resources = readPlan(json);
  const lines = [reviewOf("test", resources, rehearsal).cmdlets, await reader(json, copyOf(to.lync))];
  to.lync.clearLog();
  await (destroy ? to.destroy(build) : to.apply(build));
  const ran = calls(to.lync);
  for (const [index, cmdlets] of lines.entries()) {
    await typeInto(copies[index], cmdlets, how.module);
    const typed = calls(copies[index]);
    const [one, other] = siblings ? [sorted(typed), sorted(ran)] : [typed, ran];
    // A look at the server is exact; without one, a line may name more settings than differ, and says so.
    if (index === 1 || !cmdlets.some((line) => line.startsWith("# Only those of these")))
      expect(one).toEqual(other);
    else expect(one).toMatchObject(other);
    expect(objects(copies[index])).toEqual(objects(to.lync));
  }
  if (siblings) expectOrder(resources, rehearsal, calls(copies[0]), ran);
  return ran;
}

/** What `lync-review --live` says, started on the runner as an operator does. */
async function liveByCommand(json: string, lync: SimulatedLync): Promise<readonly string[]> {
  const file = `${lync.stateFile}.plan.json`;
  writeFileSync(file, json);
  const script = resolve(__dirname, "..", "..", "constructs", "commands", "review.ts");
  const options = ["--live", "--format", "json", "--powershell", await powershell()];
  const typescript = require.resolve("ts-node/register/transpile-only");
  const env = { ...lync.env, XDG_DATA_HOME: "/nowhere" };
  const ended = await run(process.execPath, ["-r", typescript, script, `test=${file}`, ...options], { env });
  rmSync(file);
  expect(ended.stderr).toBe("");
  const { plans } = JSON.parse(ended.stdout) as { plans: { cmdlets: string[] }[] };
  return plans[0].cmdlets;
}

/** What waits for something else in the plan comes after it, in the report and in the deploy. */
function expectOrder(
  resources: readonly PlannedResource[],
  rehearsal: Rehearsal,
  typed: readonly object[],
  ran: readonly object[],
): void {
  let next = 0;
  const steps = rehearsal.steps.map(({ address, outcomes }) => {
    const count = outcomes.reduce((sum, each) => sum + each.Lines.length, 0);
    const own = typed.slice(next, (next += count));
    return { address, places: own.map((call) => ran.findIndex((each) => isDeepStrictEqual(each, call))) };
  });
  for (const [at, step] of steps.entries()) {
    for (const later of steps.slice(at + 1)) {
      expect(waitsFor(resources, step.address, later.address) && step.address !== later.address).toBe(false);
      if (waitsFor(resources, later.address, step.address))
        for (const place of later.places) expect(Math.max(-1, ...step.places)).toBeLessThanOrEqual(place);
    }
  }
}

function waitsFor(resources: readonly PlannedResource[], one: string, other: string): boolean {
  const { dependsOn = [] } = resources.find((each) => each.address === one) ?? {};
  return dependsOn.includes(other) || dependsOn.some((each) => waitsFor(resources, each, other));
}

function sorted(all: readonly object[]): object[] {
  return [...all].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** What the server has in the end. */
function objects(lync: SimulatedLync): object {
  const state = lync.state();
  const byName = <T extends { Identity: string }>(all: T[]) =>
    [...all].sort((one, other) => (one.Identity < other.Identity ? -1 : 1));
  return [
    byName(state.hostingProviders),
    byName(state.allowedDomains),
    byName(state.pushNotificationConfigurations),
    state.accessEdgeConfiguration,
    state.ocsEdges,
  ];
}
