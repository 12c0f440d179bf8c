// Where the synthesised stack of an environment is, and its plan.
import { join } from "node:path";

/** The plan's file in the folder of its stack. It may hold secrets, as the state does. */
export const PLAN = "deploy.tfplan";

export function stackOf(environment) {
  return join("cdktf.out", "stacks", environment);
}
