// What a reviewer has to know of one plan: a verdict, what is loud, each change, the cmdlets in their order.
import { PlannedResource } from "../terraform/plan";
import { rawPlan } from "./raw-plan";
import { Change, changesOf } from "./changes";
import { cmdletLines } from "./cmdlet-lines";
import { graph } from "./graph";
import { Rehearsal } from "./rehearsal";
import { Words } from "./plain";
import { verdictOf } from "./verdict";
import { stops, warningsOf } from "./warnings";

/** The review of one plan. */
export interface Review {
  readonly name: string;
  readonly verdict: Words;
  /** What nobody may overlook. */
  readonly loud: readonly Words[];
  /** What a look at the server found changed by hand. */
  readonly found: readonly Words[];
  readonly changes: readonly Change[];
  /** Comments and calls, in the order in which they run. */
  readonly cmdlets: readonly string[];
  /** The environment in Mermaid. */
  readonly picture: readonly string[];
  readonly raw: readonly string[];
  /** Why the deploy would stop. */
  readonly error?: string;
  /** 0: nothing to do; 2: changes; 3: changes that remove something or take something down; 1: the deploy would stop. */
  readonly code: 0 | 1 | 2 | 3;
}

/** Puts the review of a plan together. */
export function reviewOf(name: string, resources: readonly PlannedResource[], rehearsal: Rehearsal): Review {
  const { steps, services } = rehearsal;
  const outcomes = steps.flatMap((step) => step.outcomes);
  const changes = changesOf(resources, outcomes);
  const others = resources.filter((each) => each.changes && !isOurs(each));
  const failed = steps.find((step) => step.error !== undefined);
  const loud = warningsOf(resources, others, services, outcomes);
  const nothing = !resources.some((each) => each.changes);
  return {
    name,
    verdict: nothing ? ["Nothing to do."] : verdictOf(changes, others, services, outcomes),
    loud: [...(failed ? [stops(failed)] : []), ...loud],
    found: resources.flatMap(foundByHand),
    changes,
    cmdlets: cmdletLines(steps),
    picture: graph(name, resources, changes),
    raw: rawPlan(resources),
    ...(failed && { error: failed.error }),
    code: failed ? 1 : nothing ? 0 : loud.length > 0 ? 3 : 2,
  };
}

function isOurs({ address, onCreate, onDestroy, before }: PlannedResource): boolean {
  if (onCreate || onDestroy || (before !== undefined && "Cmdlets" in before)) return true;
  // A claim, or the look at the end of a test, that has left the code.
  return /^terraform_data\.\w.*_(Claim|Tested)$/.test(address) && before === undefined;
}

/** What the synthesis has seen, where it was asked to look. */
function foundByHand({ onCreate, before, after }: PlannedResource): Words[] {
  const drift = after?.Drift;
  if (!onCreate || drift?.text === undefined || drift.sensitive || drift.text === before?.Drift?.text)
    return [];
  const object = [`${onCreate.environment.LYNC_KIND} `, { data: after?.Identity?.text ?? "" }];
  return [["Changed by hand: ", ...object, ", ", { data: drift.text }]];
}
