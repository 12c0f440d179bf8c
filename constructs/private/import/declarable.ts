// What of a server can be declared, and how. Each object is declared here once, in a stack that nobody deploys: what the
// library's own rules refuse, or would declare otherwise than it is there, is not printed as code.
import { isNamed, sameName } from "../bookkeeping/declared-objects";
import { RemovalPolicy } from "../bookkeeping/removal-policy";
import { onComputer } from "../lync/edge-computer";
import { LyncScope } from "../lync/lync-scope";
import { freeId } from "../lync/object-id";
import { LyncRunnerProps } from "../lync/runner-props";
import {
  constant,
  FoundObject,
  ListWriting,
  Plain,
  Written,
  WrittenKind,
  writtenKind,
} from "../lync/written";
import { newStack } from "../terraform/stack";
import { TerraformStack } from "../terraform/types";
import { Problem, ValidationError } from "../validation/validation-error";
import type { Environment, Finding } from "./reading";

/** An object that the code declares exactly as it is. */
export interface Declarable {
  readonly kind: string;
  readonly identity: string;
  /** Id of its construct, or of the list that it is on. */
  readonly id: string;
  /** The construct that has it with many others. */
  readonly within?: ListWriting;
  readonly props: Readonly<Record<string, Written>>;
  /** Properties that cannot be declared, with the reason. */
  readonly left: readonly Problem[];
  /** What somebody has to decide about it. */
  readonly decision?: string;
  readonly others: Readonly<Record<string, Plain>>;
}

/** An object that the code cannot declare, with the reasons. */
export interface Undeclarable {
  readonly kind: string;
  readonly identity: string;
  readonly reasons: readonly string[];
}

/** What of a server can be declared, and what cannot. */
export interface Outline {
  readonly objects: readonly Declarable[];
  readonly undeclarable: readonly Undeclarable[];
}

/** A stack that nobody deploys, with the runner that the printed one has. @throws ValidationError where that cannot be right. */
export function scratchStack(runner: LyncRunnerProps): TerraformStack {
  const stack = newStack("import");
  LyncScope.configure(stack, runner);
  return stack;
}

/** Tries all objects in such a stack. */
export function outlineOf(stack: TerraformStack, { findings }: Environment, onlyProcedure: boolean): Outline {
  const wanted = findings.filter((each) => !onlyProcedure || isOfProcedure(each));
  // What decides about others, such as the routing of the Edge, comes last in the procedure and is tried first.
  const tried = [...wanted].reverse().map((each) => tryFinding(stack, each));
  const all = tried.reverse();
  const single = new Set(wanted.filter(isOfProcedure).map(nameOf));
  return {
    objects: withLists(
      all.filter((each) => "props" in each),
      single,
    ),
    undeclarable: all.filter((each) => "reasons" in each),
  };
}

// With fewer, a construct for each is what a reader expects.
const MANY = 20;

/** The same with a list for the objects of a kind where there are many, but for those of the procedure. */
function withLists(objects: readonly Declarable[], single: ReadonlySet<string>): Declarable[] {
  const listFor = ({ kind, identity, decision }: Declarable) =>
    decision || single.has(identity) ? undefined : writtenKind(kind)?.list;
  const counts = new Map<ListWriting, number>();
  for (const list of objects.map(listFor)) if (list) counts.set(list, (counts.get(list) ?? 0) + 1);
  return objects.map((each) => {
    const list = listFor(each);
    return list && (counts.get(list) ?? 0) >= MANY ? { ...each, id: list.construct, within: list } : each;
  });
}

function isOfProcedure({ kind, object }: Finding): boolean {
  return writtenKind(kind)?.inProcedure?.(object) ?? false;
}

