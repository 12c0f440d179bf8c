// How long the review of a first deploy takes, beside what every review has to wait for.
import { markdown } from "../../constructs/private/review/markdown";
import { rehearse } from "../../constructs/private/review/rehearsal";
import { reviewOf } from "../../constructs/private/review/review";
import { readPlan } from "../../constructs/private/terraform/plan";
import { Deployment } from "../support/deployment";
import { powershell } from "../support/powershell";
import { run } from "../support/run";
import { Row } from "./report";
import { declared } from "./stacks";
import { medians } from "./timing";

const OBJECTS = 1_000;

export async function review(rounds: number): Promise<Row[]> {
  const to = new Deployment();
  const plan = await to.planJson(declared(OBJECTS));
  const shell = await powershell();
  const times = await medians(
    rounds,
    {
      show: () => to.showPlan(),
      start: () => run(shell, ["-NoProfile", "-NonInteractive", "-Command", "exit"]),
      report: () => {
        const resources = readPlan(plan);
        return markdown([
          reviewOf("benchmark", resources, rehearse(resources, { live: false, powerShell: shell })),
        ]);
      },
    },
    false,
  );
  to.remove();
  const { show, start, report } = times;
  return [
    { what: `terraform show -json of a plan that creates ${OBJECTS} objects`, value: show, unit: "ms" },
    { what: "start of a PowerShell", value: start, unit: "ms" },
    { what: "the report", value: report, unit: "ms" },
    { what: "the report, beside terraform show", value: report / show, unit: "x" },
    { what: "the report, beside 1.5 starts and 2 s", value: report / (1.5 * start + 2_000), unit: "x" },
  ];
}
