// Text on its way into a comment or an issue: what others wrote stays what it is, and nothing is longer than allowed.

/** The most characters that GitHub takes in a comment or an issue; Azure DevOps takes more. */
export const LONGEST = 65_536;

// What no reader sees, or what changes how the rest is seen: control characters, marks of direction, odd spaces.
const UNSEEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The same with each character that cannot be seen as its code. */
export function visible(text) {
  return text
    .replace(/\r\n/g, "\n")
    .replace(UNSEEN, (each) => `\\u{${each.codePointAt(0).toString(16).toUpperCase()}}`);
}

/** A block of code in Markdown, which nothing in it ends: no markup, no mention, no HTML. */
export function codeBlock(text) {
  const shown = visible(text).trimEnd();
  const fence = "`".repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${shown}\n${fence}`;
}

/**
 * The first line of what a pipeline has written, by which the next run finds it again. Markdown shows nothing of it.
 * GitHub and Azure DevOps treat HTML comments differently, this they treat alike.
 */
export function marker(name) {
  return `[//]: # (${name})`;
}

/** Whether a text begins with the marker. Platforms may change line ends, so the line alone is compared. */
export function isMarked(text, name) {
  return typeof text === "string" && text.split(/\r?\n/, 1)[0] === marker(name);
}

/** The marker, the text and its end; where that is too long, the text is cut at the end of a line, and that is said. */
export function page(name, text, end, longest = LONGEST) {
  const whole = [marker(name), "", text.trimEnd(), "", end].join("\n");
  if (whole.length <= longest) return whole;
  const note = "_What is missing here is in the log of the run._";
  const room = longest - (whole.length - text.trimEnd().length) - note.length - LONGEST_FENCE;
  const kept = text.slice(0, text.lastIndexOf("\n", room));
  const closing = openFence(kept);
  return [marker(name), "", kept, ...(closing ? [closing] : []), "", note, "", end].join("\n");
}

// Room for the fence that closes a block which was cut, and for line ends.
const LONGEST_FENCE = 100;

/** The fence that closes the block of code in which the text ends, if it does. */
function openFence(text) {
  let open = "";
  for (const [, fence, rest] of text.matchAll(/^(`{3,})(.*)$/gm)) {
    if (open === "") open = fence;
    else if (fence.length >= open.length && rest.trim() === "") open = "";
  }
  return open;
}
