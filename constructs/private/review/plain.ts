// Text of others on its way into a report: it stays what it is, and is seen as it is.

/** Text, and data within it, which a format shows as such. */
export type Words = readonly (string | { readonly data: string })[];

// What no reader sees, or what changes how the rest is seen: control characters, marks of direction, unassigned ones.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The same with each character that cannot be seen as its code. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

/** A span of code in Markdown, in a table too: nothing in it is markup, a mention or HTML. */
export function codeSpan(data: string): string {
  const text = visible(data).replace(/\|/g, "\\|");
  if (text.trim() === "") return `<code>${text.replace(/ /g, "&nbsp;")}</code>`;
  const fence = "`".repeat(longestRun(text) + 1);
  const room = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${room}${text}${room}${fence}`;
}

/** A block of code in Markdown, which nothing in its lines ends. */
export function codeBlock(lines: readonly string[], language: string): string[] {
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence + language, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** The columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const each of text) width += WIDE.test(each) ? 2 : /\p{M}/u.test(each) ? 0 : 1;
  return width;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;

/** Lines of at most this width; the later ones are indented. A word that is longer is cut. */
export function wrap(text: string, width: number, indent = "  "): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )/)) {
    if (line.trim() !== "" && widthOf(line) + widthOf(word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    for (const each of word) {
      if (each !== " " && widthOf(line) + widthOf(each) > width) {
        lines.push(line.trimEnd());
        line = indent;
      }
      line += each;
    }
  }
  return [...lines, line.trimEnd()];
}
