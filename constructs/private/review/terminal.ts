// Reviews as text for a terminal: 80 columns, in colour where the terminal shows it.
import { Change, happens } from "./changes";
import { visible, widthOf, wrap, Words } from "./plain";
import { Review } from "./review";

const COLUMNS = 80;

/** One report of all of them. */
export function terminalText(reviews: readonly Review[], coloured: boolean): string {
  const paint = (code: number) => (line: string) => (coloured ? `\u001b[${code}m${line}\u001b[0m` : line);
  return reviews.map((each) => page(each, paint(1), paint(31))).join("\n\n");
}

type Paint = (line: string) => string;

function page(review: Review, bold: Paint, red: Paint): string {
  return [
    ...wrap(`${visible(review.name)}: ${words(review.verdict)}`, COLUMNS).map(bold),
    ...review.loud.flatMap((each) => wrap(`! ${words(each)}`, COLUMNS)).map(red),
    ...review.found.flatMap((each) => wrap(words(each), COLUMNS)),
    ...section("Changes", review.changes.flatMap(lines), bold),
    ...section("Cmdlets, in their order", review.cmdlets.flatMap(call), bold),
  ].join("\n");
}

function section(title: string, content: readonly string[], bold: Paint): string[] {
  return content.length === 0 ? [] : ["", bold(title), ...content];
}

function lines(change: Change): string[] {
  const { kind, identity, differences } = change;
  return [
    ...wrap(`  ${kind} ${visible(identity)}: ${happens(change)}`, COLUMNS, "    "),
    ...differences.flatMap(({ Property, Before, After }) =>
      wrap(`    ${Property}: ${visible(Before)} -> ${visible(After)}`, COLUMNS, "      "),
    ),
  ];
}

/** A call that is too long goes on in the next line, as PowerShell reads it: a backtick before a parameter. */
function call(line: string): string[] {
  if (line.startsWith("#")) return wrap(`  ${line}`, COLUMNS, "  # ");
  const rows: string[] = [];
  let row = " ";
  for (const word of parameters(line)) {
    if (row.trim() !== "" && widthOf(row) + 1 + widthOf(word) + 2 > COLUMNS) {
      rows.push(`${row} \``);
      row = "   ";
    }
    row += ` ${word}`;
  }
  return [...rows, row].flatMap((each) => wrap(each, COLUMNS, "      "));
}

/** The name of the cmdlet, then each parameter with its value: no text in quotes is divided. */
function parameters(line: string): string[] {
  return line.match(/(?:"(?:`.|[^"`])*"|(?! -)[^"])+/g)?.map((each) => each.trim()) ?? [line];
}

function words(all: Words): string {
  return all.map((each) => (typeof each === "string" ? each : visible(each.data))).join("");
}
