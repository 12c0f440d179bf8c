// The rules of text: what gets through Terraform and the environment of a process unchanged.
import { Rule, show } from "../validation/rules";
import { holdsMarker } from "./terraform-text";

// What one environment variable of Windows holds, in which the text is carried.
const TEXT_MAXIMUM = 32_767;

/** Text that reaches Lync Server exactly as typed, newlines and tabs included. */
export const text: Rule = (value) => {
  if (typeof value !== "string") return `${show(value)} is not text. Allowed: a string.`;
  if (value.length <= TEXT_MAXIMUM) return characters(value);
  return `${show(value)} is too long. Allowed: ${TEXT_MAXIMUM} characters at most. Shorten it.`;
};

/** Judges every character on its own: whether it gets through Terraform and the environment of a process unchanged. */
export function characters(value: string): string | undefined {
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

/** An address of a web service. */
export const httpUrl: Rule = (value) => {
  const allowed = 'Allowed: an http or https URL such as "https://webdir.online.lync.com/autodiscover".';
  const wrong = text(value);
  if (wrong) return wrong;
  const fine = /^https?:\/\/[^\s/]+\S*$/i.test(value as string) && URL.canParse(value as string);
  return fine ? undefined : `${show(value)} is not a URL. ${allowed}`;
};
