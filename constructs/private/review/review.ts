// What a reviewer has to know of one plan: a verdict, what is loud, each change, the cmdlets in their order.
import { titlesOf } from "../bookkeeping/inventory";
import { PlannedResource, PlannedValue } from "../terraform/plan";
import { rawPlan } from "./raw-plan";
import { cmdletLines, isOpen } from "./cmdlet-lines";
import { Difference, Outcome, Rehearsal, RehearsedStep, Service } from "./rehearsal";
import { Words } from "./plain";

/** What happens to an object. */
export type What =
  | "create"
  | "edit in place"
  | "remove and create anew"
  | "remove"
  | "put back to default"
  | "re-apply"
  | "test"
  | "stays, and leaves the code";

/** One object with what happens to it. */
export interface Change {
  readonly kind: string;
  readonly identity: string;
  readonly what: What;
  /** Whether what the server has decides what runs. */
  readonly depends: boolean;
  readonly differences: readonly Difference[];
}

/** The review of one plan. */
export interface Review {
  readonly name: string;
  readonly verdict: Words;
  /** What nobody may overlook. */
  readonly loud: readonly Words[];
  readonly changes: readonly Change[];
  /** Comments and calls, in the order in which they run. */
  readonly cmdlets: readonly string[];
  readonly raw: readonly string[];
  /** Why the deploy would stop. */
  readonly error?: string;
  /** 0: nothing to do; 2: changes; 3: changes that remove something or take something down; 1: the deploy would stop. */
  readonly code: 0 | 1 | 2 | 3;
}

/** Puts the review of a plan together. */
export function reviewOf(name: string, resources: readonly PlannedResource[], rehearsal: Rehearsal): Review {
  const outcomes = rehearsal.steps.flatMap((step) => step.outcomes);
  const changes = [
    ...rehearsal.steps.flatMap((step) => step.outcomes.map(change)),
    ...leaving(resources, outcomes),
  ];
  const others = resources.filter((each) => each.changes && !isOurs(each));
  const failed = rehearsal.steps.find((step) => step.error !== undefined);
  const loud = [
    ...outcomes.flatMap(loudOf),
    ...rehearsal.services.filter((each) => isLost(each, outcomes)).map(goesOff),
    ...othersRemoved(others),
    ...unknownObjects(resources),
  ];
  const nothing = !resources.some((each) => each.changes);
  return {
    name,
    verdict: nothing
      ? ["Nothing to do."]
      : [...counted(changes, others), ...stays(rehearsal.services, outcomes)],
    loud: [...(failed ? [stops(failed)] : []), ...loud],
    changes,
    cmdlets: cmdletLines(rehearsal.steps),
    raw: rawPlan(resources),
    ...(failed && { error: failed.error }),
    code: failed ? 1 : nothing ? 0 : loud.length > 0 ? 3 : 2,
  };
}

function change(outcome: Outcome): Change {
  const { Kind, Identity, Why, Way, State, Differences } = outcome;
  const what = WHAT[Way];
  const depends = Why === "declared" && (State === "absent" || isOpen(outcome));
  return { kind: Kind, identity: Identity, what, depends, differences: Differences };
}

const WHAT: Readonly<Record<Outcome["Way"], What>> = {
  "": "re-apply",
  create: "create",
  change: "edit in place",
  "delete create": "remove and create anew",
  remove: "remove",
  reset: "put back to default",
  test: "test",
};

/** Objects whose record goes while they stay in Lync Server. */
function leaving(resources: readonly PlannedResource[], outcomes: readonly Outcome[]): Change[] {
  const titles = outcomes.map((each) => title(each.Kind, each.Identity));
  return resources
    .filter((each) => each.onDestroy?.script === "Remove-LyncObject" && each.destroys)
    .flatMap((each) => titlesOf(each.rawBefore).filter((name) => !titlesOf(each.rawAfter).includes(name)))
    .filter((name, index, all) => !titles.includes(name.toLowerCase()) && all.indexOf(name) === index)
    .map((name) => {
      const [kind] = name.split(" ", 1);
      const identity = name.slice(kind.length + 1);
      return { kind, identity, what: "stays, and leaves the code", depends: false, differences: [] };
    });
}

function title(kind: string, identity: string): string {
  return `${kind} ${identity}`.toLowerCase();
}

function isOurs({ address, onCreate, onDestroy, before }: PlannedResource): boolean {
  if (onCreate || onDestroy || (before !== undefined && "Cmdlets" in before)) return true;
  // A claim, or the look at the end of a test, that has left the code.
  return /^terraform_data\.\w.*_(Claim|Tested)$/.test(address) && before === undefined;
}

function loudOf(outcome: Outcome): Words[] {
  const { Kind, Identity, Way, Differences } = outcome;
  const object = [`${Kind} `, { data: Identity }];
  if (Way === "remove") return [[...object, " leaves Lync Server."]];
  if (Way === "delete create")
    return [[...object, " is removed and created anew: for a moment Lync Server does not have it."]];
  return Differences.flatMap((each) => off(each, object));
}

