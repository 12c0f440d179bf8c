// Reviews as Markdown for a comment on a pull request.
import { codeBlock, codeSpan, visible, Words } from "./plain";
import { Change, happens } from "./changes";
import { Review } from "./review";

/** The most characters that GitHub takes in one comment. */
export const LONGEST = 65_536;

/** What there is of one review, from what must be there to what may be cut first. */
interface Parts {
  readonly head: readonly string[];
  readonly cmdlets: readonly string[];
  readonly table: readonly string[];
  /** All or nothing. */
  readonly picture: readonly string[];
  readonly raw: readonly string[];
}

/** One report of all of them, at most as long as GitHub allows: the raw plans are cut first, then the pictures, the cmdlets
 * last of all. */
export function markdown(reviews: readonly Review[], longest = LONGEST): string {
  const parts = reviews.map(partsOf);
  let left = longest - parts.length * FRAMES;
  const cut = (lines: readonly string[], what: string, share: number) => {
    const kept = fit(lines, what, Math.floor(left / share));
    left -= size(kept);
    return kept;
  };
  const count = parts.length;
  const heads = parts.map(({ head }, index) => cut(head, "lines of warnings", count - index));
  const cmdlets = parts.map((each, index) => cut(each.cmdlets, "cmdlet lines", count - index));
  const tables = parts.map(({ table }, index) => cut(table, "changed settings", count - index));
  const pictures = parts.map(({ picture }) => {
    const kept = size(picture) <= left ? picture : ["", "The picture is left out: a comment holds no more."];
    left -= size(kept);
    return kept;
  });
  const raws = parts.map(({ raw }, index) => cut(raw, "lines of the raw plan", count - index));
  return parts
    .map((_, index) => page(heads[index], tables[index], cmdlets[index], pictures[index], raws[index]))
    .join("\n");
}

// Titles, fences, the head of the table, and what says that something was cut.
const FRAMES = 1_200;

function partsOf(review: Review): Parts {
  return {
    head: [
      `## ${codeSpan(review.name)}`,
      "",
      words(review.verdict),
      ...(review.loud.length > 0 ? ["", "> [!CAUTION]"] : []),
      ...review.loud.map((each) => `> - ${words(each)}`),
      ...review.found.flatMap((each) => ["", words(each)]),
    ],
    cmdlets: review.cmdlets,
    table: review.changes.flatMap(rows),
    picture: review.code === 0 ? [] : folded("Picture", codeBlock(review.picture, "mermaid")),
    raw: review.raw,
  };
}

function page(
  head: string[],
  table: string[],
  cmdlets: string[],
  picture: readonly string[],
  raw: string[],
): string {
  return [
    ...head,
    ...(table.length > 0
      ? ["", "| Object | What happens | Property | Before | After |", "|---|---|---|---|---|", ...table]
      : []),
    ...(cmdlets.length > 0
      ? [
          "",
          "Cmdlets, in their order. What does not wait for each other may change places.",
          "",
          ...codeBlock(cmdlets, "powershell"),
        ]
      : []),
    ...picture,
    ...(raw.length > 0 ? folded("Raw plan", codeBlock(raw, "text")) : []),
    "",
  ].join("\n");
}

function folded(summary: string, lines: readonly string[]): string[] {
  return ["", "<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}

function rows(change: Change): string[] {
  const { kind, identity, differences } = change;
  const object = `${kind} ${codeSpan(identity)}`;
  if (differences.length === 0) return [`| ${object} | ${happens(change)} | | | |`];
  return differences.map(
    ({ Property, Before, After }, index) =>
      `| ${index === 0 ? object : ""} | ${index === 0 ? happens(change) : ""} | ${Property} | ${value(Before)} | ${value(After)} |`,
  );
}

/** Words in brackets are the report's own. */
function value(text: string): string {
  return /^\([a-z ]+\)$/.test(text) ? `*${text}*` : codeSpan(text);
}

function words(all: Words): string {
  return all.map((each) => (typeof each === "string" ? each : codeSpan(each.data))).join("");
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** As many of the lines as there is room for; what is missing is said. */
function fit(lines: readonly string[], what: string, room: number): string[] {
  if (size(lines) <= room) return [...lines];
  const kept: string[] = [];
  let left = room - 100;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return [...kept, cutLine(lines.length - kept.length, what, lines[0])];
}

function cutLine(count: number, what: string, example: string): string {
  const text = `${count} more ${what} are cut: a comment holds no more.`;
  if (example.startsWith("|")) return `| **${text}** | | | | |`;
  return what === "lines of warnings" ? `\n**${visible(text)}**` : `# ${text}`;
}
