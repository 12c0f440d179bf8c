// The one file that knows which Terraform resource carries an object: null_resource or terraform_data.
import { dependable, ITerraformDependable, Precondition, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { LyncResourceType } from "./resource-type";
import { localExec, RunnerSettings, runnerVariables, Script } from "./local-exec";
import { LocalValue } from "./local-value";
import { NullResource } from "./null-resource";
import { resourceName } from "./resource-names";
import { show } from "../validation/rules";
import { hiddenVariable } from "./sensitive";
import { ReaderTrigger, settingsVariable } from "./settings-variable";
import { TerraformData } from "./terraform-data";
import { overridesOf } from "./overrides";
import { inert, isToken, Settings, SettingValue, triggerText } from "./terraform-text";

/** What one resource applies or tests. */
export interface LyncResourceConfig {
  /** Kind of the object, as its script is called. */
  readonly kind: string;
  readonly script: Script;
  readonly settings: Settings;
  /** Trigger texts that are Terraform expressions of this library's own. */
  readonly expressions?: Readonly<Record<string, string>>;
  /** How the settings reach the script, where one variable is not enough; by default they do in one. */
  readonly carried?: (triggers: string) => Record<string, string>;
  /** Further variables of the script, asked for when the whole stack is known. They are no triggers. */
  readonly environment?: () => Record<string, string>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What the resources of one stack have in common. */
export interface StackResources {
  readonly runner: RunnerSettings;
  readonly resourceType: LyncResourceType;
  /** What every object comes after. */
  readonly inventory: ITerraformDependable;
}

/** A resource with its settings as triggers. It has no destroy provisioner: a replacement must not remove anything. */
export abstract class LyncResource {
  protected abstract readonly resource: TerraformResource;
  /** Name of the attribute that holds the triggers. */
  protected abstract readonly attribute: string;
  /** What holds them in the stack, where that is not the resource. */
  protected abstract readonly local?: LocalValue;
  private readonly texts: Record<string, string>;
  private readonly first: readonly ITerraformDependable[];

  protected constructor(config: LyncResourceConfig) {
    this.first = config.dependsOn;
    this.texts = { ...triggersOf(config.settings), ...config.expressions };
  }

  public get fqn(): string {
    return this.resource.fqn;
  }

  /** Terraform expression of the id, which changes whenever the object is applied anew. */
  public get appliedId(): string {
    return `\${${this.address}.id}`;
  }

  /** Terraform expression of the triggers. */
  public get triggers(): string {
    return `${this.address}.${this.attribute}`;
  }

  /** The address as plain text: each Token costs a stack trace, and a closing step refers to every object of a stack. */
  public get address(): string {
    return `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}`;
  }

  /** What is declared, as Terraform gets it. */
  public get triggerTexts(): Readonly<Record<string, string>> {
    return this.texts;
  }

  /** What is declared, where Terraform will have just that: without Tokens, and with nothing overridden. */
  public get knownTexts(): Readonly<Record<string, string>> | undefined {
    const { texts, resource, local, current } = this;
    const same = Object.keys({ ...texts, ...current }).every(
      (name) => name === ReaderTrigger.DRIFT || current[name] === texts[name],
    );
    const ignored = [resource.lifecycle?.ignoreChanges ?? []].flat();
    const overridden = [resource, ...(local ? [local] : []), TerraformStack.of(resource)].some((each) =>
      Object.keys(overridesOf(each)).some((name) => name !== "terraform"),
    );
    const isOwn = same && !overridden && ignored.every((each) => each === this.ignored);
    return isOwn && !Object.values(texts).some(isToken) ? texts : undefined;
  }

  /** Has the object applied anew, with the reason in the plan. */
  public reapply(reason: string): void {
    this.setTriggers({ ...this.texts, [ReaderTrigger.DRIFT]: inert(reason) });
    const { precondition } = this.resource.lifecycle ?? {};
    this.resource.lifecycle = precondition && { precondition };
  }

  /** Has it wait for another object, besides what the code has it depend on. */
  public waitFor(other: LyncResource): void {
    if (this.first.some((each) => each.fqn === other.fqn)) return;
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), dependable(other.resource)];
  }

  /** Whether it may depend on anything besides the bookkeeping that all objects depend on. */
  public get mayWait(): boolean {
    const { dependsOn = [] } = this.resource;
    const overridden = Object.keys(overridesOf(this.resource)).length > 0;
    return dependsOn.length > 1 || overridden || Object.values(this.texts).some(isToken);
  }

  /** Has the plan fail where the condition does not hold, or the deploy, before this object is changed. */
  public require(condition: Precondition): void {
    const { lifecycle = {} } = this.resource;
    const precondition = [...(lifecycle.precondition ?? []), condition];
    this.resource.lifecycle = { ...lifecycle, precondition };
  }

  /** The drift that was healed last stays in the state without being a difference of its own. */
  private get ignored(): string {
    return `${this.attribute}["${ReaderTrigger.DRIFT}"]`;
  }

  /** The triggers as the resource has them now, where somebody may have given it others. */
  protected get current(): Readonly<Record<string, string>> {
    return this.texts;
  }

  protected abstract setTriggers(triggers: Record<string, string>): void;

  /** What both types of resource have in common. */
  protected common(shared: StackResources, config: LyncResourceConfig) {
    return {
      dependsOn: [shared.inventory, ...config.dependsOn],
      provisioners: [
        localExec(shared.runner, config.script, () =>
          scriptVariables(this.resource, shared, config, `self.${this.attribute}`),
        ),
      ],
      lifecycle: { ignoreChanges: [this.ignored] },
    };
  }
}

