// Text on its way into Terraform's configuration: what the user typed stays what it is, Tokens still resolve.
import { IResolvable, Token } from "cdktf";

/** A value of a setting as the constructs hold it. */
export type SettingValue = string | number | boolean | IResolvable;

const TOKEN = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\})/;

/** Escapes what Terraform would read as a template; Tokens inside the text are left alone. */
export function literal(text: string): string {
  if (!Token.isUnresolved(text)) return escape(text);
  return text
    .split(TOKEN)
    .map((part) => (TOKEN.test(part) ? part : opaque(escape(part))))
    .join("");
}

/** The value as the string that Terraform's map of triggers holds. */
export function triggerText(value: SettingValue): string {
  if (typeof value === "string") return literal(value);
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}

function escape(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** Next to a Token, CDKTF reads braces in plain text as its own; text behind a Token of its own is passed as it is. */
function opaque(text: string): string {
  if (!/[{}]/.test(text)) return text;
  return Token.asString({ creationStack: [], resolve: () => text, toString: () => text });
}
