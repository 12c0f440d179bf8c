// Text on its way into Terraform's configuration: what the user typed stays what it is, Tokens still resolve.
import { IResolvable, Token, Tokenization } from "cdktf";

/** A value of a setting as the constructs hold it. */
export type SettingValue = string | number | boolean | IResolvable;

/** Settings by the cmdlets' parameter names; undefined is not declared. */
export type Settings = Readonly<Record<string, SettingValue | undefined>>;

/** A part of a text: what the user typed, or a Token. */
export interface Piece {
  readonly isToken: boolean;
  readonly text: string;
}

// CDKTF writes a Token into a text as ${TfToken[NAME]}, and that of a number as an odd number of this size.
const TOKEN = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\}|-8\.\d+e\+298)/;
// What CDKTF takes for a Token, or for a list or a map of them, and looks up.
const MARKER = /[#&$]\{TfToken\[|^(?:String|Any) Map Token Value$/;
// What every one of them has in it: a quick look, since most texts have none.
const SIGN = /TfToken\[|Token Value$|[-|\d.+]e[-|\d.eE+]/;
const NUMBER = /(?<![-|\d.+])[-|\d.+]+e[-|\d.eE+]+/g;

/** Whether the value is one that only Terraform knows, or a text with such a part. */
export function isToken(value: unknown): boolean {
  if (typeof value === "string") return pieces(value).some((piece) => piece.isToken);
  if (typeof value === "number") return tokenText(String(value)) !== undefined;
  try {
    if (Array.isArray(value)) return Tokenization.reverseList(value as string[]) !== undefined;
    return Tokenization.isResolvable(value);
  } catch {
    return false; // an object that cannot be looked at
  }
}

/** The text in its parts; neighbours of what the user typed are one. */
export function pieces(text: string): readonly Piece[] {
  if (!SIGN.test(text)) return text === "" ? [] : [{ isToken: false, text }];
  const found: Piece[] = [];
  let typed = "";
  const endTyped = () => {
    if (typed !== "") found.push({ isToken: false, text: typed });
    typed = "";
  };
  for (const part of text.split(TOKEN)) {
    const token = tokenText(part);
    if (token === undefined) typed += part;
    else {
      endTyped();
      found.push({ isToken: true, text: token });
    }
  }
  endTyped();
  return found;
}

/** Whether CDKTF would take something in the text for one of its Tokens, which it is not. */
export function holdsMarker(typed: string): boolean {
  if (!SIGN.test(typed)) return false;
  return MARKER.test(typed) || [...typed.matchAll(NUMBER)].some(([number]) => isMarker(number));
}

/** Escapes what Terraform would read as a template; Tokens inside the text are left alone. */
export function literal(text: string): string {
  const all = pieces(text);
  if (!all.some((piece) => piece.isToken)) return escape(text);
  return all
    .map((piece, index) => {
      if (piece.isToken) return piece.text;
      const escaped = escape(piece.text);
      return opaque(index < all.length - 1 ? beforeExpression(escaped) : escaped);
    })
    .join("");
}

/** The text that Terraform would make of a literal one. */
export function unescaped(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}

/** Text in which nothing is a Token, whatever it looks like: an empty expression hides it from CDKTF. */
export function inert(text: string): string {
  const number = (each: string) => (isMarker(each) ? each.replace("e", 'e${""}') : each);
  return escape(text)
    .replace(NUMBER, number)
    .replace(/TfToken(?=\[)|Token Value$/g, '$&${""}');
}

/** The value as the string that Terraform's map of triggers holds. */
export function triggerText(value: SettingValue): string {
  if (typeof value === "string") return literal(value);
  return isToken(value) ? Token.asString(value) : String(value);
}

/** The Token that the part is, as CDKTF writes it into a text, or undefined where it is none that CDKTF knows. */
function tokenText(part: string): string | undefined {
  if (!TOKEN.test(part)) return undefined;
  try {
    if (part.startsWith("$")) return Tokenization.reverseString(part).tokens.length > 0 ? part : undefined;
    const token = Tokenization.reverseNumber(Number(part));
    return token === undefined ? undefined : Token.asString(token);
  } catch {
    return undefined; // looks like one, but CDKTF has made none of that name
  }
}

function isMarker(number: string): boolean {
  return Token.isUnresolved(parseFloat(number));
}

function escape(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** A dollar sign before an expression would make Terraform read the expression as text. */
function beforeExpression(text: string): string {
  return text.replace(/\$+$/, (dollars) => `\${"${dollars}"}`);
}

/** Next to a Token, CDKTF reads braces in plain text as its own; text behind a Token of its own is passed as it is. */
function opaque(text: string): string {
  if (!/[{}]/.test(text)) return text;
  return Token.asString({ creationStack: [], resolve: () => text, toString: () => text });
}
