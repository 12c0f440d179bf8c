// node pipelines/plan.mjs ENVIRONMENT: plans the synthesised stack, keeps the plan beside it as deploy.tfplan, and shows what
// it would run. Hands on `changes`: whether there is anything to deploy.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError, environments, run, written } from "./lib/command.mjs";
import { platform, quoted } from "./lib/platform.mjs";
import { npmRun, terraform, write } from "./lib/process.mjs";
import { PLAN, stackOf } from "./lib/stack.mjs";

run(async (names) => {
  const [environment] = environments(names);
  const stack = stackOf(environment);
  if (!existsSync(stack))
    throw new CommandError(
      `There is no folder ${stack}. "npx cdktf synth" writes it, for each environment that the app has.`,
    );
  refuseLocalState(environment, stack);
  const json = join(stack, "deploy.json");
  try {
    await makePlan(environment, stack, json);
    await review(environment, json);
  } finally {
    // It has the values in clear, and nobody needs it any more.
    rmSync(json, { force: true });
  }
});

/** What a run leaves in its folder, the next run does not have. */
function refuseLocalState(environment, stack) {
  const { terraform: settings } = JSON.parse(written(join(stack, "cdk.tf.json"), "cdktf synth"));
  if (!settings.backend?.local) return;
  throw new CommandError(
    `The state of ${environment} is a file in the runner's folder, which each run empties: the next deploy would know nothing of this one. ` +
      `Give the environment a backend, as docs/state.md describes.`,
  );
}

async function makePlan(environment, stack, json) {
  await terraform(stack, async (call) => {
    const expect = async (args) => {
      const { code, stdout } = await call(args);
      if (code === 0) return stdout;
      console.log(quoted(stdout));
      throw new CommandError(`terraform ${args[0]} failed for ${environment}; see above.`);
    };
    await expect(["init", "-no-color"]);
    // Without a lock, so that a right to read the state is enough. A plan that another deploy has overtaken is refused later.
    await expect(["plan", "-no-color", "-lock=false", `-out=${PLAN}`]);
    write(json, await expect(["show", "-json", PLAN]));
  });
}

async function review(environment, json) {
  const report = `review/${environment}.md`;
  const file = json.replaceAll("\\", "/");
  const { code, stdout } = await npmRun("review", [
    `${environment}=${file}`,
    "--live",
    "--format",
    "markdown",
  ]);
  write(report, stdout || "**The review could not be made.** The log says why.\n");
  platform().summary(report);
  console.log(quoted(stdout));
  if (![0, 2, 3].includes(code))
    throw new CommandError(
      `The deploy of ${environment} would fail. The report, or the log above, says why.`,
    );
  platform().output("changes", String(code !== 0));
}
