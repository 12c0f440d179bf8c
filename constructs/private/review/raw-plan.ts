// What Terraform itself says of a plan, resource by resource: only values that change, none that is sensitive.
import { PlannedResource, PlannedValue } from "../terraform/plan";
import { visible } from "./plain";

/** One line per resource that changes, and one per value. */
export function rawPlan(resources: readonly PlannedResource[]): string[] {
  return resources
    .filter((each) => each.changes)
    .flatMap((each) => [visible(headline(each)), ...values(each)]);
}

function headline({ address, creates, destroys, tainted }: PlannedResource): string {
  const sign = creates && destroys ? "-/+" : creates ? "+" : destroys ? "-" : "~";
  return `${sign} ${address}${tainted ? " (tainted)" : ""}`;
}

function values({ before = {}, after = {} }: PlannedResource): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !same(before[name], after[name]))
    .map((name) => `    ${visible(name)}: ${shown(before[name])} -> ${shown(after[name])}`);
}

function same(one: PlannedValue | undefined, other: PlannedValue | undefined): boolean {
  return one?.text === other?.text && (one === undefined) === (other === undefined);
}

function shown(value: PlannedValue | undefined): string {
  if (value === undefined) return "null";
  if (value.sensitive) return "(sensitive value)";
  return value.text === undefined ? "(known after apply)" : visible(JSON.stringify(value.text));
}
