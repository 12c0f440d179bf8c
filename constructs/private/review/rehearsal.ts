// Runs the rehearsal: the scripts of a deploy in one PowerShell process, with the calls written down instead of made.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlanError, PlannedResource, PlannedScript } from "../terraform/plan";
import { NotStarted, runScript, scriptsDigest } from "../terraform/script-process";
import { appliedOf, Step, stepsOf, titlesBefore } from "./steps";

/** A setting that gets another value. */
export interface Difference {
  readonly Property: string;
  readonly Before: string;
  readonly After: string;
  /** What the setting switches on and off. */
  readonly Service: string | null;
}

/** What a step does to one object. */
export interface Outcome {
  readonly Kind: string;
  readonly Identity: string;
  readonly Why: "declared" | "leaves" | "test";
  /** `absent`: the stack has not made it so far; `first` and `uncertain`: it is there, nobody knows with what; `live`: looked at. */
  readonly State: "applied" | "absent" | "first" | "uncertain" | "live";
  readonly Way: "" | "create" | "change" | "delete create" | "remove" | "reset" | "test";
  /** Settings that nobody declares, and that are kept where the object is created anew. */
  readonly Kept: readonly string[];
  readonly Lines: readonly string[];
  readonly Differences: readonly Difference[];
  /** The cmdlet that changes one that is there. */
  readonly Set: string | null;
}

/** A step with what it does. */
export interface RehearsedStep extends Step {
  /** Why the deploy ends here. */
  readonly error?: string;
  readonly outcomes: readonly Outcome[];
}

/** What a setting switches on and off, before and after. */
export interface Service {
  readonly Kind: string;
  readonly Identity: string;
  readonly Service: string;
  readonly Before: string;
  readonly After: string;
}

/** The whole rehearsal; it ends with the first step that fails. */
export interface Rehearsal {
  readonly steps: readonly RehearsedStep[];
  readonly services: readonly Service[];
}

/** How the rehearsal is run. */
export interface RehearsalOptions {
  /** Reads the real server. */
  readonly live: boolean;
  /** The PowerShell to run; by default what the plan names, or what there is. */
  readonly powerShell?: string;
}

/** What a deploy of the plan would do. */
export function rehearse(
  resources: readonly PlannedResource[],
  { live, powerShell }: RehearsalOptions,
): Rehearsal {
  const steps = stepsOf(resources, live);
  if (steps.length === 0) return { steps: [], services: [] };
  const folder = mkdtempSync(join(tmpdir(), "lync-"));
  try {
    const file = join(folder, "steps.jsonl");
    writeFileSync(file, scriptOf(resources, steps, live));
    const scripts = resources
      .flatMap((each) => [each.onCreate, each.onDestroy])
      .filter((each) => each !== undefined);
    refuseOtherScripts(scripts);
    const candidates = powerShell ? [powerShell] : [scripts[0].powerShell, "pwsh", "powershell.exe"];
    const { environment } = scripts[0];
    return rehearsed(steps, run([...new Set(candidates)], environment, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the rehearsal reads: how, the objects as applied last, the steps in their order, each in a line of its own. */
export function scriptOf(
  resources: readonly PlannedResource[],
  steps: readonly Step[],
  live: boolean,
): string {
  const rows = appliedOf(resources);
  const how = { Live: live, Applied: rows.length, Titles: titlesBefore(resources) };
  return [how, ...rows, ...steps.map(toRun)].map((line) => JSON.stringify(line)).join("\n");
}

/** With other scripts other cmdlets may run. */
function refuseOtherScripts(scripts: readonly PlannedScript[]): void {
  if (scripts.every(({ digest }) => digest === scriptsDigest())) return;
  throw new PlanError(
    "This plan runs scripts of another version of cdktf-lync-push-notifications than this one, so nobody can tell from here " +
      "what it does. Review it with the version that synthesised it, or plan again.",
  );
}

interface Result {
  readonly Steps: readonly { readonly Error: string | null; readonly Subjects: readonly Outcome[] }[];
  readonly Services: readonly Service[];
}

function toRun({ script, environment }: Step) {
  return { Script: script, Environment: environment };
}

/** The first PowerShell that starts: what the runner has need not be on the machine of the review. */
function run(
  [powerShell, ...others]: readonly string[],
  environment: PlannedScript["environment"],
  file: string,
): Result {
  const { LYNC_MODULE: module, LYNC_SESSION_URI, LYNC_SESSION_AUTHENTICATION } = environment;
  try {
    const runner = { powerShell, module, timeoutSeconds: 600, replicationMark: "", scripts: "" };
    return runScript(runner, "Get-LyncReview", {
      ...(LYNC_SESSION_URI && { LYNC_SESSION_URI, LYNC_SESSION_AUTHENTICATION }),
      LYNC_REHEARSAL_FILE: file,
      // PowerShell 7 spends a fourth of such a run on a profile of itself, which pays in longer ones.
      DOTNET_TieredPGO: "0",
    }) as Result;
  } catch (error) {
    if (!(error instanceof NotStarted) || others.length === 0) throw error;
    return run(others, environment, file);
  }
}

function rehearsed(steps: readonly Step[], { Steps, Services }: Result): Rehearsal {
  const done = Steps.map(({ Error: error, Subjects }, index) => ({
    ...steps[index],
    ...(error !== null && { error }),
    outcomes: Subjects,
  }));
  return { steps: done, services: Services };
}
