// What a stack must say to Terraform itself: the oldest version that will do, and the provider of null_resource.
import { Aspects, TerraformStack } from "cdktf";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Construct, IConstruct } from "constructs";
import { LyncResourceType } from "../resource-type";

// terraform_data, which carries the inventory, came with Terraform 1.4.
const OLDEST_TERRAFORM = ">= 1.4.0";

/** Adds both to the stack; the provider only where the stack has none of its own when it is synthesised. */
export function requireTerraform(stack: TerraformStack, scope: Construct, type: LyncResourceType): void {
  stack.addOverride("terraform.required_version", OLDEST_TERRAFORM);
  if (type !== LyncResourceType.NULL_RESOURCE) return;
  Aspects.of(stack).add({
    visit(node: IConstruct) {
      if (node === stack && !hasNullProvider(stack)) new NullProvider(scope, "Provider");
    },
  });
}

function hasNullProvider(stack: TerraformStack): boolean {
  return stack
    .allProviders()
    .some((provider) => provider.terraformResourceType === "null" && provider.alias === undefined);
}