/** The variables of the script, with the settings from the triggers of this Terraform expression. */
export function scriptVariables(
  scope: Construct,
  shared: StackResources,
  { kind, settings, carried, environment }: LyncResourceConfig,
  triggers: string,
): Record<string, string> {
  return {
    ...runnerVariables(shared.runner),
    LYNC_KIND: kind,
    ...(carried ? carried(triggers) : { ...settingsVariable(triggers), ...hiddenVariable(scope, settings) }),
    ...environment?.(),
  };
}

/** The resource of the type that the stack is set to. */
export function lyncResource(
  scope: Construct,
  shared: StackResources,
  config: LyncResourceConfig,
): LyncResource {
  return shared.resourceType === LyncResourceType.TERRAFORM_DATA
    ? new Data(scope, shared, config)
    : new Null(scope, shared, config);
}

class Null extends LyncResource {
  protected readonly attribute = "triggers";
  protected readonly local = undefined;
  protected readonly resource: NullResource;

  public constructor(scope: Construct, shared: StackResources, config: LyncResourceConfig) {
    super(config);
    // The id Default adds nothing to the Terraform name: null_resource.LyncOnline.
    this.resource = new NullResource(scope, "Default", {
      triggers: this.triggerTexts,
      ...this.common(shared, config),
    });
  }

  protected override get current(): Readonly<Record<string, string>> {
    return this.resource.triggerTexts;
  }

  protected setTriggers(triggers: Record<string, string>): void {
    this.resource.triggers = triggers;
  }
}

/**
 * terraform_data takes a value of any type, and ignore_changes of one key works in a map alone: in an object it would
 * ignore every change. The function tomap makes it one; the settings stay plain data in a local value.
 */
class Data extends LyncResource {
  protected readonly attribute = "triggers_replace";
  protected readonly resource: TerraformData;
  protected readonly local: LocalValue;

  public constructor(scope: Construct, shared: StackResources, config: LyncResourceConfig) {
    super(config);
    const name = resourceName(scope);
    this.local = new LocalValue(scope, "Settings", name, this.triggerTexts);
    const common = this.common(shared, config);
    const tokens = Object.keys(config.settings).filter((name) => isToken(config.settings[name]));
    if (tokens.length === 0) {
      const triggersReplace = `\${tomap(local.${name})}`;
      this.resource = new TerraformData(scope, "Default", { triggersReplace, ...common });
      return;
    }
    // A list among texts would fail in the function tomap, which names no property: the preconditions do.
    const each = `for name, value in local.${name} : name => try(tostring(value), null)`;
    this.resource = new TerraformData(scope, "Default", {
      ...common,
      triggersReplace: `\${tomap({ ${each} })}`,
      lifecycle: { ...common.lifecycle, precondition: tokens.map((each) => singleValue(name, each, config)) },
    });
  }

  protected setTriggers(triggers: Record<string, string>): void {
    this.local.expression = triggers;
  }
}

/** Has the plan fail where the local value of the settings has no single value there. */
function singleValue(local: string, name: string, { kind, settings }: LyncResourceConfig): Precondition {
  const object = [kind, ...(typeof settings.Identity === "string" ? [show(settings.Identity)] : [])].join(
    " ",
  );
  return {
    condition: `\${can(tostring(local.${local}["${name}"]))}`,
    errorMessage: inert(
      `${object}: ${name} is a list or a map. Allowed: a single value. Give the property one, or null to leave it out.`,
    ),
  };
}

/** The settings as Terraform gets them. */
export function triggersOf(settings: Settings): Record<string, string> {
  const declared = Object.entries(settings).filter(
    (each): each is [string, SettingValue] => each[1] !== undefined,
  );
  return Object.fromEntries(declared.map(([name, value]) => [name, triggerText(value)]));
}
