// The look at an object before the stack's first deploy of it, where it could be somebody else's.
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { localExec, runnerVariables } from "./local-exec";
import type { LyncScope } from "./lync-scope";
import { resourceName } from "./resource-names";
import { TerraformData } from "./terraform-data";
import { literal } from "./terraform-text";
import { Problems } from "./validation";

/** What is looked at. */
export interface ClaimConfig {
  readonly kind: string;
  readonly identity: string;
  /** The setting that tells the stack's object from somebody else's. */
  readonly ownValue: { readonly name: string; readonly value: string };
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Makes a resource that fails where the object is there with another value. It is replaced only when the identity
 * changes, so that an edit of the value is an edit and no new claim; where it fails it is tainted, and looks again.
 */
export function claim(scope: Construct, shared: LyncScope, config: ClaimConfig): ITerraformDependable {
  const { kind, identity, ownValue } = config;
  const environment = {
    ...runnerVariables(shared.runner),
    LYNC_KIND: kind,
    LYNC_SETTINGS: literal(
      JSON.stringify({ Identity: `=${identity}`, [ownValue.name]: `=${ownValue.value}` }),
    ),
  };
  const name = `${resourceName(scope)}_Claim`;
  const problems = new Problems(kind, scope);
  shared.names.take(problems, name, scope.node.path);
  problems.throwIfAny();
  const resource = new TerraformData(scope, "Claim", {
    triggersReplace: literal(`${kind} ${identity}`),
    dependsOn: [shared.inventory, ...config.dependsOn],
    provisioners: [localExec(shared.runner, "Confirm-LyncObject", environment)],
  });
  resource.overrideLogicalId(name);
  return resource;
}
