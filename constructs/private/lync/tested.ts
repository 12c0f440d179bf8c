// The look after a test whether it came to its end: one that was killed runs again in the next deploy.
import { Construct } from "constructs";
import { localExec } from "../terraform/local-exec";
import { LyncResource, LyncResourceConfig, scriptVariables } from "../terraform/lync-resource";
import type { LyncScope } from "./lync-scope";
import { resourceName } from "../terraform/resource-names";
import { TerraformData } from "../terraform/terraform-data";
import { ITerraformDependable } from "../terraform/types";
import { Problems } from "../validation/validation";

const TEST_ID = "LYNC_TEST_ID";

/** The variable by which a test notes on the runner that it came to its end. */
export const OWN_TEST_ID: Readonly<Record<string, string>> = { [TEST_ID]: "${self.id}" };

/**
 * Terraform puts a new resource into its state before the provisioner runs, and writes that state when another resource
 * ends. A test that is killed beside one would never run. So each test has a second resource, which is replaced with it and
 * comes after it: where a test was killed it is missing, and the next deploy makes it. In every other deploy it finds the
 * test's note and runs nothing. What depends on the test depends on it.
 */
export function tested(
  scope: Construct,
  shared: LyncScope,
  config: LyncResourceConfig,
  test: LyncResource,
): ITerraformDependable {
  const name = `${resourceName(scope)}_Tested`;
  const problems = new Problems(config.kind, scope);
  shared.names.take(problems, name, scope.node.path);
  problems.throwIfAny();
  const environment = () => ({
    ...scriptVariables(scope, shared, config, test.triggers),
    [TEST_ID]: test.appliedId,
  });
  const { address } = new TerraformData(scope, "Tested", {
    name,
    triggersReplace: test.appliedId,
    provisioners: [localExec(shared.runner, "Confirm-LyncTest", environment)],
  });
  return { fqn: address };
}
