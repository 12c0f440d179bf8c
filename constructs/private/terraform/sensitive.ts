// Which settings of an object may be sensitive: what only Terraform knows, unless it is a plain variable that is not.
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { isToken, Settings } from "./terraform-text";

/** The variable that tells the scripts which values no line may show; asked for when the whole stack is known. */
export function hiddenVariable(scope: Construct, settings: Settings): Record<string, string> {
  const names = hiddenNames(scope, settings);
  return names === "" ? {} : { LYNC_HIDDEN: names };
}

/** The names of the settings that may be sensitive. */
export function hiddenNames(scope: Construct, settings: Settings): string {
  const tokens = Object.entries(settings).filter(([, value]) => isToken(value));
  if (tokens.length === 0) return "";
  const stack = TerraformStack.of(scope);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const text = (value: unknown) =>
    String(Tokenization.resolve(value, { scope: stack, resolver, preparing: false }));
  return tokens
    .filter(([, value]) => !isOfPlainVariables(stack, text(value)))
    .map(([name]) => name)
    .join(" ");
}

function isOfPlainVariables(stack: TerraformStack, text: string): boolean {
  const variables = stack.node.findAll().filter((each) => each instanceof TerraformVariable);
  return [...text.matchAll(/\$\{([^}]*)\}/g)].every(([, expression]) =>
    variables.some((each) => expression === `var.${each.friendlyUniqueId}` && !each.sensitive),
  );
}
