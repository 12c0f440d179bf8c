// What the demo prints: headings, prose, lists and claims. Colours on a terminal only.

const COLOURED = process.stdout.isTTY && !process.env.NO_COLOR;
const WIDTH = 100;

/** Thrown where what the demo has announced turns out not to be true. */
export class ClaimFailed extends Error {}

let atGap = false;

export function heading(text: string): void {
  gap();
  print(bold(text));
  print("-".repeat(text.length));
}

/** Prose, broken into lines. */
export function say(text: string): void {
  wrap(text).forEach(print);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
  atGap = false;
}

/** An empty line, unless there is one already. */
export function gap(): void {
  if (!atGap) print("");
  atGap = true;
}

/** Lines of something else's, as they are. */
export function quote(lines: readonly string[]): void {
  for (const line of lines) print(`  ${line}`.trimEnd());
}

/** A command that runs now. On a terminal, dots show that it still does. */
export async function command<T>(line: string, running: Promise<T>): Promise<T> {
  gap();
  print(bold(`$ ${line}`));
  const dots = setInterval(() => process.stdout.isTTY && process.stdout.write("."), 2000);
  try {
    return await running;
  } finally {
    clearInterval(dots);
    if (process.stdout.isTTY) process.stdout.write("\n");
  }
}

/** Lines that left a file and lines that came, as a diff shows them. */
export function edit(file: string, removed: readonly string[], added: readonly string[]): void {
  gap();
  print(bold(file));
  for (const line of removed) print(paint("31", `- ${line}`));
  for (const line of added) print(paint("32", `+ ${line}`));
}

/** Prints what is true, or ends the demo with what is not, and what is there instead. */
export function claim(text: string, holds: boolean, instead: () => string): void {
  if (!holds) throw new ClaimFailed(`NOT TRUE: ${text}\n${instead()}`);
  print(paint("32", `OK  ${text}`));
}

export function bold(text: string): string {
  return paint("1", text);
}

function paint(code: string, text: string): string {
  return COLOURED ? `\x1b[${code}m${text}\x1b[0m` : text;
}

function wrap(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
