// Refuses create_before_destroy above the library's resources: Terraform would then skip every removal.
import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { show } from "../validation/rules";
import { overridesOf } from "./overrides";

type Block = Record<string, unknown>;

/** What Terraform orders: a resource, a local value, a module, a provider. */
interface Vertex {
  readonly address: string;
  readonly block: Block;
}

/** Addresses of what the library has in a stack. */
export interface OwnAddresses {
  /** What everything of the library depends on, but for the checks that come before it. */
  readonly inventory: string;
  readonly preflight: string;
}

/**
 * Looks at the stack when it is validated, after all Aspects. Terraform forces create_before_destroy on all that such a
 * resource depends on, and runs no destroy provisioner of what is created first: nothing would ever leave Lync Server.
 */
export function refuseCreateBeforeDestroy(stack: TerraformStack, scope: IConstruct, own: OwnAddresses): void {
  scope.node.addValidation({ validate: () => (mayHaveIt(stack) ? refusals(stack, own) : []) });
}

/** A quick look, since the thorough one costs as much as the whole synthesis. */
function mayHaveIt(stack: TerraformStack): boolean {
  const written = (node: IConstruct) => {
    const overrides = overridesOf(node);
    return Object.keys(overrides).length > 0 && JSON.stringify(overrides).includes("create_before_destroy");
  };
  return stack.node
    .findAll()
    .some(
      (node) =>
        ((TerraformElement.isTerraformElement(node) || TerraformStack.isStack(node)) && written(node)) ||
        (TerraformResource.isTerraformResource(node) && node.lifecycle?.createBeforeDestroy),
    );
}

/** What everything in the stack refers to, by its address. */
export function dependenciesOf(stack: TerraformStack): ReadonlyMap<string, ReadonlySet<string>> {
  return referencesOf(verticesOf(stack.toTerraform() as Record<string, Block>));
}

function refusals(stack: TerraformStack, own: OwnAddresses): string[] {
  const vertices = verticesOf(stack.toTerraform() as Record<string, Block>);
  const below = referencesOf(vertices);
  return vertices
    .filter(({ block }) => isCreatedFirst(block))
    .filter(({ address }) => address === own.preflight || reaches(below, address, own.inventory))
    .map(
      ({ address, block }) =>
        `create_before_destroy of ${address} at ${show(pathOf(block))} is not allowed: it is, or depends on, a resource of ` +
        "this library. Terraform forces it on everything that such a resource depends on, and then removes nothing from " +
        "Lync Server that leaves the code. Leave create_before_destroy out, or take the dependency away.",
    );
}

function verticesOf({
  resource,
  data,
  locals,
  module,
  provider,
}: Record<string, Block | undefined>): Vertex[] {
  const typed = (prefix: string, types: Block = {}) =>
    Object.entries(types).flatMap(([type, all]) => named(`${prefix}${type}.`, all as Block));
  const providers = Object.entries(provider ?? {}).map(([name, all]) => ({
    address: `provider.${name}`,
    block: { all },
  }));
  return [
    ...typed("", resource),
    ...typed("data.", data),
    ...named(
      "local.",
      Object.fromEntries(Object.entries(locals ?? {}).map(([name, value]) => [name, { value }])),
    ),
    ...named("module.", module),
    ...providers,
  ];
}

function named(prefix: string, blocks: Block = {}): Vertex[] {
  return Object.entries(blocks).map(([name, block]) => ({ address: prefix + name, block: block as Block }));
}

const ADDRESS = /(?<![\w.])(?:data\.)?[a-z_][\w-]*\.[a-z_][\w-]*/gi;
// Terraform reads these as expressions even without ${}.
const EXPRESSIONS = ["depends_on", "replace_triggered_by"];

/** What each one refers to, by the addresses in its texts. */
function referencesOf(vertices: readonly Vertex[]): Map<string, Set<string>> {
  const known = new Set(vertices.map(({ address }) => address));
  return new Map(
    vertices.map(({ address, block }) => {
      const found = expressionsIn(block).flatMap((text) => text.match(ADDRESS) ?? []);
      const provider = `provider.${address.replace(/^data\./, "").split(/[_.]/)[0]}`;
      return [address, new Set([...found, provider].filter((each) => known.has(each)))];
    }),
  );
}

function expressionsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return EXPRESSIONS.includes(name) || /[$%]\{/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => expressionsIn(each, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...expressionsIn(key),
    ...(key === "//" ? [] : expressionsIn(each, key)),
  ]);
}

function reaches(below: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const address of seen) below.get(address)?.forEach((each) => seen.add(each));
  return seen.has(to);
}

function isCreatedFirst({ lifecycle }: Block): boolean {
  const all = [lifecycle].flat() as (Block | null | undefined)[];
  return all.some(
    (each) => ![undefined, null, false, "false"].includes(each?.create_before_destroy as false),
  );
}

function pathOf(block: Block): unknown {
  return (block["//"] as { metadata?: Block } | undefined)?.metadata?.path;
}
