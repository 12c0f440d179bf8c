// Many objects in one resource: a trigger for each, whose text a reviewer reads as one line of the plan, and their way into
// the script.
import { show } from "../validation/rules";
import { Problems } from "../validation/validation";
import { expressionVariables, lengthOnTheWay, LONGEST, textVariables } from "./long-text";
import type { PlannedValue } from "./plan";
import { markedSettings } from "./settings-variable";
import { isToken, Settings } from "./terraform-text";

/** One object of a list, with its settings. */
export interface ListedSettings {
  readonly identity: string;
  readonly settings: Settings;
}

// Stands in no identity of a list. ListedObject.ps1 knows it, and the form of the text, by heart.
const OWN_TRIGGER = "/";
const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * The triggers of a list: `fabrikam.com` is `allowed, Comment 'Contact: Ken Myer'`. A text of JSON would take several lines of
 * the plan. What only Terraform knows has a trigger of its own, `fabrikam.com/Comment`: it stays as it is.
 */
export function listTriggers(word: string, objects: readonly ListedSettings[]): Settings {
  const rows = objects.flatMap(({ identity, settings }) => {
    const declared = Object.entries(settings).filter(
      ([name, value]) => name !== "Identity" && value !== undefined,
    );
    const known = declared.filter(([, value]) => !isToken(value));
    const later = declared.filter(([, value]) => isToken(value));
    const text = [word, ...known.map(([name, value]) => `${name} ${quoted(String(value))}`)].join(", ");
    return [
      [identity, text] as const,
      ...later.map(([name, value]) => [`${identity}${OWN_TRIGGER}${name}`, value] as const),
    ];
  });
  return Object.fromEntries(rows);
}

function quoted(text: string): string {
  return `'${text.replace(/[\\'\n\r\t]/g, (each) => ESCAPES[each] ?? `\\${each}`)}'`;
}

/** Variables with the objects of a list; `about` is what the script has to know of some of them, known at synthesis. */
export function listVariables(triggers: string, about: object): Record<string, string> {
  return {
    ...expressionVariables("LYNC_SETTINGS", `jsonencode(${markedSettings(triggers)})`),
    ...textVariables("LYNC_LIST", JSON.stringify(about)),
  };
}

/** Adds a problem where the variables could not hold the list; what only Terraform knows is not counted. */
export function refuseLongList(problems: Problems, property: string, triggers: Settings): void {
  const length = lengthOnTheWay(JSON.stringify(triggers));
  if (length <= LONGEST) return;
  problems.add(
    property,
    `${show(Object.keys(triggers).length)} lines have ${length} characters compressed. Allowed: ${LONGEST}, what the ` +
      "environment of a process on Windows carries. Divide them over several constructs, in several stacks.",
  );
}

/** The objects of a list as a plan tells their triggers, by identity; none where the triggers are of a single object. */
export function listedIn(
  triggers: Readonly<Record<string, PlannedValue>>,
): Map<string, Record<string, PlannedValue>> {
  const found = new Map<string, Record<string, PlannedValue>>();
  const all = Object.entries(triggers);
  // The name of a parameter has no dot, and every name of a domain has one.
  for (const [identity, { text = "" }] of all.filter(([key]) => isIdentity(key)))
    found.set(identity, { Identity: { text: identity, sensitive: false }, ...settingsIn(text) });
  for (const [key, value] of all.filter(([name]) => name.includes(OWN_TRIGGER))) {
    const [identity, name] = key.split(OWN_TRIGGER);
    const settings = found.get(identity);
    if (settings) settings[name] = value;
  }
  return found;
}

/** How the trigger of an object begins that somebody has removed by hand. */
export const NOT_THERE = "expected the object, actual: it is not there";

/** Why an object of a list is applied anew: a line of its own in the reason of the whole list. */
export function driftOfListed(identity: string, text: string): string {
  return `${identity}: ${text}`;
}

/** The objects that such a reason names, and whether each is there. */
export function driftedIn(reason: string): Map<string, boolean> {
  return new Map(
    reason.split("\n").map((line) => [line.replace(/: .*/, ""), !line.includes(`: ${NOT_THERE}`)]),
  );
}

function isIdentity(key: string): boolean {
  return key.includes(".") && !key.includes(OWN_TRIGGER);
}

function settingsIn(text: string): Record<string, PlannedValue> {
  const rows = [...text.matchAll(/(\w+) '((?:[^'\\]|\\.)*)'/g)];
  return Object.fromEntries(
    rows.map(([, name, value]) => [name, { text: unquoted(value), sensitive: false }]),
  );
}

function unquoted(text: string): string {
  const codes = Object.fromEntries(Object.entries(ESCAPES).map(([character, code]) => [code, character]));
  return text.replace(/\\(.)/g, (code, character: string) => codes[code] ?? character);
}
