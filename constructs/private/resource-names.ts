// Names of resources in Terraform. CDKTF makes them of the ids on the way to a construct; not every id gives a name, or its own.
import { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import { show } from "./rules";
import { Problems } from "./validation";

/** The name that CDKTF gives to the resource of a construct; empty where its ids have no character that counts. */
export function resourceName(construct: Construct): string {
  const ids = construct.node.scopes
    .slice(TerraformStack.of(construct).node.scopes.length)
    .map(({ node }) => node.id);
  const counts = ids.some((id) => id !== "Default" && /[\w-]/.test(id));
  return counts ? TerraformStack.of(construct).getLogicalId(construct.node) : "";
}

/** The names that are taken in one stack: of two resources with one name CDKTF would keep the later one alone. */
export class ResourceNames {
  private readonly owners = new Map<string, string>();

  /** The names that are taken from the start, by the library itself. */
  public constructor(own: readonly string[]) {
    own.forEach((name) => this.owners.set(name, "the library itself"));
  }

  /** Takes the name for the construct at this path; a problem where that cannot be. */
  public take(problems: Problems, name: string, path: string): void {
    const owner = this.owners.get(name);
    if (!/^[a-z_]/i.test(name)) problems.add("id", `${gives(path, name)}. Allowed: ${ALLOWED}. ${FIX}`);
    else if (owner !== undefined)
      problems.add("id", `${gives(path, name)}, which ${owner} has. ${DROPPED} ${OTHER}`);
    this.owners.set(name, show(path));
  }
}

const ALLOWED = "a name that begins with a letter from A to Z or an underscore";
const DROPPED = 'CDKTF drops all but the letters from A to Z, digits, "_" and "-" from an id.';
const FIX = `${DROPPED} Begin the id with a letter, as in "Domain1".`;
const OTHER = "Give one of the two another id.";

function gives(path: string, name: string): string {
  return `${show(path)} gives the Terraform name ${show(name)}`;
}
