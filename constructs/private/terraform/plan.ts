// A plan of Terraform as `terraform show -json` writes it: what happens to each resource, and what its provisioners run.
import { basename, dirname } from "node:path";
import type { Script } from "./local-exec";
import { ReaderTrigger } from "./settings-variable";
import { unescaped } from "./terraform-text";

/** A value of a resource, as the plan tells it. */
export interface PlannedValue {
  /** Undefined where it is known only after the apply. */
  readonly text?: string;
  readonly sensitive: boolean;
}

/** What a local-exec of this library runs; texts are raw, as Terraform would still read them. */
export interface PlannedScript {
  readonly script: string;
  readonly powerShell: string;
  /** Digest of all scripts, as it stands in the path. */
  readonly digest: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** One resource of the root module, whether it changes or not. */
export interface PlannedResource {
  readonly address: string;
  readonly creates: boolean;
  readonly destroys: boolean;
  /** Whether anything is done about it. */
  readonly changes: boolean;
  /** It failed when it was applied last, or was interrupted. */
  readonly tainted: boolean;
  readonly id?: string;
  /** Its triggers, or its input; undefined where there are none, or where they are no map. */
  readonly before?: Readonly<Record<string, PlannedValue>>;
  readonly after?: Readonly<Record<string, PlannedValue>>;
  /** The same as they are, whatever that is. */
  readonly rawBefore: unknown;
  readonly rawAfter: unknown;
  readonly onCreate?: PlannedScript;
  readonly onDestroy?: PlannedScript;
  /** Addresses of what it comes after. */
  readonly dependsOn: readonly string[];
}

/** Something about the text that was given, which its giver can do something about. */
export class PlanError extends Error {}

const FIX = "Give what `terraform show -json PLANFILE` prints.";

/** Reads the JSON; throws a {@link PlanError} where it is none of a plan. */
export function readPlan(json: string): PlannedResource[] {
  if (json.startsWith("PK")) throw new PlanError(`This is a plan file, not its JSON. ${FIX}`);
  const plan = parsed(json);
  if (!Array.isArray(plan.resource_changes) && plan.planned_values === undefined)
    throw new PlanError(
      `This JSON is none of a plan: it has neither resource_changes nor planned_values. ${FIX}`,
    );
  if (plan.errored === true)
    throw new PlanError("This plan did not come to its end: Terraform reports an error in it. Plan again.");
  const configured = new Map(
    (plan.configuration?.root_module?.resources ?? []).map((each) => [each.address, each]),
  );
  return (plan.resource_changes ?? [])
    .filter((each) => each.mode !== "data")
    .map((each) =>
      resource(each, each.deposed === undefined ? configured.get(configAddress(each)) : undefined),
    );
}

/** The settings of an object among its triggers: what stands there for readers alone is left out, and what is null. */
export function settingsOf(
  triggers: Readonly<Record<string, PlannedValue>> = {},
): Readonly<Record<string, PlannedValue>> {
  const readers: string[] = Object.values(ReaderTrigger);
  return Object.fromEntries(Object.entries(triggers).filter(([name]) => !readers.includes(name)));
}

interface Json {
  readonly errored?: boolean;
  readonly planned_values?: unknown;
  readonly resource_changes?: readonly JsonChange[];
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly JsonConfig[] } };
}

interface JsonChange {
  readonly address: string;
  readonly module_address?: string;
  readonly mode: string;
  readonly index?: unknown;
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
    readonly after_unknown: unknown;
    readonly before_sensitive: unknown;
    readonly after_sensitive: unknown;
  };
}

type Attributes = Readonly<Record<string, unknown>>;

interface JsonConfig {
  readonly address: string;
  readonly depends_on?: readonly string[];
  readonly expressions?: unknown;
  readonly provisioners?: readonly JsonProvisioner[];
}

interface JsonProvisioner {
  readonly type: string;
  readonly expressions?: {
    readonly command?: { readonly constant_value?: unknown };
    readonly interpreter?: { readonly constant_value?: unknown };
    readonly environment?: { readonly constant_value?: unknown; readonly references?: readonly string[] };
  };
}

