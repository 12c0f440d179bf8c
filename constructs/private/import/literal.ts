// Text of a server as a part of TypeScript: data, from which nothing can break out, and in which nothing hides.

// What no line shows, or what makes a line look like another one: controls, marks of direction, odd spaces, halves of pairs.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text as a string literal, in the quotes that Prettier would choose: those of which the text has fewer. */
export function literal(text: string): string {
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  const written = text
    .replace(/\\/g, "\\\\")
    .replaceAll(quote, `\\${quote}`)
    .replace(UNSEEN, (character) => NAMED[character] ?? escaped(character));
  return quote + written + quote;
}

// Longer ones would bury the rest of a comment.
const SHOWN = 200;

/** The text in a comment: on one line, and cut where it is long. */
export function remark(text: string): string {
  const points = [...text];
  if (points.length <= SHOWN) return literal(text);
  return `${literal(points.slice(0, SHOWN).join(""))}... (${text.length} characters)`;
}

/** Any line of a comment: what is data in it may come from a message that shows it in another way. */
export function visible(line: string): string {
  return line.replace(UNSEEN, (character) => escaped(character));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

// Characters that are as wide as two letters, by the blocks of Unicode that have them, and marks that have no width of their own.
const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d7f}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const MARK = /[\p{Mn}\p{Me}]/u;

/** How many columns a line takes, as Prettier counts them. */
export function width(line: string): number {
  let columns = 0;
  for (const character of line) columns += WIDE.test(character) ? 2 : MARK.test(character) ? 0 : 1;
  return columns;
}
