// Checks the properties of one construct against its table of rules and collects all that is wrong.
import { Construct } from "constructs";
import { Problem, ValidationError } from "../validation-error";
import { Rule, show } from "./rules";

/** One rule for every property of a construct: what has no rule is not a property. */
export type Rules<Props> = { readonly [Name in keyof Required<Props>]: Rule };

/** All that is wrong with one construct. */
export class Problems {
  private readonly found: Problem[] = [];
  private readonly where: string;

  public constructor(kind: string, scope: Construct) {
    this.where = `${kind} at ${show(scope.node.path)}`;
  }

  /** Adds a problem that no single property's rule can see. */
  public add(property: string, message: string): void {
    this.found.push({ where: this.where, property, message });
  }

  /**
   * Holds every property against its rule; a name without a rule is a typing error that would be lost silently.
   * `prefix` is what stands before the names in the code, where the properties are a group inside of others.
   */
  public check<Props extends object>(props: Props, rules: Rules<Props>, prefix = ""): this {
    const names = Object.keys(rules);
    for (const name of names) {
      const message = (rules as Record<string, Rule>)[name]((props as Record<string, unknown>)[name]);
      if (message !== undefined) this.add(prefix + name, message);
    }
    for (const name of Object.keys(props).filter((each) => !names.includes(each))) {
      const near = names.find((each) => distance(each.toLowerCase(), name.toLowerCase()) <= 2);
      this.add(
        prefix + name,
        `is not a property. ${near ? `Did you mean ${near}?` : `Allowed: ${names.join(", ")}.`}`,
      );
    }
    return this;
  }

  /** Throws where anything is wrong. */
  public throwIfAny(): void {
    if (this.found.length > 0) throw new ValidationError(this.found);
  }
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
