// The rules that one value must keep. A rule answers with what is wrong, what is allowed and the fix, or nothing.
import { isIP } from "node:net";
import { inspect } from "node:util";
import { holdsMarker, isToken, pieces } from "./terraform-text";

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

/** The value is needed before Terraform runs, so a Token is refused. */
export function knownAtSynthesis(rule: Rule): Rule {
  return (value) =>
    isToken(value)
      ? "is a Token, a value that only Terraform knows. It must be known at synthesis: the stack's inventory " +
        "names every object by it, and Terraform lets a removal see nothing but names written in the code. " +
        "Give the literal text, for example from the description of the environment."
      : required(rule)(value);
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

// What one environment variable of Windows holds, in which the text is carried.
const TEXT_MAXIMUM = 32_767;

/** Text that reaches Lync Server exactly as typed, newlines and tabs included. */
export const text: Rule = (value) => {
  if (typeof value !== "string") return `${show(value)} is not text. Allowed: a string.`;
  if (value.length <= TEXT_MAXIMUM) return characters(value);
  return `${show(value)} is too long. Allowed: ${TEXT_MAXIMUM} characters at most. Shorten it.`;
};

/** Judges every character on its own: whether it gets through Terraform and the environment of a process unchanged. */
function characters(value: string): string | undefined {
  if (/[\ud800-\udfff]/u.test(value)) {
    return `${show(value)} holds half of a surrogate pair, which UTF-8 cannot carry. Remove that character.`;
  }
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/u.exec(value); // eslint-disable-line no-control-regex
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).padStart(4, "0");
    return `${show(value)} holds the control character U+${code}. Allowed: text, line breaks and tabs. Remove it.`;
  }
  if (value.startsWith("\ufeff")) {
    return `${show(value)} begins with the byte order mark U+feff, which Terraform drops. Remove that character.`;
  }
  if (holdsMarker(value)) {
    return `${show(value)} is or holds a marker that CDKTF keeps for its own Tokens. Change the text.`;
  }
  if (/[\n\r\t<>]\p{M}/u.test(value)) {
    return (
      `${show(value)} has a combining character after a line break, a tab, < or >. Terraform would join it with the ` +
      "letter that stands for that one in JSON. Remove it, or put a character before it."
    );
  }
  return value === value.normalize("NFC")
    ? undefined
    : `${show(value)} is not in Unicode normal form C, and Terraform would change it on the way. ` +
        `Write it as ${show(value.normalize("NFC"))}, or call .normalize("NFC") on it.`;
}

/** Text of one line that is not empty. */
export const line: Rule = (value) => {
  const wrong = text(value);
  if (wrong) return wrong;
  if (value === "") return '"" is empty. Leave it out, or give it a value.';
  const fine = /^\S(?:[^\r\n\u0085\u2028\u2029]*\S)?$/.test(value as string);
  return fine
    ? undefined
    : `${show(value)} is not one line of text without white space at its ends. Change it.`;
};

const IDENTITY_MAXIMUM = 255;

/** The name of an object in Lync Server: one line, no scope, no wildcard. */
export const identity: Rule = (value) => {
  const wrong = text(value);
  if (wrong) return wrong;
  const name = value as string;
  if (name === "") return `"" is empty. Allowed: a name of 1 to ${IDENTITY_MAXIMUM} characters.`;
  if (name.length > IDENTITY_MAXIMUM) {
    return `${show(name)} has ${name.length} characters. Allowed: 1 to ${IDENTITY_MAXIMUM}. Shorten it.`;
  }
  if (name.trim() !== name)
    return `${show(name)} begins or ends with white space. Write ${show(name.trim())}.`;
  const odd = /[\r\n\t\u0085\u2028\u2029*?[\]:]/u.exec(name);
  return odd
    ? `${show(name)} holds ${show(odd[0])}. Allowed: one line without * ? [ ] (wildcards) and : (which parts a ` +
        "scope from a name). Remove that character."
    : undefined;
};

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

/** An address of a web service. */
export const httpUrl: Rule = (value) => {
  const allowed = 'Allowed: an http or https URL such as "https://webdir.online.lync.com/autodiscover".';
  const wrong = text(value);
  if (wrong) return wrong;
  const fine = /^https?:\/\/[^\s/]+\S*$/i.test(value as string) && URL.canParse(value as string);
  return fine ? undefined : `${show(value)} is not a URL. ${allowed}`;
};

/** `global` or `site:NAME`, as the configuration cmdlets take their scopes. */
export const globalOrSite: Rule = (value) => {
  const allowed = 'Allowed: "global" or "site:NAME", such as "site:Redmond".';
  if (typeof value !== "string") return `${show(value)} is not text. ${allowed}`;
  if (/^global$/i.test(value)) return undefined;
  const site = /^site:(.*)$/is.exec(value);
  if (!site) {
    const meant = identity(value) === undefined ? ` Did you mean ${show(`site:${value}`)}?` : "";
    return `${show(value)} is neither. ${allowed}${meant}`;
  }
  const wrong = identity(site[1]);
  return wrong === undefined ? undefined : `${show(value)}: the site's name ${wrong} ${allowed}`;
};