function off({ Service, Before, After }: Difference, object: Words): Words[] {
  if (!Service || Before === "$False" || Before === "(none)") return [];
  if (After === "$False")
    return [[`${Service} ${Before === "$True" ? "goes off" : "is off afterwards"}: `, ...object, "."]];
  if (After.startsWith("(")) return [[`${Service} may go off: `, ...object, `, ${After.slice(1, -1)}.`]];
  return [];
}

/** Off, without a difference that says so: with the object itself. */
function isLost({ Kind, Identity, Before, After }: Service, outcomes: readonly Outcome[]): boolean {
  const own = outcomes.filter((each) => title(each.Kind, each.Identity) === title(Kind, Identity));
  return (
    !own.some((each) => each.Way === "remove") &&
    Before === "$True" &&
    After !== "$True" &&
    !own.some((each) => each.Differences.some((one) => one.Service))
  );
}

function goesOff({ Service, Kind, Identity }: Service): Words {
  return [`${Service} goes off with ${Kind} `, { data: Identity }, "."];
}

function othersRemoved(others: readonly PlannedResource[]): Words[] {
  const removed = others.filter((each) => each.destroys);
  if (removed.length === 0) return [];
  return [
    [
      `Terraform removes or replaces ${number(removed.length, "resource")} that no Lync cmdlet is about (see the raw plan).`,
    ],
  ];
}

/** Objects of which the plan does not even tell the name. */
function unknownObjects(resources: readonly PlannedResource[]): Words[] {
  return resources
    .filter(
      (each) => each.creates && each.onCreate?.script === "Set-LyncObject" && isLater(each.after?.Identity),
    )
    .map((each) => [
      { data: each.address },
      " is an object whose identity is known only after the apply: look at it there.",
    ]);
}

function isLater(value: PlannedValue | undefined): boolean {
  return value?.text === undefined;
}

function stops({ address, error = "" }: RehearsedStep): Words {
  return [
    "The deploy stops at ",
    { data: address },
    ", and what follows is not in this report: ",
    { data: error },
  ];
}

/** "2 settings change in place, 1 allowed domain is removed." */
function counted(changes: readonly Change[], others: readonly PlannedResource[]): Words {
  const of = (what: What) => changes.filter((each) => each.what === what);
  const settings = (what: What) => of(what).reduce((sum, each) => sum + each.differences.length, 0);
  const parts = [
    ...phrases(of("create"), "is created", "are created"),
    ...phrase(settings("edit in place"), "setting", "changes in place", "change in place"),
    ...phrases(of("remove and create anew"), "is removed and created anew", "are removed and created anew"),
    ...phrases(of("remove"), "is removed", "are removed"),
    ...phrase(
      of("put back to default").length,
      "object",
      "is put back to default",
      "are put back to default",
    ),
    ...phrases(of("stays, and leaves the code"), "leaves the code and stays", "leave the code and stay"),
    ...phrase(of("re-apply").length, "object", "is applied anew as it is", "are applied anew as they are"),
    ...phrase(of("test").length, "test", "runs", "run"),
    ...phrase(others.length, "other resource of Terraform", "changes", "change"),
  ];
  if (parts.length === 0) return ["No cmdlet runs that changes anything; Terraform's own records change."];
  const depend = changes.filter((each) => each.depends).length;
  const open = depend === 0 ? "" : ` What the server has decides about ${depend} of them.`;
  return [`${parts.join(", ")}.${open}`];
}

function phrases(changes: readonly Change[], one: string, many: string): string[] {
  const kinds = [...new Set(changes.map((each) => each.kind))];
  return kinds.flatMap((kind) =>
    phrase(changes.filter((each) => each.kind === kind).length, noun(kind), one, many),
  );
}

function phrase(count: number, noun_: string, one: string, many: string): string[] {
  return count === 0 ? [] : [`${number(count, noun_)} ${count === 1 ? one : many}`];
}

function number(count: number, noun_: string): string {
  // "other resource of Terraform" has its plural in the middle.
  return `${count} ${count === 1 ? noun_ : noun_.replace(/( of .*)?$/, "s$1")}`;
}

/** "allowed domain" for AllowedDomain. */
function noun(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/** "Federation stays on throughout." */
function stays(services: readonly Service[], outcomes: readonly Outcome[]): Words {
  const moved = outcomes
    .filter((each) => each.Way === "delete create")
    .map((each) => title(each.Kind, each.Identity));
  return [...new Set(services.map((each) => each.Service))].flatMap((name) => {
    const own = services.filter((each) => each.Service === name);
    if (own.some((each) => each.After !== "$True" || moved.includes(title(each.Kind, each.Identity))))
      return [];
    const throughout = own.every((each) => each.Before === "$True");
    return [` ${name} ${throughout ? "stays on throughout" : "is on afterwards"}.`];
  });
}
