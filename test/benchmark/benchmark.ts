// Speed as ratios, measured side by side in one run: `npm run benchmark`. The table tells which targets are met.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { deploy } from "./deploy";
import { demoProcesses } from "./demo-processes";
import { oneObject } from "./one-object";
import { plan } from "./plan";
import { json, Measured, Row, table } from "./report";
import { review } from "./review";
import { start } from "./start";
import { synthesis } from "./synthesis";

interface Part {
  readonly title: string;
  readonly measure: (rounds: number) => Promise<Row[]>;
}

const PARTS: Readonly<Record<string, Part>> = {
  synthesis: { title: "Synthesis beside bare null_resources with the same triggers", measure: synthesis },
  deploy: { title: "A deploy of 1,000 domains beside what people use instead", measure: deploy },
  plan: { title: "A plan with nothing to do beside bare resources", measure: plan },
  object: { title: "The create of one object beside a bare shell", measure: oneObject },
  demo: { title: "The first deploy of the demo", measure: demoProcesses },
  review: { title: "The review of a first deploy", measure: review },
  start: { title: "cdktf synth and the check of types", measure: start },
};

const HELP = `Usage: npm run benchmark -- [part ...] [--rounds N] [--json FILE]

Measures speed as ratios, side by side in one run. Other work on the machine makes all times longer, the ratios hardly.

Parts, all of them where none is named:
${Object.entries(PARTS)
  .map(([name, { title }]) => `  ${name.padEnd(10)}${title}`)
  .join("\n")}

Options:
  --rounds N   each time is the median of N, after one to warm up where that matters. Default: 5
  --json FILE  writes what was measured into the file as well
  --help       shows this
`;

class UsageError extends Error {}

function readArguments() {
  const options = {
    rounds: { type: "string" },
    json: { type: "string" },
    help: { type: "boolean" },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const rounds = Number(values.rounds ?? 5);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UsageError(
      `--rounds: ${values.rounds} is no number of rounds. Allowed: a whole number from 1.`,
    );
  const unknown = positionals.filter((name) => !(name in PARTS));
  if (unknown.length > 0)
    throw new UsageError(
      `There is no part ${unknown.join(", ")}. Allowed: ${Object.keys(PARTS).join(", ")}.`,
    );
  return { ...values, rounds, parts: positionals.length > 0 ? positionals : Object.keys(PARTS) };
}

async function main(): Promise<void> {
  const { help, rounds, parts, json: file } = readArguments();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  console.log(`Medians of ${rounds}, where nothing else is said.\n`);
  const all: Measured[] = [];
  for (const name of parts) {
    const measured = { part: PARTS[name].title, rows: await PARTS[name].measure(rounds) };
    all.push(measured);
    console.log(`${table(measured)}\n`);
  }
  if (file !== undefined) writeFileSync(file, json(all));
}

main().then(
  // The provider of the deployments would keep the process alive.
  () => process.exit(0),
  (error: unknown) => {
    const code = (error as { code?: unknown } | null)?.code;
    const isUsage = error instanceof UsageError || String(code).startsWith("ERR_PARSE_ARGS");
    console.error(isUsage ? `${(error as Error).message}\n\n${HELP}` : error);
    process.exit(1);
  },
);
