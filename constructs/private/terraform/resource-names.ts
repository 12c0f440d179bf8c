// Names of resources in Terraform. CDKTF makes them of the ids on the way to a construct; not every id gives a name, or its own.
import { Construct, IConstruct } from "constructs";
import { TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
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
  /** Path of the construct that has the name; empty for the library itself. */
  private readonly owners = new Map<string, string>();

  /** The names that are taken from the start, by the library itself. */
  public constructor(own: readonly string[]) {
    own.forEach((name) => this.owners.set(name, ""));
  }

  /** Takes the name for the construct at this path; a problem where that cannot be. */
  public take(problems: Problems, name: string, path: string): void {
    const owner = this.owners.get(name);
    if (!/^[a-z_]/i.test(name)) problems.add("id", `${gives(path, name)}. Allowed: ${ALLOWED}. ${FIX}`);
    else if (owner !== undefined)
      problems.add(
        "id",
        `${gives(path, name)}, which ${owner === "" ? "the library itself" : show(owner)} has. ${DROPPED} ${OTHER}`,
      );
    this.owners.set(name, path);
  }

  /** Path of the construct of this library that has the name. */
  public ownerOf(name: string): string | undefined {
    return this.owners.get(name) || undefined;
  }
}

/**
 * Refuses, when the stack is validated, what has a name of the library's own, whatever type it is, or the name of one of its
 * constructs: CDKTF would join it with the library's resource of that name, and whoever reads a plan could not tell the two
 * apart.
 */
export function refuseOwnNames(
  stack: TerraformStack,
  own: IConstruct,
  names: readonly string[],
  taken: ResourceNames,
): void {
  const has = (node: IConstruct) =>
    (node.node.scope === stack && names.includes(node.node.id)) ||
    (isJoined(node) && typeOf(node) !== "null_resource" && names.includes(node.friendlyUniqueId));
  own.node.addValidation({
    validate: () => {
      const others = stack.node.findAll().filter((node) => !node.node.path.startsWith(own.node.path));
      const same = others.filter(has).map(({ node }) => ownName(node.path, names));
      return [...same, ...joinedWithOwn(others.filter(isJoined), taken)];
    },
  });
}

/** What CDKTF would join with a resource of one of the library's constructs: it has the same type and the same name. */
function joinedWithOwn(elements: readonly Joined[], taken: ResourceNames): string[] {
  const all = elements.map((element) => {
    const name = element.friendlyUniqueId;
    const owner = taken.ownerOf(name);
    const { path } = element.node;
    return { path, name, owner, key: `${typeOf(element)} ${name}`, isOwn: path.startsWith(`${owner}/`) };
  });
  const own = new Set(all.filter(({ isOwn }) => isOwn).map(({ key }) => key));
  return all
    .filter(({ isOwn, key }) => !isOwn && own.has(key))
    .map(
      ({ path, name, owner }) =>
        `id: ${gives(path, name)}, which ${show(owner)} of this library has. ${LOST} ${OTHER}`,
    );
}

// The types of the library's resources; its settings are local values.
type Joined = TerraformLocal | TerraformResource;
const TYPES = ["terraform_data", "null_resource"];

/** Whether CDKTF would join it with one of the library's, had it the same name. */
function isJoined(node: IConstruct): node is Joined {
  if (node instanceof TerraformLocal) return true;
  return TerraformResource.isTerraformResource(node) && TYPES.includes(node.terraformResourceType);
}

function typeOf(element: Joined): string {
  return element instanceof TerraformLocal ? "local" : element.terraformResourceType;
}

function ownName(path: string, names: readonly string[]): string {
  return `id: ${show(path)} has a name that is this library's own. Allowed: any but ${names.join(", ")}. Give it another id.`;
}

const ALLOWED = "a name that begins with a letter from A to Z or an underscore";
const DROPPED = 'CDKTF drops all but the letters from A to Z, digits, "_" and "-" from an id.';
const FIX = `${DROPPED} Begin the id with a letter, as in "Domain1".`;
const LOST = "CDKTF would make one resource of the two.";
const OTHER = "Give one of the two another id.";

function gives(path: string, name: string): string {
  return `${show(path)} gives the Terraform name ${show(name)}`;
}
