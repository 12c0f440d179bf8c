// A local value of a stack.
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { written } from "./written";

/** The local value `local.<name>`. */
export class LocalValue extends TerraformLocal {
  public constructor(scope: Construct, id: string, name: string, value: unknown) {
    super(scope, id, value);
    this.overrideLogicalId(name);
  }

  public override toTerraform(): Record<string, unknown> {
    return written(super.toTerraform());
  }
}
