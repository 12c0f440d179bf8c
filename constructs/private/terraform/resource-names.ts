// Names of resources in Terraform. CDKTF makes them of the ids on the way to a construct; not every id gives a name, or its own.
import { Construct, IConstruct } from "constructs";
import { TerraformElement, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { show } from "../validation/rules";
import { Problems } from "../validation/validation";

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

/**
 * Refuses, when the stack is validated, what has a name of the library's own, whatever type it is: CDKTF would join it with
 * the library's resource of that name, and whoever reads a plan could not tell the two apart.
 */
export function refuseOwnNames(stack: TerraformStack, own: IConstruct, names: readonly string[]): void {
  const has = (node: IConstruct) =>
    (node.node.scope === stack && names.includes(node.node.id)) ||
    (isJoined(node) && names.includes(node.friendlyUniqueId));
  own.node.addValidation({
    validate: () =>
      stack.node
        .findAll()
        .filter((node) => !node.node.path.startsWith(own.node.path) && has(node))
        .map(({ node }) => ownName(node.path, names)),
  });
}

/** Whether CDKTF would join it with one of the library's, had it the same name. */
function isJoined(node: IConstruct): node is TerraformElement {
  if (node instanceof TerraformLocal) return true;
  return TerraformResource.isTerraformResource(node) && node.terraformResourceType === "terraform_data";
}

function ownName(path: string, names: readonly string[]): string {
  return `id: ${show(path)} has a name that is this library's own. Allowed: any but ${names.join(", ")}. Give it another id.`;
}

const ALLOWED = "a name that begins with a letter from A to Z or an underscore";
const DROPPED = 'CDKTF drops all but the letters from A to Z, digits, "_" and "-" from an id.';
const FIX = `${DROPPED} Begin the id with a letter, as in "Domain1".`;
const OTHER = "Give one of the two another id.";

function gives(path: string, name: string): string {
  return `${show(path)} gives the Terraform name ${show(name)}`;
}
