// What was overridden of a stack or of one of its elements, past the classes of CDKTF.
import { IConstruct } from "constructs";

/** What addOverride has gathered. */
export interface Overrides {
  readonly terraform?: { readonly required_version?: unknown };
}

/** CDKTF gives no other way to see what was overridden. */
export function overridesOf(node: IConstruct): Overrides {
  return (node as unknown as { readonly rawOverrides?: Overrides }).rawOverrides ?? {};
}