function parsed(json: string): Json {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null) return value as Json;
  } catch {
    // said below, in words that help
  }
  throw new PlanError(`This is no JSON object. ${FIX}`);
}

function configAddress({ address, module_address: module, index }: JsonChange): string {
  // A resource of a module has its configuration elsewhere; none of them is this library's.
  if (module !== undefined) return "";
  return index === undefined ? address : address.replace(/\[[^\]]*\]$/, "");
}

function resource(row: JsonChange, config?: JsonConfig): PlannedResource {
  const { change } = row;
  const scripts = (config?.provisioners ?? []).flatMap((each) => scriptOf(each));
  return {
    address: row.address,
    creates: change.actions.includes("create"),
    destroys: change.actions.includes("delete"),
    changes: change.actions.some((action) => !["no-op", "read"].includes(action)),
    tainted: row.action_reason === "replace_because_tainted",
    id: typeof change.before?.id === "string" ? change.before.id : undefined,
    rawBefore: change.before?.triggers_replace ?? change.before?.input,
    rawAfter: change.after?.triggers_replace ?? change.after?.input,
    before: values(change.before, {}, change.before_sensitive),
    after: values(change.after, change.after_unknown, change.after_sensitive),
    onCreate: scripts.find(({ script }) => !AT_DESTROY.includes(script)),
    onDestroy: scripts.find(({ script }) => AT_DESTROY.includes(script)),
    dependsOn: [
      ...(config?.depends_on ?? []),
      ...references(config?.expressions),
      ...references(config?.provisioners),
    ],
  };
}

// The JSON does not tell when a provisioner runs.
const AT_DESTROY: readonly string[] = ["Remove-LyncObject", "Confirm-LyncDestroy"] satisfies Script[];

function scriptOf({ type, expressions }: JsonProvisioner): PlannedScript[] {
  const command = expressions?.command?.constant_value;
  const environment = expressions?.environment?.constant_value;
  const interpreter = expressions?.interpreter?.constant_value;
  if (type !== "local-exec" || typeof command !== "string" || !command.endsWith(".ps1")) return [];
  if (typeof environment !== "object" || environment === null || !("LYNC_MODULE" in environment)) return [];
  return [
    {
      script: basename(command, ".ps1"),
      digest: basename(dirname(command)),
      powerShell: Array.isArray(interpreter) ? unescaped(String(interpreter[0])) : "",
      environment: environment as Record<string, string>,
    },
  ];
}

/** Addresses of the resources that an expression of the configuration refers to. */
function references(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap((each) => references(each));
  if (typeof expression !== "object" || expression === null) return [];
  return Object.entries(expression).flatMap(([name, value]) =>
    name === "references" && Array.isArray(value) ? value.map(String) : references(value),
  );
}

const ATTRIBUTES = ["triggers", "triggers_replace", "input"];

function values(
  attributes: Attributes | null,
  unknown: unknown,
  sensitive: unknown,
): Record<string, PlannedValue> | undefined {
  if (attributes === null) return undefined;
  for (const name of ATTRIBUTES) {
    const map = attributes[name];
    const [open, hidden] = [part(unknown, name), part(sensitive, name)];
    if (!isMap(map) && !isMap(open)) continue;
    const known = Object.entries(isMap(map) ? map : {}).filter(([, value]) => value !== null);
    const later = Object.keys(isMap(open) ? open : {}).filter((key) => part(open, key) === true);
    return Object.fromEntries([
      ...known.map(([key, value]) => [key, { text: textOf(value), sensitive: isMarked(part(hidden, key)) }]),
      ...later.map((key) => [key, { sensitive: isMarked(part(hidden, key)) }]),
    ]);
  }
  return undefined;
}

function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Whether the mark is on any part of it. */
function isMarked(mark: unknown): boolean {
  return mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(isMarked));
}

/** A mark of the whole counts for each part of it. */
function part(marks: unknown, name: string): unknown {
  if (marks === true) return true;
  return isMap(marks) ? marks[name] : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
