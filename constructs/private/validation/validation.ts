// Checks the properties of one construct against its table of rules and collects all that is wrong.
import { Construct } from "constructs";
import { placeOf } from "./place";
import { Problem, ValidationError } from "./validation-error";
import { Rule, show } from "./rules";

/** One rule for every property of a construct: what has no rule is not a property. */
export type Rules<Props> = { readonly [Name in keyof Required<Props>]: Rule };

/** All that is wrong with one construct. */
export class Problems {
  private readonly found: Problem[] = [];

  public constructor(
    private readonly kind: string,
    private readonly scope: Construct,
  ) {}

  /** Adds a problem that no single property's rule can see. */
  public add(property: string, message: string): void {
    this.found.push({ where: `${this.kind} at ${show(placeOf(this.scope))}`, property, message });
  }

  /**
   * Holds every property against its rule; a name without a rule is a typing error that would be lost silently.
   * `prefix` is what stands before the names in the code, where the properties are a group inside of others.
   */
  public check<Props extends object>(props: Props, rules: Rules<Props>, prefix = ""): this {
    this.read(props, rules, prefix);
    return this;
  }

  /** The same, and answers with the properties as they were read: from then on nothing can change them. */
  public read<Props extends object>(given: Props, rules: Rules<Props>, prefix = ""): Props {
    const names = Object.keys(rules);
    const read = this.snapshot(prefix ? prefix.slice(0, -1) : "props", given, names, prefix);
    if (!read) throw new ValidationError(this.found);
    for (const [name, value] of Object.entries(read)) {
      const message = names.includes(name)
        ? judge((rules as Record<string, Rule>)[name], value)
        : noProperty(name, names);
      if (message !== undefined) this.add(prefix + (/^\w+$/.test(name) ? name : show(name)), message);
    }
    return read as Props;
  }

  /** What the object has, and these names, read once; undefined and a problem where it is no object at all. */
  public snapshot(
    property: string,
    given: unknown,
    names: readonly string[] = [],
    prefix = "",
  ): Record<string, unknown> | undefined {
    const own = namesOf(given);
    if (!own) {
      const allowed = names.length > 0 ? ` with the properties ${names.join(", ")}` : "";
      this.add(property, `${show(given)} is not an object. Allowed: an object${allowed}.`);
      return undefined;
    }
    const read = Object.create(null) as Record<string, unknown>;
    for (const name of new Set([...names, ...own])) {
      try {
        read[name] = (given as Record<string, unknown>)[name];
      } catch (error) {
        this.add(
          prefix + name,
          `cannot be read: ${show((error as Partial<Error> | null)?.message)}. Give it a plain value.`,
        );
      }
    }
    return read;
  }

  /** The object of a property that may be left out, with its own properties read once. */
  public object<T extends object>(property: string, given: T | undefined): T | undefined {
    return given === undefined ? undefined : (this.snapshot(property, given) as T | undefined);
  }

  /** The objects of a list that may be left out; what is none is a problem and left out. */
  public objects<T extends object>(property: string, given: readonly T[] | undefined): T[] | undefined {
    if (given === undefined) return undefined;
    const list = listOf(given);
    if (!list) this.add(property, `${show(given)} is not a list. Allowed: a list of objects.`);
    const all = (list ?? []).map((each, index) => this.snapshot(`${property}[${index}]`, each));
    return all.filter((each) => each !== undefined) as T[];
  }

  /** Throws where anything is wrong. */
  public throwIfAny(): void {
    if (this.found.length > 0) throw new ValidationError(this.found);
  }
}

/** Names of what the object has, or undefined where the value is no object with properties of its own. */
function namesOf(given: unknown): string[] | undefined {
  try {
    return isObject(given) ? Object.keys(given) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is an object that can have properties by name; some objects throw where one looks at them. */
export function isObject(value: unknown): value is object {
  try {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** What the list holds, read once; undefined where it is none. */
export function listOf(given: unknown): unknown[] | undefined {
  try {
    return Array.isArray(given) ? [...(given as unknown[])] : undefined;
  } catch {
    return undefined;
  }
}

/** What the rule says; some values cannot be looked at without an error of their own. */
function judge(rule: Rule, value: unknown): string | undefined {
  try {
    return rule(value);
  } catch {
    return `${show(value)} cannot be looked at. Give it a plain value.`;
  }
}

function noProperty(name: string, names: readonly string[]): string {
  const near = names.find((each) => distance(each.toLowerCase(), name.toLowerCase()) <= 2);
  return `is not a property. ${near ? `Did you mean ${near}?` : `Allowed: ${names.join(", ")}.`}`;
}

/** Number of edits between two names (Levenshtein), for "did you mean". */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
