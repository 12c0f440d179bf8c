// The ids of constructs that are made for the entries of a list.
import { Construct } from "constructs";

// As long as a name in DNS and in Lync Server can be.
const LONGEST_NAME = 255;

/** The id of an object in a list; one that is there twice gets another, so that its own check can say so. */
export function freeId(scope: Construct, kind: string, name: unknown): string {
  const id = `${kind}_${idOf(name)}`;
  let free = id;
  while (scope.node.tryFindChild(free)) free += "_again";
  return free;
}

/** A name as a part of a construct's id, and so of a Terraform address: dots and the scope's colon become `_`. */
function idOf(name: unknown): string {
  // What is no name, or too long for one, is refused by its construct, which needs an id to say so.
  const known = typeof name === "string" ? name.slice(0, LONGEST_NAME) : "nameless";
  return known.replace(/[^A-Za-z0-9-]/gu, (char) =>
    char === "." || char === ":" ? "_" : `_${char.codePointAt(0)?.toString(16)}_`,
  );
}
