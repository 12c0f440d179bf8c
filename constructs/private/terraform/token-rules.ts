// What a rule makes of a Token, a value that only Terraform knows: whether one may stand there, and what is judged beside it.
import { Rule, show } from "../validation/rules";
import { isToken, pieces } from "./terraform-text";
import { characters } from "./text-rules";

/** The value must be there: a Token counts as there. */
export function required(rule: Rule): Rule {
  return (value) =>
    value === undefined || value === null
      ? "is missing, and it has no default. Give it a value."
      : optional(rule)(value);
}

/** The value may be left out; a Token is known only to Terraform and is not judged. */
export function optional(rule: Rule): Rule {
  return (value) => {
    if (value === undefined) return undefined;
    return isToken(value) ? besideTokens(value) : rule(value);
  };
}

// A character that Unicode's normal form C may join with the one before it.
const JOINING = /^[\p{M}\u1161-\u1175\u11a8-\u11c2]/u;

/** What the user typed around the Tokens of a text must get through as well. */
function besideTokens(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const all = pieces(value);
  if (all.some((piece, index) => index > 0 && !piece.isToken && JOINING.test(piece.text))) {
    return `${show(value)} has a combining character after a Token. Write it into the Token's value.`;
  }
  const judged = all.map((piece) => (piece.isToken ? undefined : characters(piece.text)));
  return judged.find((wrong) => wrong !== undefined);
}

/** The value may be left out; a Token is refused, since the value decides what is synthesised. */
export function known(rule: Rule): Rule {
  return (value) =>
    isToken(value)
      ? "is a Token, a value that only Terraform knows. It decides what is synthesised: give the literal value."
      : optional(rule)(value);
}

/** The same where the value may be left out. */
export function knownIfGiven(rule: Rule): Rule {
  return (value) => (value === undefined ? undefined : knownAtSynthesis(rule)(value));
}

/** The value is needed before Terraform runs, so a Token is refused. */
export function knownAtSynthesis(rule: Rule): Rule {
  return (value) =>
    isToken(value)
      ? "is a Token, a value that only Terraform knows. It must be known at synthesis: the stack's inventory " +
        "names every object by it, and Terraform lets a removal see nothing but names written in the code. " +
        "Give the literal text, for example from the description of the environment."
      : required(rule)(value);
}
