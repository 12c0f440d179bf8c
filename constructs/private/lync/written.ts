// How an object that a server has is written in code: each construct says it of its own kind, for an import.
import { Construct } from "constructs";
import { isNamed } from "../bookkeeping/declared-objects";
import { LyncObject } from "./lync-object";

/** A value of one of the types that a setting has. */
export type Plain = string | number | boolean;

/** An object as it was read from a server. */
export class FoundObject {
  public constructor(
    /** Its name, without the computer that it is on. */
    public readonly identity: string,
    /** Name of the computer with the Edge that it is on; undefined is Lync Server itself, or the runner. */
    public readonly computerName: string | undefined,
    private readonly settings: Readonly<Record<string, Plain>>,
    /** The settings that a new object has as well. */
    private readonly initial: readonly string[],
    /** Whether nothing but the procedure's own is wanted. */
    public readonly onlyProcedure: boolean,
  ) {}

  /** The setting by the name of the cmdlet's parameter; undefined where the object has none. */
  public value(parameter: string): Plain | undefined {
    return this.settings[parameter];
  }

  /** The same of a property that is left as it is where the code leaves it out: it is written where a new object has another. */
  public special(parameter: string): Plain | undefined {
    return this.initial.includes(parameter) ? undefined : this.settings[parameter];
  }
}

/** A value that is no literal in code. */
export interface Expression {
  /** The code. */
  readonly code: string;
  /** The name that it takes from the library. @default - none */
  readonly uses?: string;
  readonly value: unknown;
}

/** What a property gets. */
export type Written = Plain | Expression;

/** A construct that declares many objects of one kind. */
export interface ListWriting {
  readonly construct: string;
  /** Its property that has them. */
  readonly property: string;
  /** Property of each that may stand alone, where there is no other. */
  readonly name: string;
}

/** How the objects of one kind are written. */
export interface Writing<Props> {
  /** The properties that declare what was found, in the order in which they are written; undefined ones are left out. */
  readonly props: (found: FoundObject) => { readonly [Name in keyof Props]?: Written };
  /** Whether it is an object of the procedure. @default - none is */
  readonly inProcedure?: (found: FoundObject) => boolean;
  /** Why it should stay on the server when it leaves the code, and what is to be decided. @default - nothing does */
  readonly stays?: (found: FoundObject) => string | undefined;
  /** What has them where there are many. @default - each has a construct of its own */
  readonly list?: ListWriting;
}

/** The same with the construct that is written. */
export interface WrittenKind extends Writing<Record<string, unknown>> {
  readonly construct: new (scope: Construct, id: string, props: never) => LyncObject;
}

const KINDS = new Map<string, WrittenKind>();

/** Says how the objects of the construct's kind are written. The class has the name of the kind. */
export function writtenAs<Props>(
  construct: new (scope: Construct, id: string, props: Props) => LyncObject,
  writing: Writing<Props>,
): void {
  KINDS.set(construct.name, { ...(writing as Writing<Record<string, unknown>>), construct });
}

/** How the objects of the kind are written; undefined where no construct that is loaded says so. */
export function writtenKind(kind: string): WrittenKind | undefined {
  return KINDS.get(kind);
}

/**
 * A value that the library has a constant for, which a server may spell in another case; what is none of them is written as
 * it is, and refused by its rule.
 */
export function constant(
  name: string,
  values: Readonly<Record<string, string>>,
  value: Plain | undefined,
): Written | undefined {
  const key = Object.keys(values).find((each) => isNamed(value, values[each]));
  return key === undefined ? value : { code: `${name}.${key}`, uses: name, value: values[key] };
}
