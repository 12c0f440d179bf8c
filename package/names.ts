// One source, two libraries: what is written for CDKTF is turned into what CDK Terrain calls it, and the other way round.

const OTHER: Readonly<Record<string, string>> = {
  cdktf: "cdktn",
  cdktn: "cdktf",
  CDKTF: "CDK Terrain",
  "CDK Terrain": "CDKTF",
};

// What both libraries call the same: files, variables, and ids of constructs, which must not change.
const KEPT = [
  /\bcdktf\.(?:json|out)\b/,
  /\bCDKTF_[A-Z_]+\b/,
  /"cdktf-lync(?:-backend)?"/,
  /@cdktf\/provider-null\b/,
];

// A module's name in quotes, a package's name, a command, the library's name in a sentence.
const EXCHANGED = [
  /(?<=")cdkt[fn](?=")/,
  /(?<![\w@/-])cdkt[fn](?=-lync-push-notifications\b|-cli\b| (?:synth|diff|deploy|destroy|constructs)\b)/,
  /\bCDKTF\b/,
  /\bCDK Terrain\b/,
];

// Whatever else has one of the names in it.
const ANY = /cdk-?(?:tf|tn|\s*terrain)/i;

const KNOWN = new RegExp(`(${either(KEPT)})|(${either(EXCHANGED)})|${either([ANY])}`, "g");

/** The text for the other library. @throws Error where a name stands in a way that is not known here. */
export function exchangeNames(text: string, file: string): string {
  const unknown: string[] = [];
  const exchanged = text.replace(KNOWN, (found: string, kept?: string, name?: string, ...rest: unknown[]) => {
    if (kept !== undefined) return kept;
    if (name !== undefined) return OTHER[name];
    unknown.push(`${file}:${lineOf(text, Number(rest.at(-2)))}: ${JSON.stringify(found)}`);
    return found;
  });
  if (unknown.length === 0) return exchanged;
  throw new Error(
    `It is not known what the other library calls this:\n  ${unknown.join("\n  ")}\n` +
      "Allowed: what package/names.ts lists. Write it in one of these ways, or add one there.",
  );
}

function either(patterns: readonly RegExp[]): string {
  return patterns.map(({ source }) => source).join("|");
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
