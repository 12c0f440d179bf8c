// node pipelines/apply.mjs ENVIRONMENT: applies the plan that was made and approved, and no other.
import { join } from "node:path";
import { CommandError, environments, run, written } from "./lib/command.mjs";
import { terraform } from "./lib/process.mjs";
import { PLAN, stackOf } from "./lib/stack.mjs";

// Terraform's words: the state is a newer one, or the state of another environment's life.
const STALE = /Saved plan is stale|Saved plan does not match the given state/;

run(async (names) => {
  const [environment] = environments(names);
  const stack = stackOf(environment);
  written(join(stack, PLAN), "The job before this one");
  await terraform(stack, async (call) => {
    if ((await call(["init", "-no-color", "-lockfile=readonly"], true)).code !== 0)
      throw new CommandError(`terraform init failed for ${environment}; see above. Nothing was changed.`);
    const { code, stdout, stderr } = await call(["apply", "-no-color", PLAN], true);
    if (code !== 0)
      throw new CommandError(STALE.test(stdout + stderr) ? stale(environment) : failed(environment));
  });
});

function stale(environment) {
  return (
    `The plan of ${environment} is stale: since it was made, somebody else has deployed, or this plan has been applied already. ` +
    "Nothing was changed. Start the pipeline anew (no re-run of this job): it makes a new plan, which is reviewed and approved again."
  );
}

function failed(environment) {
  return (
    `The deploy of ${environment} failed; see above. What it has done stays. Start the pipeline anew (no re-run of this job): ` +
    "the next deploy finishes what this one began."
  );
}
