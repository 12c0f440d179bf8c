// Terraform's built-in resource terraform_data.
import {
  ITerraformDependable,
  LocalExecProvisioner,
  TerraformResource,
  TerraformResourceLifecycle,
} from "cdktf";
import { anyToHclTerraform, anyToTerraform, hashMapper, hashMapperHcl } from "cdktf";
import { Construct } from "constructs";
import { addressesOf } from "./addresses";
import { written } from "./written";

export type { Precondition } from "cdktf";

/** What the resource holds and runs; the values are of any type. */
export interface TerraformDataConfig {
  /** Its name in Terraform; the one that CDKTF makes of the ids where there is none. */
  readonly name?: string;
  readonly input?: unknown;
  readonly triggersReplace?: unknown;
  readonly dependsOn?: readonly ITerraformDependable[];
  readonly lifecycle?: TerraformResourceLifecycle;
  readonly provisioners?: LocalExecProvisioner[];
}

/**
 * Like CDKTF's DataResource, of which every one runs `terraform version` at synthesis: with 1,000 objects that is a minute,
 * and needs a terraform. The stack's required_version says the same.
 */
export class TerraformData extends TerraformResource {
  public static readonly tfResourceType = "terraform_data";

  public constructor(
    scope: Construct,
    id: string,
    private readonly config: TerraformDataConfig,
  ) {
    const { name, dependsOn, lifecycle, provisioners } = config;
    const terraformGeneratorMetadata = { providerName: "terraform" };
    const terraformResourceType = TerraformData.tfResourceType;
    super(scope, id, {
      terraformResourceType,
      terraformGeneratorMetadata,
      lifecycle,
      provisioners,
    });
    if (name !== undefined) this.overrideLogicalId(name);
    if (dependsOn) this.dependsOn = addressesOf(dependsOn);
  }

  /** The address as plain text: each Token costs a stack trace. */
  public get address(): string {
    return `${TerraformData.tfResourceType}.${this.friendlyUniqueId}`;
  }

  public override toTerraform(): Record<string, unknown> {
    return written(super.toTerraform());
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes(hashMapper(anyToTerraform));
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.attributes(hashMapperHcl(anyToHclTerraform));
  }

  private attributes(write: (value: unknown) => unknown): Record<string, unknown> {
    return { input: write(this.config.input), triggers_replace: write(this.config.triggersReplace) };
  }
}
