// A plan with nothing to do, beside one of as many bare resources. No program stands behind the name of the PowerShell.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "../support/deployment";
import { onPath } from "../support/on-path";
import { Row } from "./report";
import { bareData, Build, declared, listed } from "./stacks";
import { medians } from "./timing";

const OBJECTS = 1_000;
const NOBODY = "no-such-program";

export async function plan(rounds: number): Promise<Row[]> {
  const ours = await deployed(declared(OBJECTS));
  const list = await deployed(listed(OBJECTS));
  const bare = await deployed(bareData(OBJECTS));
  const times = await medians(rounds, {
    bare: () => planned(bare),
    ours: () => planned(ours),
    list: () => planned(list),
  });
  const resources = ours.state()?.resources.length;
  for (const each of [ours, list, bare]) each.remove();
  return [
    { what: `plan of ${OBJECTS} bare terraform_data`, value: times.bare, unit: "ms" },
    { what: `plan of ${OBJECTS} AllowedDomain`, value: times.ours, unit: "ms" },
    { what: `plan of AllowedDomains with ${OBJECTS} domains`, value: times.list, unit: "ms" },
    {
      what: `${OBJECTS} AllowedDomain beside ${OBJECTS} bare`,
      value: times.ours / times.bare,
      unit: "x",
      target: { atMost: 1.05 },
      note: `${resources} resources; the PowerShell of the stack is called ${NOBODY}, and every plan succeeded: none was started`,
    },
    {
      what: `AllowedDomains of ${OBJECTS} domains beside ${OBJECTS} bare`,
      value: times.list / times.bare,
      unit: "x",
      target: { atMost: 1.05 },
    },
  ];
}

/**
 * A stack that is deployed in name alone: a program that does nothing stands for every script, and succeeds. What counts is
 * the state that they leave.
 */
export async function deployedInName(build: Build): Promise<Deployment> {
  const deployment = new Deployment(undefined, { runner: { powerShell: succeeding() } });
  await deployment.apply(build);
  return deployment;
}

function succeeding(): string {
  const program = onPath("true");
  if (program !== undefined) return program;
  throw new Error("There is no program called true on the PATH. Run this where one is.");
}

/** The same with a configuration that could start nothing. */
async function deployed(build: Build): Promise<Deployment> {
  const deployment = await deployedInName(build);
  const file = join(deployment.folder, "stacks", "test", "cdk.tf.json");
  const [program, nobody] = [succeeding(), NOBODY].map((name) => JSON.stringify(name));
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(program, nobody));
  return deployment;
}

async function planned(deployment: Deployment): Promise<void> {
  const { code, stdout, stderr } = await deployment.terraform(["plan", "-detailed-exitcode"]);
  if (code !== 0) throw new Error(`The plan is not empty:\n${stdout}${stderr}`);
}
