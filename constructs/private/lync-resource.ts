// The one file that knows which Terraform resource carries an object: null_resource or terraform_data.
import {
  DataResource,
  ITerraformDependable,
  LocalExecProvisioner,
  TerraformLocal,
  TerraformStack,
} from "cdktf";
import { Resource as NullResource } from "@cdktf/provider-null/lib/resource";
import { Construct } from "constructs";
import { LyncResourceType } from "../resource-type";
import { localExec, runnerVariables, Script } from "./local-exec";
import { LyncScope } from "./lync-scope";
import { SettingValue, triggerText } from "./terraform-text";

/** Settings by the cmdlets' parameter names; undefined is not declared. */
export type Settings = Readonly<Record<string, SettingValue | undefined>>;

/** What one resource applies or tests. */
export interface LyncResourceConfig {
  /** Kind of the object, as its script is called. */
  readonly kind: string;
  readonly script: Script;
  readonly settings: Settings;
  /** Trigger texts that are Terraform expressions of this library's own. */
  readonly expressions?: Readonly<Record<string, string>>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A resource with its settings as triggers. It has no destroy provisioner: a replacement must not remove anything. */
export function lyncResource(
  scope: Construct,
  shared: LyncScope,
  config: LyncResourceConfig,
): DataResource | NullResource {
  const triggers = { ...triggersOf(config.settings), ...config.expressions };
  const dependsOn = [shared.inventory, ...config.dependsOn];
  // The id Default adds nothing to the Terraform name: null_resource.LyncOnline.
  if (shared.resourceType === LyncResourceType.TERRAFORM_DATA) {
    const provisioners = [apply(shared, config, "self.triggers_replace")];
    const triggersReplace = mapOf(scope, triggers);
    return new DataResource(scope, "Default", { triggersReplace, dependsOn, provisioners });
  }
  return new NullResource(scope, "Default", {
    triggers,
    dependsOn,
    provisioners: [apply(shared, config, "self.triggers")],
  });
}

/**
 * terraform_data takes a value of any type, and ignore_changes of one key works in a map alone: in an object it would
 * ignore every change. The function tomap makes it one; the settings stay plain data in a local value.
 */
function mapOf(scope: Construct, triggers: Record<string, string>): never {
  const local = new TerraformLocal(scope, "Settings", triggers);
  local.overrideLogicalId(TerraformStack.of(scope).getLogicalId(scope.node));
  return `\${tomap(${local.fqn})}` as never;
}

function triggersOf(settings: Settings): Record<string, string> {
  const declared = Object.entries(settings).filter(
    (each): each is [string, SettingValue] => each[1] !== undefined,
  );
  return Object.fromEntries(declared.map(([name, value]) => [name, triggerText(value)]));
}

function apply(shared: LyncScope, config: LyncResourceConfig, triggers: string): LocalExecProvisioner {
  return localExec(shared.runner, config.script, {
    ...runnerVariables(shared.runner),
    LYNC_KIND: config.kind,
    // The mark before each value keeps PowerShell 7 from reading a text that looks like a date as one.
    LYNC_SETTINGS: `\${jsonencode({ for name, value in ${triggers} : name => "=\${value}" })}`,
  });
}
