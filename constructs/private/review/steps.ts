// The steps of a plan in the order in which Terraform runs them, each with the variables that its script gets.
import { titlesOf } from "../bookkeeping/inventory";
import { driftedIn, listedIn, NOT_THERE } from "../terraform/listed-settings";
import { textVariables } from "../terraform/long-text";
import { PlannedResource, PlannedScript, settingsOf } from "../terraform/plan";
import { unescaped } from "../terraform/terraform-text";

/** One script of the deploy. */
export interface Step {
  readonly address: string;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** An object of Lync Server before the deploy. */
export interface AppliedRow {
  /** None where the object has left the code. */
  readonly Kind?: string;
  readonly Settings: Readonly<Record<string, string>>;
  readonly Creation: Readonly<Record<string, string>>;
  /** Names of settings whose values are sensitive. */
  readonly Hidden: string;
  /** `first`: never applied; `uncertain`: it has been changed by hand since. */
  readonly State: "applied" | "first" | "uncertain";
}

// The scripts that say what a deploy will find know this text by heart (see rehearsal/Picture.ps1).
const AFTER_APPLY = "\u0001known after apply";

const SET = "Set-LyncObject";
const SET_LIST = "Set-LyncObjectList";

/** What resources with the same needs come after each other: the procedure's order, then by name. */
const ORDER = [
  "Test-LyncRunner",
  "Confirm-LyncObject",
  SET,
  SET_LIST,
  "Complete-LyncStack",
  "Test-LyncObject",
  "Confirm-LyncTest",
];

/**
 * The steps of a plan. What Terraform runs side by side stands one after the other here. A destroy looks first whether it
 * is one of the whole stack, which no plan tells.
 */
export function stepsOf(resources: readonly PlannedResource[], live: boolean): Step[] {
  const ordered = inOrder(resources);
  const destroys = [...ordered]
    .reverse()
    .flatMap((each) => (each.destroys && each.onDestroy ? [step(each, each.onDestroy, resources)] : []));
  const creates = ordered.flatMap((each) =>
    each.creates && each.onCreate ? [step(each, each.onCreate, resources)] : [],
  );
  // Without the server nobody can check the runner, and the closing step finds all as the steps before it have left it.
  const skipped = ["Confirm-LyncDestroy", ...(live ? [] : ["Test-LyncRunner", "Complete-LyncStack"])];
  // What is known of an object only after the apply is a line of the report, and no step.
  const isKnown = ({ environment }: Step) => environment.LYNC_SETTINGS !== "{}";
  return [...destroys, ...creates].filter((each) => !skipped.includes(each.script) && isKnown(each));
}

/** Kind and identity of all that the stack declared last. */
export function titlesBefore(resources: readonly PlannedResource[]): string[] {
  const lists = resources.filter((each) => each.onDestroy?.script === "Remove-LyncObject");
  return [...new Set(lists.flatMap((each) => titlesOf(each.rawBefore)))];
}

/** What the stack has applied so far; of what it has not, what it will. */
export function appliedOf(resources: readonly PlannedResource[]): AppliedRow[] {
  const objects = resources.flatMap((each) => (isList(each) ? listed(each) : isObject(each) ? [each] : []));
  // A row that comes later wins: what one construct has applied may be another one's from now on.
  const first = objects.filter(isNew).map((each) => row(each, each.after, "first"));
  const known = objects
    .filter((each) => each.before && !each.tainted)
    .map((each) =>
      drifted(each)
        ? row(each, each.after, each.after?.Drift?.text?.startsWith(NOT_THERE) ? "first" : "uncertain")
        : row(each, each.before, "applied"),
    );
  return [...first, ...known].filter((each) => each.Settings.Identity !== undefined);
}

function isList({ onCreate, after, before }: PlannedResource): boolean {
  if (onCreate) return onCreate.script === SET_LIST;
  return hasLeft({ after, before }) && listedIn(settingsOf(before)).size > 0;
}

/** The objects of a list, each as if it had a resource of its own. One that is gone has never been applied. */
function listed(resource: PlannedResource): PlannedResource[] {
  const [before, after] = [resource.before, resource.after].map((each) => listedIn(settingsOf(each)));
  const { Drift } = resource.after ?? {};
  const drift = Drift && drifted(resource) ? driftedIn(Drift.text ?? "") : new Map<string, boolean>();
  return [...new Set([...before.keys(), ...after.keys()])].map((identity) => {
    const settings = after.get(identity);
    return {
      ...resource,
      before: drift.get(identity) === false ? undefined : before.get(identity),
      after: settings && Drift && drift.has(identity) ? { ...settings, Drift } : settings,
    };
  });
}

function isNew({ before, after, tainted }: PlannedResource): boolean {
  return (
    after !== undefined && (before === undefined || tainted || before.Identity?.text !== after.Identity?.text)
  );
}

function isObject({ onCreate, after, before }: PlannedResource): boolean {
  if (onCreate) return onCreate.script === SET;
  // Those of a test name no object.
  return hasLeft({ after, before }) && before !== undefined && "Identity" in before;
}

/** It has left the code: only its triggers tell what it was. */
function hasLeft({ after, before }: Pick<PlannedResource, "after" | "before">): boolean {
  return after === undefined && before !== undefined && "Cmdlets" in before;
}

function drifted({ before, after }: PlannedResource): boolean {
  return after?.Drift !== undefined && after.Drift.text !== before?.Drift?.text;
}

function row(
  { onCreate }: PlannedResource,
  triggers: PlannedResource["after"],
  State: AppliedRow["State"],
): AppliedRow {
  const creation = onCreate?.environment.LYNC_CREATION;
  return {
    ...(onCreate && { Kind: onCreate.environment.LYNC_KIND }),
    Settings: marked(triggers),
    Creation: creation ? JSON.parse(unescaped(creation)) : {},
    Hidden: hidden(triggers),
    State,
  };
}

function step(resource: PlannedResource, planned: PlannedScript, all: readonly PlannedResource[]): Step {
  const environment = { ...constants(planned), ...computed(resource, planned, all) };
  return { address: resource.address, script: planned.script, environment };
}

/** What the code gives as it stands. Reports are written and replication is noted by a deploy alone. */
function constants({ environment }: PlannedScript): Record<string, string> {
  const left =
    /^LYNC_(SETTINGS(_\d+)?|LIST_\d+|BEFORE_\d+|OBJECTS_\d+|TESTS_\d+|REPORT_DIRECTORY|REPLICATION_MARK|HIDDEN)$/;
  const rows = Object.entries(environment).filter(
    ([name, value]) => !left.test(name) && !/(?<!\$)\$\{/.test(value.replace(/\$\$\{/g, "")),
  );
  return Object.fromEntries(rows.map(([name, value]) => [name, unescaped(value)]));
}

/** What Terraform would put in, from the plan. */
function computed(
  resource: PlannedResource,
  { script, environment }: PlannedScript,
  all: readonly PlannedResource[],
): Record<string, string> {
  if (script === "Remove-LyncObject")
    return textVariables("LYNC_BEFORE", JSON.stringify(resource.rawBefore ?? {}));
  if (script === SET_LIST)
    return {
      ...textVariables("LYNC_SETTINGS", JSON.stringify(marked(resource.after))),
      ...textVariables("LYNC_LIST", JSON.stringify({ Hidden: hidden(resource.after) })),
    };
  if (script === "Complete-LyncStack")
    return textVariables("LYNC_OBJECTS", JSON.stringify({ Objects: objects(all) }));
  const settings = settingsFor(resource, script, all);
  const ids = Object.entries(environment).filter(([name]) => ["LYNC_CLAIM", "LYNC_TEST_ID"].includes(name));
  return {
    ...(environment.LYNC_SETTINGS && {
      LYNC_SETTINGS: JSON.stringify(marked(settings)),
      LYNC_HIDDEN: hidden(settings),
    }),
    ...Object.fromEntries(ids.map(([name, value]) => [name, idOf(value, resource, all)])),
  };
}

/** A claim looks at what its object declares, and the look at a test's end at what the test does. */
function settingsFor(resource: PlannedResource, script: string, all: readonly PlannedResource[]) {
  if (script === "Confirm-LyncObject")
    return all.find(
      (each) => each.onCreate?.script === SET && refersTo(each.onCreate.environment.LYNC_CLAIM, resource),
    )?.after;
  if (script === "Confirm-LyncTest")
    return all.find(
      (each) =>
        each.onCreate?.script === "Test-LyncObject" &&
        refersTo(resource.onCreate?.environment.LYNC_TEST_ID, each),
    )?.after;
  return resource.after;
}

function refersTo(expression: string | undefined, { address }: PlannedResource): boolean {
  return expression === `\${${address}.id}`;
}

/** The id by which the runner has its notes; a resource that is made anew has none yet, and goes by its address. */
function idOf(expression: string, own: PlannedResource, all: readonly PlannedResource[]): string {
  const meant = expression === "${self.id}" ? own : all.find((each) => refersTo(expression, each));
  return (meant?.creates ? undefined : meant?.id) ?? meant?.address ?? "";
}

function objects(all: readonly PlannedResource[]): object[] {
  return inOrder(all)
    .filter((each) => appliesObjects(each) && each.after)
    .map((each) => {
      const { LYNC_KIND, LYNC_CREATION, LYNC_CLAIM, LYNC_CLAIM_WAY } = each.onCreate?.environment ?? {};
      return {
        Kind: LYNC_KIND,
        [isList(each) ? "List" : "Settings"]: marked(each.after),
        Creation: LYNC_CREATION ? JSON.parse(unescaped(LYNC_CREATION)) : {},
        Hidden: hidden(each.after),
        ...(LYNC_CLAIM && { Claim: idOf(LYNC_CLAIM, each, all), ClaimWay: LYNC_CLAIM_WAY }),
      };
    });
}

/** Settings with the mark that the scripts expect. */
function marked(triggers: PlannedResource["after"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settingsOf(triggers)).map(([name, { text }]) => [name, `:${text ?? AFTER_APPLY}`]),
  );
}

function hidden(triggers: PlannedResource["after"]): string {
  return Object.entries(settingsOf(triggers))
    .filter(([, value]) => value.sensitive)
    .map(([name]) => name)
    .join(" ");
}

function appliesObjects({ onCreate }: PlannedResource): boolean {
  return onCreate !== undefined && [SET, SET_LIST].includes(onCreate.script);
}

/** Each resource after those that it depends on. */
function inOrder(resources: readonly PlannedResource[]): PlannedResource[] {
  const all = new Map(resources.map((each) => [each.address, each]));
  const objects_ = resources.filter(appliesObjects);
  const done = new Set<PlannedResource>();
  const visit = (each: PlannedResource) => {
    if (done.has(each)) return;
    done.add(each);
    // The closing step refers to all objects by a local value, which no plan shows.
    if (each.onCreate?.script === "Complete-LyncStack") objects_.forEach(visit);
    sorted(each.dependsOn.flatMap((address) => all.get(address) ?? [])).forEach(visit);
    ordered.push(each);
  };
  const ordered: PlannedResource[] = [];
  sorted(resources).forEach(visit);
  return ordered;
}

function sorted(resources: readonly PlannedResource[]): PlannedResource[] {
  const rank = ({ onCreate }: PlannedResource) => (onCreate ? ORDER.indexOf(onCreate.script) : -1);
  return [...resources].sort((one, other) => rank(one) - rank(other) || compare(one.address, other.address));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
