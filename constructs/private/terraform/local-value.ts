// A local value of a stack.
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";

/** Makes the local value `local.<name>`. */
export function localValue(scope: Construct, id: string, name: string, value: unknown): TerraformLocal {
  const local = new TerraformLocal(scope, id, value);
  local.overrideLogicalId(name);
  return local;
}
