// What nobody may overlook in a report: what leaves, what goes off, and what no report can know.
import { PlannedResource, PlannedValue } from "../terraform/plan";
import { number, title } from "./changes";
import { Words } from "./plain";
import { Difference, Outcome, RehearsedStep, Service } from "./rehearsal";

/** One warning for each such thing. */
export function warningsOf(
  resources: readonly PlannedResource[],
  others: readonly PlannedResource[],
  services: readonly Service[],
  outcomes: readonly Outcome[],
): Words[] {
  return [
    ...outcomes.flatMap(loudOf),
    ...services.filter((each) => isLost(each, outcomes)).map(goesOff),
    ...othersRemoved(others),
    ...unknownObjects(resources),
  ];
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

/** That the deploy ends before its end. */
export function stops({ address, error = "" }: RehearsedStep): Words {
  return [
    "The deploy stops at ",
    { data: address },
    ", and what follows is not in this report: ",
    { data: error },
  ];
}
