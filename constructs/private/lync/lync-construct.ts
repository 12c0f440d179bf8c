// What every construct of this library is: checked properties, one Terraform resource, something to depend on.
import { Construct } from "constructs";
import { LyncResource, LyncResourceConfig, lyncResource } from "../terraform/lync-resource";
import { LyncScope } from "./lync-scope";
import { lackOf, productsWith } from "./products";
import { resourceName } from "../terraform/resource-names";
import { isMarked, mark } from "../validation/mark";
import { placeOf } from "../validation/place";
import { Rule, show } from "../validation/rules";
import { refuseTooLong } from "../terraform/settings-variable";
import { isStack, stackOf } from "../terraform/stack";
import { isToken } from "../terraform/terraform-text";
import { ITerraformDependable } from "../terraform/types";
import { Problems, Rules } from "../validation/validation";

/** What every construct of this library takes. */
export interface LyncConstructProps {
  /**
   * What must be there before: constructs of this library or any Terraform resource of the stack.
   *
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const dependables: Rule = (value) => {
  if (value === undefined || allHaveAddresses(value)) return undefined;
  return "is not a list of constructs. Allowed: a list of constructs of this library and Terraform resources.";
};

// Such as null_resource.LyncOnline.
const ADDRESS = /^[a-z_][\w-]*(?:\.[a-z_][\w-]*)+(?:\[.+\])?$/i;

/** Whether Terraform can depend on each of them. */
function allHaveAddresses(value: unknown): boolean {
  try {
    const fqns = [...(value as Iterable<Partial<ITerraformDependable> | null>)].map((each) => each?.fqn);
    return (
      Array.isArray(value) &&
      fqns.every((fqn) => typeof fqn === "string" && (isToken(fqn) || ADDRESS.test(fqn)))
    );
  } catch {
    return false; // no list, or a construct that has no resource
  }
}

function lacking(what: string, product: string, lack: string, places: string): string {
  return (
    `${what} ${product}: ${lack}. Allowed: ${places}. Leave it out; where the server is one of these, set product ` +
    "in the settings of the runner."
  );
}

/** The rules of what every construct of this library takes. */
export const COMMON_RULES: Rules<LyncConstructProps> = { dependsOn: dependables };

/**
 * A construct of this library: other resources can depend on it like on any Terraform resource. It is a type to ask for, not
 * a class to extend.
 */
export abstract class LyncConstruct extends Construct implements ITerraformDependable {
  /** Whether it is a construct of this library that carries an object or a test, of this copy of the package or of another. */
  public static isLyncConstruct(value: unknown): value is LyncConstruct {
    return isMarked(value, "LyncConstruct");
  }

  /** What the constructs of the stack share. */
  protected readonly shared: LyncScope;
  private resource?: LyncResource;
  private first: readonly ITerraformDependable[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    /** What this construct is called in errors, in the inventory and among the scripts, such as `HostingProvider`. */
    public readonly kind: string,
  ) {
    super(scope, id);
    mark(this, "LyncConstruct");
    mark(this, kind);
    this.shared = LyncScope.of(this);
  }

  /** What must be there before: what the code has it depend on, besides what the library itself orders. */
  public get dependsOn(): readonly ITerraformDependable[] {
    return this.first;
  }

  /** Address of the Terraform resource that carries this construct's settings. */
  public get fqn(): string {
    if (!this.resource) throw new Error(`${this.kind} at ${this.node.path} has no resource yet.`);
    return this.resource.fqn;
  }

  /**
   * Holds the properties against their rules and whatever `more` looks at; throws with all that is wrong. Answers with the
   * properties as they were read.
   */
  protected validate<Props extends object>(
    props: Props,
    rules: Rules<Props>,
    more: (problems: Problems, read: Props) => void = () => undefined,
  ): Props {
    const problems = new Problems(this.kind, this);
    const read = problems.read(props, rules);
    this.shared.names.take(problems, resourceName(this), this.node.path);
    const { dependsOn = [] } = read as LyncConstructProps;
    this.refuseLacking(problems, read);
    this.refuseOtherStacks(problems, dependsOn);
    more(problems, read);
    problems.throwIfAny();
    this.first = [...dependsOn];
    return read;
  }

  /** Adds a problem for each that is of another stack: Terraform can depend on nothing outside of its own. */
  private refuseOtherStacks(problems: Problems, dependsOn: unknown): void {
    if (!allHaveAddresses(dependsOn)) return; // its own rule says so
    const own = stackOf(this);
    for (const each of dependsOn as readonly unknown[]) {
      const stack = Construct.isConstruct(each) ? [...each.node.scopes].reverse().find(isStack) : undefined;
      if (stack === undefined || stack === own) continue;
      problems.add(
        "dependsOn",
        `${show(placeOf(each as Construct))} is of the stack ${show(placeOf(stack))}. Allowed: constructs of the same ` +
          `stack, ${show(placeOf(own))}. Call stack.addDependency of this stack with the other one instead: the whole ` +
          "of the other stack is deployed first then.",
      );
    }
  }

  /** Adds a problem for what the stack's product does not have. */
  private refuseLacking(problems: Problems, props: object): void {
    const { product } = this.shared;
    const whole = lackOf(product, this.kind);
    if (whole) {
      const message = lacking(`there is no ${this.kind} on`, product, whole, productsWith(this.kind));
      problems.add("product", message);
    }
    this.refuseLackingProperties(problems, this.kind, props);
  }

  /** The same for the properties of an object of this kind; `prefix` is what stands before their names in the code. */
  protected refuseLackingProperties(problems: Problems, kind: string, props: object, prefix = ""): void {
    const { product } = this.shared;
    for (const [name, value] of Object.entries(props)) {
      const lack = value === undefined ? undefined : lackOf(product, kind, name);
      if (!lack) continue;
      const message = lacking(`${show(value)} cannot be set on`, product, lack, productsWith(kind, name));
      problems.add(prefix + name, message);
    }
  }

  /** Makes the resource that carries this construct's settings; throws where it could not carry them. */
  protected carry(config: Omit<LyncResourceConfig, "kind">): LyncResource {
    const problems = new Problems(this.kind, this);
    refuseTooLong(problems, config.settings);
    problems.throwIfAny();
    return this.carryAs(this.kind, config);
  }

  /** The same for settings of another kind, whose length the caller has looked at. */
  protected carryAs(kind: string, config: Omit<LyncResourceConfig, "kind">): LyncResource {
    this.shared.kinds.add(kind);
    this.resource = lyncResource(this, this.shared, { kind, ...config });
    return this.resource;
  }
}
