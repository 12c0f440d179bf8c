// A construct whose object lives in Lync Server: it has an identity, an entry in the inventory, and tests that verify it.
import { Construct } from "constructs";
import { RemovalPolicy } from "../removal-policy";
import { claim } from "./claim";
import { COMMON_RULES, LyncConstruct, LyncConstructProps } from "./lync-construct";
import { Settings } from "./lync-resource";
import { known, oneOf, show } from "./rules";
import { ReaderTrigger } from "./settings-variable";
import { literal } from "./terraform-text";
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
  removalPolicy: known(oneOf(Object.values(RemovalPolicy))),
};

/** What a construct declares of its object. */
export interface Declaration {
  readonly identity: string;
  /** The settings by the cmdlets' parameter names; undefined is left as it is in Lync Server. */
  readonly settings: Settings;
  /** What a new object gets where the setting is not declared; an object that is there keeps what it has. */
  readonly creation?: Settings;
  /** The cmdlets that may run, for the reader of a plan. */
  readonly cmdlets: string;
  readonly removalPolicy: RemovalPolicy;
  /** Settings that go back to Lync Server's default when they leave the code while the object stays. */
  readonly resets?: readonly string[];
  /**
   * The setting that tells the object from somebody else's of the same identity: with another value it is neither taken
   * over by the first deploy nor removed. Its value must be known at synthesis, and hold no white space.
   */
  readonly ownSetting?: string;
}

/** A construct whose object lives in Lync Server. */
export abstract class LyncObject extends LyncConstruct {
  protected constructor(scope: Construct, id: string, kind: string) {
    super(scope, id, kind);
  }

  /** Adds a problem where the stack has this object already; names compare without case, as Lync Server's do. */
  protected refuseTwice(problems: Problems, property: string, identity: unknown): void {
    const twin = typeof identity === "string" ? this.shared.objects.find(this.kind, identity) : undefined;
    if (!twin) return;
    problems.add(
      property,
      `${show(identity)} is declared already, at ${show(twin.path)}. Allowed: once per stack (names compare without ` +
        "case). Remove one of the two.",
    );
  }

  /** Makes the resource and the entry in the stack's inventory. */
  protected declare(declaration: Declaration, props: LyncObjectProps): void {
    const { identity, settings, cmdlets, removalPolicy, resets = [], ownSetting: name } = declaration;
    const ownValue = name === undefined ? undefined : { name, value: String(settings[name]) };
    const first = props.dependsOn ?? [];
    const claims = ownValue
      ? [claim(this, this.shared, { kind: this.kind, identity, ownValue, dependsOn: first })]
      : [];
    const creation = markedCreation(declaration);
    const resource = this.carry({
      script: "Set-LyncObject",
      settings: { ...settings, [ReaderTrigger.CMDLETS]: cmdlets },
      environment: () => creationVariable(creation),
      dependsOn: [...first, ...claims],
    });
    const declaredResets = resets.filter((each) => settings[each] !== undefined);
    this.shared.inventory.add({ kind: this.kind, identity, removalPolicy, resets: declaredResets, ownValue });
    this.shared.objects.add({
      kind: this.kind,
      path: this.node.path,
      identity,
      settings,
      creation,
      resource,
    });
  }
}

/** The values for a new object, without those that are declared; each with the mark that the scripts expect. */
function markedCreation({ settings, creation = {} }: Declaration): Record<string, string> {
  const open = Object.entries(creation).filter(([name]) => settings[name] === undefined);
  return Object.fromEntries(open.map(([name, value]) => [name, `=${String(value)}`]));
}

function creationVariable(creation: Record<string, string>): Record<string, string> {
  return Object.keys(creation).length === 0 ? {} : { LYNC_CREATION: literal(JSON.stringify(creation)) };
}
