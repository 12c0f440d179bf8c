// A construct whose object lives in Lync Server: it has an identity, an entry in the inventory, and tests that verify it.
import { Construct } from "constructs";
import { Traits } from "../bookkeeping/declared-objects";
import { RemovalPolicy } from "../bookkeeping/removal-policy";
import { Claim, claim, claimVariables, ClaimWay } from "../bookkeeping/claim";
import { COMMON_RULES, LyncConstruct, LyncConstructProps } from "./lync-construct";
import { isMarked, mark } from "../validation/mark";
import { placeOf } from "../validation/place";
import { boolean, oneOf, show } from "../validation/rules";
import { known } from "../terraform/token-rules";
import { ReaderTrigger } from "../terraform/settings-variable";
import { literal, Settings } from "../terraform/terraform-text";
import { Problems, Rules } from "../validation/validation";

/** What every construct with an object in Lync Server takes. */
export interface LyncObjectProps extends LyncConstructProps {
  /**
   * What happens to the object in Lync Server when it leaves the code or its stack is destroyed.
   *
   * @default - see the construct
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What a construct takes whose object could be somebody else's. */
export interface AdoptionProps {
  /**
   * Whether the first deploy takes over an object that is there and is not what this stack would have made. What is
   * declared is set then, all else stays as it is, and the object leaves Lync Server with the code. Without it, such a
   * deploy stops before its first change and lists the differences. Not with `RemovalPolicy.RETAIN`, which uses what is
   * there and never removes it.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
}

/** The rules of {@link AdoptionProps}. */
export const ADOPTION_RULES: Rules<AdoptionProps> = { adoptExisting: known(boolean) };

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
  /** What it is to the other objects of the stack. */
  readonly traits?: Traits;
  /** What a new object gets where the setting is not declared; an object that is there keeps what it has. */
  readonly creation?: Settings;
  /** The cmdlets that may run, for the reader of a plan. */
  readonly cmdlets: string;
  readonly removalPolicy: RemovalPolicy;
  /**
   * The setting that tells the object from somebody else's of the same identity: with another value it is not removed.
   * Its value must be known at synthesis.
   */
  readonly ownSetting?: string;
  /** Whether a claim looks, before the first deploy, if the object is somebody else's. */
  readonly claimed?: boolean;
}

/**
 * A construct whose object lives in Lync Server. It is a type to ask for, as in an Aspect, not a class to extend.
 *
 * @example
 * Aspects.of(stack).add({
 *   visit(node) {
 *     if (!LyncObject.isLyncObject(node) || node.removalPolicy === RemovalPolicy.RETAIN) return;
 *     Annotations.of(node).addWarning("leaves Lync Server with the code");
 *   },
 * });
 * @noInheritDoc
 */
export abstract class LyncObject extends LyncConstruct {
  /** Whether it is a construct with an object in Lync Server, of this copy of the package or of another one. */
  public static isLyncObject(value: unknown): value is LyncObject {
    return isMarked(value, "LyncObject");
  }

  private policy: RemovalPolicy = RemovalPolicy.REMOVE;

  protected constructor(scope: Construct, id: string, kind: string) {
    super(scope, id, kind);
    mark(this, "LyncObject");
  }

  /** What happens to the object in Lync Server when it leaves the code or its stack is destroyed. */
  public get removalPolicy(): RemovalPolicy {
    return this.policy;
  }

  /** Settles what {@link removalPolicy} tells. */
  protected settle(policy: RemovalPolicy): void {
    this.policy = policy;
  }

  /** Adds a problem where the stack has this object already; names compare without case, as Lync Server's do. */
  protected refuseTwice(problems: Problems, property: string, identity: unknown, kind = this.kind): void {
    const twin = typeof identity === "string" ? this.shared.objects.find(kind, identity) : undefined;
    if (!twin) return;
    problems.add(
      property,
      `${show(identity)} is declared already, at ${show(twin.path)}. Allowed: once per stack (names compare without ` +
        "case). Remove one of the two.",
    );
  }

  /** Makes the resource and the entry in the stack's inventory. */
  protected declare(declaration: Declaration, props: LyncObjectProps & AdoptionProps): void {
    const { identity, settings, cmdlets, removalPolicy, ownSetting: name } = declaration;
    const ownValue = name === undefined ? undefined : { name, value: String(settings[name]) };
    const first = this.dependsOn;
    this.settle(removalPolicy);
    const creation = markedCreation(declaration);
    const claimed = declaration.claimed ? this.claim(declaration, creation, props) : undefined;
    const resource = this.carry({
      script: "Set-LyncObject",
      settings: { ...settings, [ReaderTrigger.CMDLETS]: cmdlets },
      environment: () => ({
        ...creationVariable(creation),
        ...(claimed && claimVariables(claimed)),
        LYNC_REMOVAL_POLICY: removalPolicy,
      }),
      dependsOn: [...first, ...(claimed ? [claimed] : [])],
    });
    const declares = Object.keys(settings).filter(
      (each) => each !== "Identity" && settings[each] !== undefined,
    );
    this.shared.inventory.add({ kind: this.kind, identity, removalPolicy, declares, ownValue });
    this.shared.objects.add({
      kind: this.kind,
      path: placeOf(this),
      identity,
      settings,
      traits: declaration.traits ?? {},
      creation,
      claim: claimed,
      resource,
    });
  }

  /**
   * The whole stack waits for the claim, so that nothing is changed where it fails. Where the object depends on a resource
   * of the user's, which may depend on anything, only the object itself waits.
   */
  private claim(
    { identity, settings, removalPolicy }: Declaration,
    creation: Record<string, string>,
    { adoptExisting }: AdoptionProps,
  ): Claim {
    const first = this.dependsOn;
    const { inventory, preflight } = this.shared;
    const early = first.every((each) => LyncConstruct.isLyncConstruct(each));
    const claimed = claim(this, this.shared, {
      kind: this.kind,
      identity,
      settings,
      creation: creationVariable(creation),
      way: wayOf(removalPolicy, adoptExisting),
      dependsOn: early ? preflight : [inventory, ...first],
    });
    if (early) inventory.waitFor(claimed.fqn);
    return claimed;
  }
}

function wayOf(removalPolicy: RemovalPolicy, adoptExisting = false): ClaimWay {
  if (removalPolicy === RemovalPolicy.RETAIN) return "retain";
  return adoptExisting ? "adopt" : "exact";
}

/** Adds a problem where both ways to use what is there are given. */
export function refuseTwoWays(problems: Problems, props: LyncObjectProps & AdoptionProps): void {
  if (!props.adoptExisting || props.removalPolicy !== RemovalPolicy.RETAIN) return;
  problems.add(
    "adoptExisting",
    "excludes RemovalPolicy.RETAIN, with which an object that is there is used and never removed. Allowed: one of the " +
      "two. Leave out adoptExisting to use it, or removalPolicy to take it over.",
  );
}

/** The values for a new object, without those that are declared; each with the mark that the scripts expect. */
function markedCreation({ settings, creation = {} }: Declaration): Record<string, string> {
  const open = Object.entries(creation).filter(([name]) => settings[name] === undefined);
  return Object.fromEntries(open.map(([name, value]) => [name, `=${String(value)}`]));
}

function creationVariable(creation: Record<string, string>): Record<string, string> {
  return Object.keys(creation).length === 0 ? {} : { LYNC_CREATION: literal(JSON.stringify(creation)) };
}
