// node pipelines/review.mjs ENVIRONMENT...: the report for a pull request, in review/report.md.
// Ends with 0 where there is a report that a reviewer can go by, and with 1 where a deploy would fail.
import { CommandError, environments, run } from "./lib/command.mjs";
import { platform, quoted } from "./lib/platform.mjs";
import { npmRun, write } from "./lib/process.mjs";

const REPORT = "review/report.md";

run(async (names) => {
  const { code, stdout } = await npmRun("review", [...environments(names), "--format", "markdown"], {
    // A plan that is only looked at needs no lock, and so no right to write the state.
    TF_CLI_ARGS_plan: "-lock=false",
  });
  write(REPORT, stdout || "**The review could not be made.** The log of the run says why.\n");
  platform().summary(REPORT);
  console.log(quoted(stdout));
  if (![0, 2, 3].includes(code))
    throw new CommandError("A deploy of this would fail. The report, or the log above, says why.");
});
