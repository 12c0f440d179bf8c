// What cdktf and Terraform print, reduced to what a colleague wants to see: the plan, and the lines of the constructs' scripts.
import { stripVTControlCharacters } from "node:util";

/** The scripts' lines, those of one resource together: Terraform runs several at once and mixes their lines. */
export function scriptLines(output: string): string[] {
  const byResource = new Map<string, string[]>();
  for (const line of linesOf(output)) {
    // Where nothing is coloured, cdktf puts the construct's path after the resource's address.
    const [, resource, text] = /(\w+\.\S+) (?:\(\S+\) )?\(local-exec\): (.*)$/.exec(line) ?? [];
    // The first line of each resource is Terraform's own: what it executes.
    if (resource === undefined || text.startsWith("Executing: [")) continue;
    byResource.set(resource, [...(byResource.get(resource) ?? []), text]);
  }
  return [...byResource.values()].flat();
}

/** The plan's resources, with the settings that change from one value to another, or are declared for the first time. */
export function planLines(output: string): string[] {
  const interesting = /^( {2}# \w+\.\w+ .*| +~ \w+ += ".*" -> ".*"| +\+ \w+ += ".*"|Plan: .*)$/;
  return linesOf(output).filter((line) => interesting.test(line));
}

function linesOf(output: string): string[] {
  return stripVTControlCharacters(output)
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
}
