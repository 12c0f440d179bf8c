// What a resource depends on, as addresses in the stack.
import { dependable, ITerraformDependable } from "cdktf";
import { isToken } from "./terraform-text";

// CDKTF makes a Token each time it is asked, and thousands of objects may depend on one.
const known = new WeakMap<ITerraformDependable, string>();

/** The addresses: as plain text where they are known, else as Tokens. */
export function addressesOf(dependables: readonly ITerraformDependable[]): string[] {
  return dependables.map((each) => {
    const { fqn } = each;
    if (!isToken(fqn)) return fqn;
    const address = known.get(each) ?? dependable(each);
    known.set(each, address);
    return address;
  });
}
