// A construct whose object lives in Lync Server: it has an identity, an entry in the inventory, and tests that verify it.
import { Construct } from "constructs";
import { RemovalPolicy } from "../removal-policy";
import { COMMON_RULES, LyncConstruct, LyncConstructProps } from "./lync-construct";
import { Settings } from "./lync-resource";
import { oneOf, optional, show } from "./rules";
import { Problems, Rules } from "./validation";

/** What every construct with an object in Lync Server takes. */
export interface LyncObjectProps extends LyncConstructProps {
  /**
   * What happens to the object in Lync Server when it leaves the code or its stack is destroyed.
   *
   * @default - see the construct
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The rules of what every construct with an object in Lync Server takes. */
export const OBJECT_RULES: Rules<LyncObjectProps> = {
  ...COMMON_RULES,
  removalPolicy: optional(oneOf(Object.values(RemovalPolicy))),
};

/** What a construct declares of its object. */
export interface Declaration {
  readonly identity: string;
  /** The settings by the cmdlets' parameter names; undefined is left as it is in Lync Server. */
  readonly settings: Settings;
  /** The cmdlets that may run, for the reader of a plan. */
  readonly cmdlets: string;
  readonly removalPolicy: RemovalPolicy;
  /** Settings that go back to Lync Server's default when they leave the code while the object stays. */
  readonly resets?: readonly string[];
}

/** A construct whose object lives in Lync Server. */
export abstract class LyncObject extends LyncConstruct {
  protected constructor(scope: Construct, id: string, kind: string) {
    super(scope, id, kind);
  }

  /** Adds a problem where the stack has this object already; names compare without case, as Lync Server's do. */
  protected refuseTwice(problems: Problems, property: string, identity: string): void {
    const twin = this.shared.objects.find(this.kind, identity);
    if (!twin) return;
    problems.add(
      property,
      `${show(identity)} is declared already, at ${show(twin.path)}. Allowed: once per stack (names compare without ` +
        "case). Remove one of the two.",
    );
  }

  /** Makes the resource and the entry in the stack's inventory. */
  protected declare(declaration: Declaration, props: LyncObjectProps): void {
    const { identity, settings, cmdlets, removalPolicy, resets = [] } = declaration;
    const resource = this.carry({
      script: "Set-LyncObject",
      settings: { ...settings, Cmdlets: cmdlets },
      dependsOn: props.dependsOn ?? [],
    });
    const declaredResets = resets.filter((name) => settings[name] !== undefined);
    this.shared.inventory.add({ kind: this.kind, identity, removalPolicy, resets: declaredResets });
    this.shared.objects.add({ kind: this.kind, path: this.node.path, identity, settings, resource });
  }
}
