// Terraform's functions on values that only Terraform knows.
import { Fn, Op, Token } from "cdktf";

/** Expression of the text that the scripts read for the value; empty for one that is null, or no single value. */
function textOf(value: unknown): string {
  return Fn.try([Fn.lower(Fn.tostring(value)), ""]) as string;
}

/** Expression that is true where one of the values is. */
export function anyIsTrue(values: readonly unknown[]): string {
  return Token.asString(Fn.contains(values.map(textOf), "true"));
}

/** Expression that is true where the value is not. */
export function isNotTrue(value: unknown) {
  return Op.neq(textOf(value), "true");
}
