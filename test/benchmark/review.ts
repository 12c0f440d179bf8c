// How long the built command lync-review takes for the plans of many changes, beside what every review has to wait for.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TerraformStack } from "cdktf";
import { powershell } from "../support/powershell";
import { run } from "../support/run";
import { deployedInName } from "./plan";
import { Row } from "./report";
import { Build, declared } from "./stacks";
import { medians } from "./timing";

const OBJECTS = 1_000;
const ROOT = resolve(__dirname, "..", "..");
const BUILD = join(ROOT, "package", "build.ts");
const COMMAND = join(ROOT, "dist", "constructs", "commands", "review.js");

/** What becomes of the objects that are deployed: one change for each. */
const CHANGES: Readonly<Record<string, Build>> = {
  edits: declared(OBJECTS, { comment: "Another remark" }),
  removals: () => {},
  "edits, removals and creations": (stack: TerraformStack) => {
    const third = Math.floor(OBJECTS / 3);
    declared(third, { comment: "Another remark" })(stack);
    declared(OBJECTS, { first: 2 * third })(stack);
    declared(OBJECTS + OBJECTS - 2 * third, { first: OBJECTS })(stack);
  },
};

export async function review(rounds: number): Promise<Row[]> {
  await succeeds([require.resolve("ts-node/dist/bin"), "--transpile-only", BUILD], [0]);
  const to = await deployedInName(declared(OBJECTS));
  const shell = await powershell();
  const reports: Record<string, () => Promise<void>> = {};
  const add = (what: string, json: string) => {
    const file = join(to.folder, `${what}.json`);
    writeFileSync(file, json);
    reports[what] = () => succeeds([COMMAND, file, "--powershell", shell], [2, 3]);
  };
  for (const [what, build] of Object.entries(CHANGES)) add(what, await to.planJson(build));
  to.loseState();
  add("creations", await to.planJson(declared(OBJECTS)));
  const times = await medians(
    rounds,
    {
      show: () => to.showPlan(),
      start: () => run(shell, ["-NoProfile", "-NonInteractive", "-Command", "exit"]),
      ...reports,
    },
    false,
  );
  to.remove();
  return rowsOf(times, Object.keys(reports));
}

async function succeeds(args: string[], codes: readonly number[]): Promise<void> {
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT });
  if (!codes.includes(code ?? -1)) throw new Error(`${args[0]} ended with ${code}:\n${stdout}${stderr}`);
}

function rowsOf(times: Readonly<Record<string, number>>, reports: readonly string[]): Row[] {
  const { show, start, creations } = times;
  return [
    { what: `terraform show -json of a plan of ${OBJECTS} creations`, value: show, unit: "ms" },
    { what: "start of a PowerShell", value: start, unit: "ms" },
    ...reports.map((what): Row => ({
      what: `the report of ${OBJECTS} ${what}`,
      value: times[what],
      unit: "ms",
    })),
    {
      what: "the report of creations, beside terraform show",
      value: creations / show,
      unit: "x",
      note: "each report is the built command's, from its start to its end: it reads the JSON of a plan and prints Markdown",
    },
    ...reports.map((what): Row => ({
      what: `the report of ${what}, beside 1.5 starts and 2 s`,
      value: times[what] / (1.5 * start + 2_000),
      unit: "x",
      target: { atMost: 1 },
    })),
  ];
}
