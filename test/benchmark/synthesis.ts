// How long a synthesis takes beside one of bare null_resources with the same triggers, and how much memory.
import { join } from "node:path";
import { run } from "../support/run";
import { Row } from "./report";
import { bare, declared, listed, synthesise } from "./stacks";
import { medians } from "./timing";

const FEW = 1_000;
const MANY = 10_000;

export async function synthesis(rounds: number): Promise<Row[]> {
  // As many objects either way, so that each turn lasts as long.
  const turns = MANY / FEW;
  const times = await medians(rounds, {
    bareFew: () => repeat(turns, () => synthesise(bare(FEW))),
    oursFew: () => repeat(turns, () => synthesise(declared(FEW))),
    bareMany: () => synthesise(bare(MANY)),
    oursMany: () => synthesise(declared(MANY)),
    list: () => synthesise(listed(MANY)),
  });
  const memory = { bare: await peak("bare"), ours: await peak("declared") };
  return [
    ...rowsOf(FEW, times.bareFew / turns, times.oursFew / turns),
    ...rowsOf(MANY, times.bareMany, times.oursMany),
    {
      what: `one bare null_resource at ${MANY}, beside one at ${FEW}`,
      value: times.bareMany / times.bareFew,
      unit: "x",
    },
    {
      what: `one AllowedDomain at ${MANY}, beside one at ${FEW}`,
      value: times.oursMany / times.oursFew,
      unit: "x",
      target: { atMost: 1.2 },
    },
    {
      what: `one AllowedDomains with ${MANY} domains, beside as many bare null_resources`,
      value: times.list / times.bareMany,
      unit: "x",
      target: { atMost: 1 },
    },
    { what: `peak memory of ${MANY} bare null_resources`, value: memory.bare, unit: "MB" },
    { what: `peak memory of ${MANY} AllowedDomain`, value: memory.ours, unit: "MB" },
  ];
}

function repeat(times: number, action: () => void): void {
  for (let turn = 0; turn < times; turn++) action();
}

function rowsOf(objects: number, plain: number, ours: number): Row[] {
  return [
    { what: `${objects} bare null_resources`, value: plain, unit: "ms" },
    { what: `${objects} AllowedDomain`, value: ours, unit: "ms" },
    { what: `${objects}: ratio`, value: ours / plain, unit: "x", target: { atMost: 1.5 } },
  ];
}

/** Megabytes that a process of its own needs at most. */
async function peak(which: "bare" | "declared"): Promise<number> {
  const stacks = join(__dirname, "stacks");
  const code =
    `const stacks = require(${JSON.stringify(stacks)}); stacks.synthesise(stacks.${which}(${MANY}));` +
    "console.log(process.resourceUsage().maxRSS / 1024)";
  const register = require.resolve("ts-node/register/transpile-only");
  const { code: ended, stdout, stderr } = await run(process.execPath, ["-r", register, "-e", code]);
  if (ended !== 0) throw new Error(stderr);
  return Number(stdout);
}
