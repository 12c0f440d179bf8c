// What happens to each object of Lync Server, and how it is called.
import { titlesOf } from "../bookkeeping/inventory";
import { PlannedResource } from "../terraform/plan";
import { isOpen } from "./cmdlet-lines";
import { Difference, Outcome } from "./rehearsal";

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

/** What the steps do, and what they leave. */
export function changesOf(resources: readonly PlannedResource[], outcomes: readonly Outcome[]): Change[] {
  return [...outcomes.map(change), ...leaving(resources, outcomes)];
}

function change(outcome: Outcome): Change {
  const { Kind, Identity, Why, Way, State, Differences } = outcome;
  const depends = Why === "declared" && (State === "absent" || isOpen(outcome));
  return { kind: Kind, identity: Identity, what: WHAT[Way], depends, differences: Differences };
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
  const titles = new Set(outcomes.map((each) => title(each.Kind, each.Identity)));
  const names = resources
    .filter((each) => each.onDestroy?.script === "Remove-LyncObject" && each.destroys)
    .flatMap((each) => {
      const left = new Set(titlesOf(each.rawAfter));
      return titlesOf(each.rawBefore).filter((name) => !left.has(name));
    });
  return [...new Set(names)]
    .filter((name) => !titles.has(name.toLowerCase()))
    .map((name) => {
      const [kind] = name.split(" ", 1);
      const identity = name.slice(kind.length + 1);
      return { kind, identity, what: "stays, and leaves the code", depends: false, differences: [] };
    });
}

/** What happens, in words that say where the server decides about it. */
export function happens({ what, depends }: Change): string {
  if (!depends) return what;
  if (what === "create") return "create, if it is not there";
  return what === "edit in place" ? "edit in place, where it differs" : `${what}, if the server needs it`;
}

/** The name by which two steps are about the same object. */
export function title(kind: string, identity: string): string {
  return `${kind} ${identity}`.toLowerCase();
}

/** "2 allowed domains". */
export function number(count: number, noun: string): string {
  // "other resource of Terraform" has its plural in the middle.
  return `${count} ${count === 1 ? noun : noun.replace(/( of .*)?$/, "s$1")}`;
}

/** "allowed domain" for AllowedDomain. */
export function nounOf(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
