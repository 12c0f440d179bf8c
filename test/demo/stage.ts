// What the steps of the demo have in common: they run cdktf, and show what it did to Lync Server.
import { isDeepStrictEqual } from "node:util";
import { LogEntry, LyncState, ReplicatedConfiguration } from "../support/simulated-lync";
import { planLines, scriptLines } from "./cdktf-output";
import { lyncTables } from "./lync-table";
import { bold, claim, gap, print, quote } from "./narration";
import { ScratchApp } from "./scratch-app";

export const STACK = "demo";
const TESTS = ["Test-CsFederatedPartner", "Test-CsMcxPushNotification"];

/** What a deploy or destroy made run in Lync Server, as Lync Server itself has noted it. */
export interface Outcome {
  readonly changes: LogEntry[];
  readonly tests: string[];
}

export class Stage {
  public constructor(public readonly app: ScratchApp) {}

  /** Shows the report, then deploys what it is about. With `terraformToo`, Terraform's own words come first. */
  public async deploy(env: NodeJS.ProcessEnv = {}, terraformToo = false): Promise<Outcome> {
    const report = await this.review([], env, terraformToo);
    return this.watch("deploy", report);
  }

  public async destroy(): Promise<Outcome> {
    return this.watch("destroy", await this.review(["-destroy"]));
  }

  /** Plans and shows the report of the plan. */
  private async review(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    terraformToo = false,
  ): Promise<string> {
    const { lync } = this.app;
    const said = await this.app.plan(STACK, args, env);
    if (terraformToo) {
      gap();
      print(bold("What Terraform says of it"));
      quote(planLines(said));
    }
    const { calls } = lync.state();
    const { code, output } = await this.app.review(STACK);
    if (code === 1) throw new Error(output);
    quote(output.trimEnd().split("\n"));
    gap();
    const asked = !isDeepStrictEqual(calls, lync.state().calls);
    claim("The report called no cmdlet at all.", !asked, () => JSON.stringify(lync.state().calls));
    return output;
  }

  /** Shows what has drifted, and claims whether something has. */
  public async drift(text: string, expected: boolean): Promise<void> {
    const { code, output } = await this.app.drift(STACK);
    quote(output.trimEnd().split(/\r?\n/));
    gap();
    claim(text, code === (expected ? 2 : 0), () => `Its exit code was ${code}.`);
  }

  /** All that Lync Server is configured with; not the simulator's own log, counters and clocks. */
  public configuration(): Partial<LyncState> & ReplicatedConfiguration {
    const { log, calls, replication, faults, ...configuration } = this.app.lync.state();
    void [log, calls, replication, faults];
    return configuration;
  }

  public showLync(title: string): void {
    gap();
    print(bold(title));
    for (const rows of lyncTables(this.configuration())) {
      quote(rows);
      gap();
    }
  }

  /** Claims that Lync Server's own log has these mutating cmdlets, in any order where Terraform chooses it. */
  public claimChanges(text: string, outcome: Outcome, cmdlets: readonly string[]): void {
    const ran = outcome.changes.map((each) => each.cmdlet);
    const same = isDeepStrictEqual([...ran].sort(), [...cmdlets].sort());
    claim(text, same, () => `Expected: ${list(cmdlets)}\nLync's log: ${list(ran)}`);
  }

  /** Claims that Lync Server is configured exactly so. */
  public claimConfiguration(text: string, expected: ReplicatedConfiguration): void {
    const actual = this.configuration();
    const differing = Object.entries(actual).filter(
      ([section, value]) => !isDeepStrictEqual(value, expected[section as keyof ReplicatedConfiguration]),
    );
    const show = (value: unknown) => JSON.stringify(value, null, 2);
    const lines = differing.map(([section, value]) => {
      const before = expected[section as keyof ReplicatedConfiguration];
      return `${section}, expected: ${show(before)}\nactual: ${show(value)}`;
    });
    claim(text, differing.length === 0, () => lines.join("\n"));
  }

  /** Runs cdktf on what was reviewed, and compares what ran with what the report said. */
  private async watch(verb: "deploy" | "destroy", report: string): Promise<Outcome> {
    const { lync } = this.app;
    const countTests = () => TESTS.map((each) => lync.calls(each));
    lync.clearLog();
    const before = countTests();
    const output = await this.app.cdktf([verb, STACK, "--auto-approve", "--skip-synth"]);
    const tests = countTests().flatMap((count, at) => Array<string>(count - before[at]).fill(TESTS[at]));
    const changes = lync.log();
    quote(scriptLines(output));
    gap();
    print(`Lync's own log of changes: ${list(changes.map((each) => each.cmdlet))}`);
    print(`Tests that ran:            ${list(tests)}`);
    gap();
    const ran = [...changes.map((each) => each.cmdlet), ...tests].sort();
    const announced = [...report.matchAll(/^ {2}(\w+-Cs\w+)/gm)].map((each) => each[1]).sort();
    claim("The cmdlets that ran are those of the report.", isDeepStrictEqual(ran, announced), () =>
      [`Report: ${list(announced)}`, `Ran:    ${list(ran)}`].join("\n"),
    );
    return { changes, tests };
  }
}

function list(names: readonly string[]): string {
  return names.length > 0 ? names.join(", ") : "none";
}
