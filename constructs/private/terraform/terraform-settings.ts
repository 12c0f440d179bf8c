// What a stack must say to Terraform itself: the oldest version that will do, and the provider of null_resource.
import { App, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { NullProvider } from "./null-resource";
import { LyncResourceType } from "./resource-type";
import { Overrides, overridesOf } from "./overrides";
import { atSynthesis } from "./stack";

// terraform_data, which carries the inventory, came with Terraform 1.4.
const OLDEST_TERRAFORM = ">= 1.4.0";

/** Adds both to the stack; the provider only where the stack has none of its own when it is synthesised. */
export function requireTerraform(stack: TerraformStack, scope: Construct, type: LyncResourceType): void {
  atSynthesis(scope, () => {
    stack.addOverride("terraform.required_version", joined(overridesOf(stack)));
    if (type === LyncResourceType.NULL_RESOURCE && !hasNullProvider(stack))
      new NullProvider(scope, "Provider");
  });
}

/** The stack's own constraint and the library's: Terraform must satisfy both. */
function joined({ terraform }: Overrides): string {
  const own = terraform?.required_version;
  if (typeof own !== "string" || own.trim() === "") return OLDEST_TERRAFORM;
  return own.includes(OLDEST_TERRAFORM) ? own : `${own}, ${OLDEST_TERRAFORM}`;
}

function hasNullProvider(stack: TerraformStack): boolean {
  return stack
    .allProviders()
    .some(
      (provider) =>
        provider.terraformResourceType === NullProvider.tfResourceType && provider.alias === undefined,
    );
}

/** Has the stack refused where HCL is asked for: CDKTF writes neither texts nor overrides as HCL reads them. */
export function refuseHcl(stack: TerraformStack, own: IConstruct): void {
  own.node.addValidation({
    validate: () =>
      App.of(stack).hclOutput || ["true", "1"].includes(process.env.SYNTH_HCL_OUTPUT ?? "")
        ? [
            "HCL output (cdktf synth --hcl, hclOutput of the App, SYNTH_HCL_OUTPUT) is not possible with this library: CDKTF " +
              "leaves quotes and line breaks in texts unescaped there and writes required_version wrong. Allowed: JSON, " +
              "which Terraform reads as well. Leave it out.",
          ]
        : [],
  });
}
