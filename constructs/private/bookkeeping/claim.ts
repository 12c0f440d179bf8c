// The look at an object before the stack's first deploy of it, where it could be somebody else's.
import { Construct } from "constructs";
import { localExec, RunnerSettings, runnerVariables } from "../terraform/local-exec";
import { LocalValue } from "../terraform/local-value";
import { triggersOf } from "../terraform/lync-resource";
import { resourceName, ResourceNames } from "../terraform/resource-names";
import { hiddenVariable } from "../terraform/sensitive";
import { settingsVariable } from "../terraform/settings-variable";
import { TerraformData } from "../terraform/terraform-data";
import { literal, Settings } from "../terraform/terraform-text";
import { ITerraformDependable } from "../terraform/types";
import { Problems } from "../validation/validation";

/**
 * What may become the stack's: `exact` is only what the stack would have made, `adopt` whatever is there, `retain` too,
 * but it is used and never removed.
 */
export type ClaimWay = "exact" | "adopt" | "retain";

/** What is looked at. */
export interface ClaimConfig {
  readonly kind: string;
  readonly identity: string;
  readonly settings: Settings;
  /** The variable with the values for a new object, if there are any. */
  readonly creation: Readonly<Record<string, string>>;
  readonly way: ClaimWay;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What the claims of one stack share. */
export interface ClaimScope {
  readonly runner: RunnerSettings;
  readonly names: ResourceNames;
}

/** A claim as the object's own resource and the closing step see it. */
export interface Claim {
  readonly fqn: string;
  readonly way: ClaimWay;
  /** Terraform expression of its id, which names what the scripts note of the object on the runner. */
  readonly id: string;
}

/**
 * Makes a resource that fails where the object is there and may not become the stack's. It is replaced when the identity
 * changes, or when what was only used is to become the stack's own; an edit of a value is an edit and no new claim. Where
 * it fails it is tainted, and looks again.
 */
export function claim(scope: Construct, shared: ClaimScope, config: ClaimConfig): Claim {
  const { kind, identity, way } = config;
  const name = `${resourceName(scope)}_Claim`;
  const problems = new Problems(kind, scope);
  shared.names.take(problems, name, scope.node.path);
  problems.throwIfAny();
  new LocalValue(scope, "ClaimSettings", name, triggersOf(config.settings));
  // What is no single value is refused by the object's own resource, which names the property.
  const values = `{ for name, value in local.${name} : name => try(tostring(value), null) }`;
  const environment = () => ({
    ...runnerVariables(shared.runner),
    LYNC_KIND: kind,
    LYNC_CLAIM: "${self.id}",
    LYNC_CLAIM_WAY: way,
    ...config.creation,
    ...settingsVariable(values),
    ...hiddenVariable(scope, config.settings),
  });
  const { address } = new TerraformData(scope, "Claim", {
    name,
    triggersReplace: literal(way === "retain" ? `${kind} ${identity}, retained` : `${kind} ${identity}`),
    dependsOn: [...config.dependsOn],
    provisioners: [localExec(shared.runner, "Confirm-LyncObject", environment)],
  });
  return { fqn: address, way, id: `\${${address}.id}` };
}

/** The variables by which the script of the object knows its claim. */
export function claimVariables({ id, way }: Claim): Record<string, string> {
  return { LYNC_CLAIM: id, LYNC_CLAIM_WAY: way };
}