function tryFinding(stack: TerraformStack, finding: Finding): Declarable | Undeclarable {
  const { kind, object } = finding;
  const written = writtenKind(kind);
  if (!written) return undeclarable(finding, ["The library has no construct that says how it is written."]);
  const decision = written.stays?.(object);
  const all = propsOf(written, object, decision !== undefined);
  const id = idOf(stack, finding, all);
  const first = attempt(stack, id, finding, written, all);
  if (!first)
    return { kind, identity: nameOf(finding), id, props: all, left: [], decision, others: finding.others };
  const props = withoutRefused(first, propsOf(written, object, true), object);
  if (props && !attempt(stack, `${id}_rest`, finding, written, props))
    return { kind, identity: nameOf(finding), id, props, left: first, decision, others: finding.others };
  return undeclarable(
    finding,
    first.map(({ property, message }) => `${property}: ${message}`),
  );
}

/**
 * The properties without those that the rules refuse, with which the object may do: it stays then when it leaves the code,
 * since nobody could make it anew. None where the name itself is refused.
 */
function withoutRefused(
  problems: readonly Problem[],
  props: Readonly<Record<string, Written>>,
  { identity }: FoundObject,
): Record<string, Written> | undefined {
  const refused = problems.map(({ property }) => property.replace(/\W.*$/s, ""));
  if (refused.some((name) => isNamed(props[name], identity))) return undefined;
  return Object.fromEntries(Object.entries(props).filter(([name]) => !refused.includes(name)));
}

function undeclarable(finding: Finding, reasons: readonly string[]): Undeclarable {
  return { kind: finding.kind, identity: nameOf(finding), reasons };
}

function nameOf({ object }: Finding): string {
  return onComputer(object.identity, object.computerName);
}

/** An id of the name as the code writes it, such as PushNotifications gives to the entries of its lists. */
function idOf(
  stack: TerraformStack,
  { kind, nameless, object: { identity, computerName } }: Finding,
  props: Readonly<Record<string, Written>>,
): string {
  const name = Object.values(props).find((each) => isNamed(each, identity)) ?? identity;
  const parts = [...(nameless ? [] : [name]), ...(computerName ? [computerName] : [])];
  return parts.length > 0 || stack.node.tryFindChild(kind) ? freeId(stack, kind, parts.join(".")) : kind;
}

function propsOf(written: WrittenKind, object: FoundObject, stays: boolean): Record<string, Written> {
  const policy = stays ? constant("RemovalPolicy", RemovalPolicy, RemovalPolicy.RETAIN) : undefined;
  const all = { ...written.props(object), removalPolicy: policy };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, Written] => entry[1] !== undefined),
  );
}

/** Declares it; what is wrong with that, or nothing. */
function attempt(
  stack: TerraformStack,
  id: string,
  finding: Finding,
  { construct }: WrittenKind,
  props: Readonly<Record<string, Written>>,
): readonly Problem[] | undefined {
  const values = Object.entries(props).map(([name, each]) => [name, valueOf(each)]);
  try {
    new construct(stack, id, Object.fromEntries(values) as never);
  } catch (error) {
    if (error instanceof ValidationError) return error.problems;
    throw error;
  }
  const changed = changes(stack, finding);
  return changed.length > 0 ? changed : undefined;
}

/** What a property gets at run time. */
export function valueOf(written: Written): unknown {
  return typeof written === "object" ? written.value : written;
}

/** What a deploy of the declaration would change. A constant may be spelled in another case than on the server. */
function changes(stack: TerraformStack, finding: Finding): Problem[] {
  const declared = LyncScope.of(stack).objects.find(finding.kind, nameOf(finding));
  const settings = Object.entries(declared?.settings ?? { [finding.kind]: "another object" });
  return settings
    .filter(([name, value]) => name !== "Identity" && value !== undefined)
    .filter(([name, value]) => !sameName(String(value), String(finding.object.value(name) ?? "")))
    .map(([name, value]) => ({
      where: finding.kind,
      property: name,
      message: `the library would declare ${String(value)}, which is not what the server has.`,
    }));
}
