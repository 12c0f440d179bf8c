// The rules that one value must keep. A rule answers with what is wrong, what is allowed and the fix, or nothing.
import { isIP } from "node:net";
import { inspect } from "node:util";

/** A sentence on what is wrong with the value, or undefined where nothing is. */
export type Rule = (value: unknown) => string | undefined;

// Enough for every name; what is longer would bury the rest of the message.
const SHOWN = 400;

/** `"text"` as it stands in the code, so that a wrong type or an odd character can be seen. */
export function show(value: unknown): string {
  const shown = typeof value === "string" ? JSON.stringify(value) : showOther(value);
  return shown.length <= SHOWN ? shown : `${shown.slice(0, SHOWN)}... (${shown.length} characters)`;
}

function showOther(value: unknown): string {
  try {
    return inspect(value, { depth: 1, breakLength: Infinity, customInspect: false, maxArrayLength: 5 });
  } catch {
    return `something of type ${typeof value} that cannot be shown`;
  }
}

export const boolean: Rule = (value) =>
  typeof value === "boolean" ? undefined : `${show(value)} is not a Boolean. Allowed: true or false.`;

export function oneOf(allowed: readonly string[]): Rule {
  return (value) => {
    if (typeof value === "string" && allowed.includes(value)) return undefined;
    const near = allowed.find(
      (each) => typeof value === "string" && each.toLowerCase() === value.toLowerCase(),
    );
    const fix = near === undefined ? "Give one of these." : `Did you mean ${show(near)}?`;
    return `${show(value)} is not a known value. Allowed: ${allowed.map(show).join(", ")}. ${fix}`;
  };
}

export function integer(minimum: number, maximum: number, unit: string): Rule {
  return (value) =>
    Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
      ? undefined
      : `${show(value)} is not ${unit}. Allowed: a whole number from ${minimum} to ${maximum}.`;
}

export const port: Rule = integer(1, 65535, "a TCP port");

const FQDN_FORM = 'a fully qualified domain name such as "sipfed.online.lync.com"';

/** A fully qualified domain name as Lync Server takes it: no IP address, no wildcard, ASCII, within DNS lengths. */
export const fqdn: Rule = (value) => {
  if (typeof value !== "string") return `${show(value)} is not text. Allowed: ${FQDN_FORM}.`;
  if (value === "") return `"" is empty. Allowed: ${FQDN_FORM}.`;
  return fqdnAsAWhole(value) ?? fqdnLabels(value);
};

function fqdnAsAWhole(value: string): string | undefined {
  if (isIP(value) !== 0) {
    return `${show(value)} is an IP address. Allowed: ${FQDN_FORM}. Give the name that DNS has for it.`;
  }
  if (value.includes("*")) {
    return `${show(value)} holds a wildcard. Allowed: ${FQDN_FORM}. Declare each domain by its full name.`;
  }
  if (value.endsWith(".")) return `${show(value)} ends with a dot. Write ${show(value.replace(/\.+$/, ""))}.`;
  if (value.length > 253) {
    return `${show(value)} has ${value.length} characters. Allowed: ${FQDN_FORM} of 253 characters at most.`;
  }
  if (!value.includes(".")) {
    return `${show(value)} is a single label. Allowed: ${FQDN_FORM}. Add the domain, as in "${value}.contoso.com".`;
  }
  return undefined;
}

function fqdnLabels(value: string): string | undefined {
  const labels = value.split(".");
  const bad = labels.find((label) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
  if (bad !== undefined) {
    const ascii = /[^\u0000-\u007f]/u.test(bad) ? " Write an international name in its xn-- form." : ""; // eslint-disable-line no-control-regex
    return (
      `${show(value)} has the label ${show(bad)}. Allowed: ${FQDN_FORM}; each label has 1 to 63 letters, digits ` +
      `and hyphens and neither begins nor ends with a hyphen.${ascii}`
    );
  }
  return /^\d+$/.test(labels[labels.length - 1])
    ? `${show(value)} ends in a number, as an IP address does. Allowed: ${FQDN_FORM}.`
    : undefined;
}
