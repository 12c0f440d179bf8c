// A plan with nothing to do, beside one of as many bare resources. No program stands behind the name of the PowerShell.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "../support/deployment";
import { onPath } from "../support/on-path";
import { Row } from "./report";
import { bareData, Build, declared } from "./stacks";
import { medians } from "./timing";

const OBJECTS = 1_000;
const NOBODY = "no-such-program";

export async function plan(rounds: number): Promise<Row[]> {
  // It stands for every script, all of which succeed and do nothing: what counts is the state that they leave.
  const succeeds = onPath("true");
  if (succeeds === undefined)
    throw new Error("There is no program called true on the PATH. Run this where one is.");
  const ours = await deployed(declared(OBJECTS), succeeds);
  const bare = await deployed(bareData(OBJECTS), succeeds);
  const times = await medians(rounds, { bare: () => planned(bare), ours: () => planned(ours) });
  for (const each of [ours, bare]) each.remove();
  return [
    { what: `plan of ${OBJECTS} bare terraform_data`, value: times.bare, unit: "ms" },
    { what: `plan of ${OBJECTS} AllowedDomain`, value: times.ours, unit: "ms" },
    {
      what: "ratio",
      value: times.ours / times.bare,
      unit: "x",
      target: { atMost: 1.05 },
      note: `the PowerShell of the stack is called ${NOBODY}, and every plan succeeded: none was started`,
    },
  ];
}

/** A deployment with all of it in its state, and a configuration that could start nothing. */
async function deployed(build: Build, powerShell: string): Promise<Deployment> {
  const deployment = new Deployment(undefined, { runner: { powerShell } });
  await deployment.apply(build);
  const file = join(deployment.folder, "stacks", "test", "cdk.tf.json");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replaceAll(JSON.stringify(powerShell), JSON.stringify(NOBODY)),
  );
  return deployment;
}

async function planned(deployment: Deployment): Promise<void> {
  const { code, stdout, stderr } = await deployment.terraform(["plan", "-detailed-exitcode"]);
  if (code !== 0) throw new Error(`The plan is not empty:\n${stdout}${stderr}`);
}
