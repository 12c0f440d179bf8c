// What null_resource does: a random id at creation, and a new resource whenever the triggers change.
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ExtData } from "@msgpack/msgpack";

/** A null_resource as Terraform sends it. While planning, any part of it may be an unknown (an ExtData). */
export interface NullResource {
  id: unknown;
  triggers: unknown;
}

// Terraform writes "known after apply" as msgpack's extension type 0; its content does not matter.
const UNKNOWN = new ExtData(0, new Uint8Array(1));

/** Terraform's type of each attribute, in its JSON notation, and who may set it. */
export const attributes = [
  { name: "id", type: Buffer.from('"string"'), computed: true },
  { name: "triggers", type: Buffer.from('["map","string"]'), optional: true },
];

/** The planned resource, and the names of the attributes whose change makes Terraform replace it. */
export function plan(prior: NullResource | null, proposed: NullResource) {
  if (prior === null) return { planned: { ...proposed, id: UNKNOWN }, requiresReplace: [] };
  const same = isDeepStrictEqual(prior.triggers, proposed.triggers);
  return { planned: proposed, requiresReplace: same ? [] : ["triggers"] };
}

/** The resource after an apply; null is a destroyed one. */
export function apply(planned: NullResource | null): NullResource | null {
  return planned && { ...planned, id: randomId() };
}

// As the real provider's: a positive 64-bit integer, in decimal.
function randomId(): string {
  return (randomBytes(8).readBigUInt64BE() >> 1n).toString();
}
