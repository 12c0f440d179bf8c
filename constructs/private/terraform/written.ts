// What the library's own resources hold, looked through once. CDKTF looks through every text of a stack several times in search
// of its Tokens, and a resource of the library has three times the texts of a bare one.
import { IResolvable, IResolveContext, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { Late } from "./late";
import { overridesOf } from "./overrides";
import { holdsMarker } from "./terraform-text";

type Values = Record<string, unknown>;

/**
 * What an element of a stack writes, such as `{ resource: { null_resource: { LyncOnline: { ... } } } }`. Where there is a Token
 * in it, CDKTF gets it as it is and resolves it.
 */
export function written(element: Values): Values {
  const reader = new Reader();
  const { resource, locals, ...others } = element;
  const read = {
    ...(reader.read(others) as Values),
    ...(resource !== undefined && {
      resource: eachOf(resource, (named) => eachOf(named, (each) => reader.closed(each))),
    }),
    ...(locals !== undefined && { locals: eachOf(locals, (each) => reader.closed(each)) }),
  };
  return reader.holdsToken ? element : (new Element(read) as unknown as Values);
}

function eachOf(values: unknown, change: (value: unknown) => unknown): Values {
  const changed: Values = {};
  for (const name of Object.keys(values as Values)) changed[name] = change((values as Values)[name]);
  return changed;
}

/** What comes out of the processing of a value: CDKTF looks into what is given back by `resolve`, and not into that. */
function giving(context: IResolveContext, value: unknown): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}

/** An element without Tokens: CDKTF need not look into it, and whoever asks the element what it writes can. */
class Element {
  public constructor(element: Values) {
    Object.assign(this, element);
  }

  public resolve(context: IResolveContext): undefined {
    // In this step CDKTF looks at the elements, and in a later one at the stack that it has made of them.
    const opens = !isSettled.has(context.scope);
    const { resource, locals, ...others } = this as Values;
    const open = (each: unknown) => (opens ? (each as Closed).value : each);
    return giving(context, {
      ...others,
      ...(resource !== undefined && { resource: eachOf(resource, (named) => eachOf(named, open)) }),
      ...(locals !== undefined && { locals: eachOf(locals, open) }),
    });
  }
}

/** What has a name in Terraform. Where nothing changes it any more, it stays closed until CDKTF looks at the whole stack. */
class Closed implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(public readonly value: unknown) {}

  public resolve(context: IResolveContext): undefined {
    return giving(context, this.value);
  }

  /** Should CDKTF one day look at the elements alone. */
  public toJSON(): unknown {
    return this.value;
  }
}

/** The stacks in which nothing changes what an element has written. */
const isSettled = new WeakSet<IConstruct>();

/** Finds out, when the stack is validated, whether CDKTF will merge anything into what the library's elements write. */
export function settleWhenValidated(stack: TerraformStack, own: IConstruct): void {
  own.node.addValidation({
    validate: () => {
      if (mayMerge(stack)) isSettled.delete(stack);
      else isSettled.add(stack);
      return [];
    },
  });
}

/** Whether the stack overrides something of its elements, or two of them have one address. */
function mayMerge(stack: TerraformStack): boolean {
  const addresses = stack.node.findAll().flatMap((node) => {
    if (TerraformResource.isTerraformResource(node))
      return `${node.terraformResourceType}.${node.friendlyUniqueId}`;
    return node instanceof TerraformLocal ? `local.${node.friendlyUniqueId}` : [];
  });
  const overridden = Object.keys(overridesOf(stack)).some((name) => name !== "terraform");
  return overridden || new Set(addresses).size < addresses.length;
}

/** Makes of a value what CDKTF would make of it, as long as it meets no Token. */
class Reader {
  public holdsToken = false;

  public closed(value: unknown): Closed {
    return new Closed(this.read(value));
  }

  public read(value: unknown): unknown {
    if (this.holdsToken || value === undefined || value === null || typeof value === "boolean") return value;
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number" && value >= 0) return value; // CDKTF's Tokens of numbers are below
    if (Array.isArray(value))
      return value.map((each) => this.read(each)).filter((each) => each !== undefined);
    if (value instanceof Late) return this.read(value.resolve());
    if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
      return this.object(value);
    this.holdsToken = true; // such as an object of another class
    return value;
  }

  private text(value: string): string {
    this.holdsToken ||= holdsMarker(value);
    return value;
  }

  private object(value: object): Values {
    const read: Values = {};
    for (const name of Object.keys(value)) {
      const own = this.read((value as Values)[name]);
      if (own !== undefined) read[this.text(name)] = own;
    }
    return read;
  }
}
