// What the demo prints: headings, prose, lists and claims. Colours on a terminal only.

const COLOURED = process.stdout.isTTY && !process.env.NO_COLOR;
const WIDTH = 100;

/** Thrown where what the demo has announced turns out not to be true. */
export class ClaimFailed extends Error {}

export function heading(text: string): void {
  print(`\n${bold(text)}\n${"-".repeat(text.length)}`);
}

/** Prose, broken into lines. */
export function say(text: string): void {
  print(wrap(text).join("\n"));
}

export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** Lines of something else's, as they are. */
export function quote(lines: readonly string[]): void {
  for (const line of lines) print(`  ${line}`);
}

/** A command that runs now. */
export function command(line: string): void {
  print(`\n${bold(`$ ${line}`)}`);
}

/** Lines that left a file and lines that came, as a diff shows them. */
export function edit(file: string, removed: readonly string[], added: readonly string[]): void {
  print(`\n${bold(file)}`);
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
