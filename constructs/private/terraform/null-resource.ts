// Terraform's provider null and its null_resource: a binding of our own, so that no provider package is needed.
import {
  hashMapper,
  hashMapperHcl,
  ITerraformDependable,
  LocalExecProvisioner,
  stringToHclTerraform,
  stringToTerraform,
  TerraformProvider,
  TerraformResource,
  TerraformResourceLifecycle,
} from "cdktf";
import { Construct } from "constructs";
import { addressesOf } from "./addresses";
import { written } from "./written";

/** The version is the one that @cdktf/provider-null 11 asks for: a stack is the same with its NullProvider and with ours. */
const GENERATOR = { providerName: "null", providerVersion: "3.2.4", providerVersionConstraint: "~> 3.0" };

/** The provider without an alias. */
export class NullProvider extends TerraformProvider {
  public static readonly tfResourceType = "null";

  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: NullProvider.tfResourceType,
      terraformGeneratorMetadata: GENERATOR,
      terraformProviderSource: "null",
    });
  }
}

/** What the resource holds and runs. */
export interface NullResourceConfig {
  readonly triggers: Record<string, string>;
  readonly dependsOn: readonly ITerraformDependable[];
  readonly lifecycle: TerraformResourceLifecycle;
  readonly provisioners: LocalExecProvisioner[];
}

/** A null_resource. Users reach it as the `node.defaultChild` of a construct. */
export class NullResource extends TerraformResource {
  public static readonly tfResourceType = "null_resource";
  private texts: Record<string, string>;

  public constructor(scope: Construct, id: string, { triggers, dependsOn, ...common }: NullResourceConfig) {
    super(scope, id, {
      terraformResourceType: NullResource.tfResourceType,
      terraformGeneratorMetadata: GENERATOR,
      ...common,
    });
    this.dependsOn = addressesOf(dependsOn);
    this.texts = triggers;
  }

  /** A reference to the id. */
  public get id(): string {
    return this.getStringAttribute("id");
  }

  /** A reference to the triggers. */
  public get triggers(): Record<string, string> {
    return this.getStringMapAttribute("triggers");
  }

  /** Takes the texts of the triggers: reading gives a reference to them, as with every resource of CDKTF. */
  public set triggers(texts: Record<string, string>) {
    this.texts = texts;
  }

  /** The texts of the triggers as they were given last. */
  public get triggerTexts(): Readonly<Record<string, string>> {
    return this.texts;
  }

  public override toTerraform(): Record<string, unknown> {
    return written(super.toTerraform());
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers: hashMapper(stringToTerraform)(this.texts) };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return { triggers: hashMapperHcl(stringToHclTerraform)(this.texts) };
  }
}
