// The first sentences of a report: what happens, counted, and what stays on.
import { PlannedResource } from "../terraform/plan";
import { Change, nounOf, number, title, What } from "./changes";
import { Words } from "./plain";
import { Outcome, Service } from "./rehearsal";

/** "2 settings change in place, 1 allowed domain is removed. Federation stays on throughout." */
export function verdictOf(
  changes: readonly Change[],
  others: readonly PlannedResource[],
  services: readonly Service[],
  outcomes: readonly Outcome[],
): Words {
  const parts = counted(changes, others);
  if (parts.length === 0) return ["No cmdlet runs that changes anything; Terraform's own records change."];
  const depend = changes.filter((each) => each.depends).length;
  const open =
    depend === 0 ? [] : [` For ${number(depend, "object")}, what Lync Server has now decides what runs.`];
  return [`${parts.join(", ")}.`, ...open, ...stays(services, outcomes)];
}

function counted(changes: readonly Change[], others: readonly PlannedResource[]): string[] {
  const of = (what: What) => changes.filter((each) => each.what === what);
  const settings = of("edit in place").reduce((sum, each) => sum + each.differences.length, 0);
  return [
    ...kinds(of("create"), "is created", "are created"),
    ...phrase(settings, "setting", "changes in place", "change in place"),
    ...kinds(of("remove and create anew"), "is removed and created anew", "are removed and created anew"),
    ...kinds(of("remove"), "is removed", "are removed"),
    ...kinds(of("put back to default"), "is put back to default", "are put back to default"),
    ...kinds(of("stays, and leaves the code"), "leaves the code and stays", "leave the code and stay"),
    ...phrase(of("re-apply").length, "object", "is applied anew as it is", "are applied anew as they are"),
    ...phrase(of("test").length, "test", "runs", "run"),
    ...phrase(others.length, "other resource of Terraform", "changes", "change"),
  ];
}

/** "1 hosting provider and 2 allowed domains are created" */
function kinds(changes: readonly Change[], one: string, many: string): string[] {
  if (changes.length === 0) return [];
  const names = [...new Set(changes.map((each) => each.kind))];
  const counts = names.map((kind) =>
    number(changes.filter((each) => each.kind === kind).length, nounOf(kind)),
  );
  return [`${listed(counts)} ${changes.length === 1 ? one : many}`];
}

function phrase(count: number, noun: string, one: string, many: string): string[] {
  return count === 0 ? [] : [`${number(count, noun)} ${count === 1 ? one : many}`];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** "Federation stays on throughout." */
function stays(services: readonly Service[], outcomes: readonly Outcome[]): Words {
  const moved = outcomes
    .filter((each) => each.Way === "delete create")
    .map((each) => title(each.Kind, each.Identity));
  const names = [...new Set(services.map((each) => each.Service))];
  const own = (name: string) => services.filter((each) => each.Service === name);
  const isOn = ({ Kind, Identity, After }: Service) =>
    After === "$True" && !moved.includes(title(Kind, Identity));
  const on = names.filter((name) => own(name).every(isOn));
  const throughout = on.filter((name) => own(name).every((each) => each.Before === "$True"));
  const afterwards = on.filter((name) => !throughout.includes(name));
  return [
    ...sentence(throughout, "stays on throughout", "stay on throughout"),
    ...sentence(afterwards, "is on afterwards", "are on afterwards"),
  ];
}

function sentence(names: readonly string[], one: string, many: string): Words {
  if (names.length === 0) return [];
  const within = names.map((name, index) => (index === 0 ? name : name[0].toLowerCase() + name.slice(1)));
  return [` ${listed(within)} ${names.length === 1 ? one : many}.`];
}
