// What `cdktf synth` takes for a few and for many environments, and how much of it is the check of the app's types.
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copiedApp } from "../support/copied-app";
import { run } from "../support/run";
import { Row } from "./report";
import { medians } from "./timing";

const FEW = 3;
const MANY = 50;
const TS_NODE = join(dirname(require.resolve("ts-node/package.json")), "dist", "bin.js");
const CDKTF = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");
const NO_CHECK = { TS_NODE_TRANSPILE_ONLY: "true" };

export async function start(rounds: number): Promise<Row[]> {
  const app = copiedApp("benchmark");
  const [few, many] = [await compare(app, FEW, rounds), await compare(app, MANY, rounds)];
  rmSync(app, { recursive: true });
  return [...rowsOf(FEW, few), ...rowsOf(MANY, many)];
}

function compare(app: string, environments: number, rounds: number) {
  writeFileSync(join(app, "environments", "index.ts"), code(environments));
  const node = (args: string[], env = {}) => succeeds(app, args, env);
  return medians(
    rounds,
    {
      cdktf: () => node([CDKTF, "synth"]),
      cdktfUnchecked: () => node([CDKTF, "synth"], NO_CHECK),
      app: () => node([TS_NODE, "main.ts"]),
      appUnchecked: () => node([TS_NODE, "main.ts"], NO_CHECK),
    },
    false,
  );
}

/** The file that lists so many environments, each as production has it. */
function code(environments: number): string {
  return `import { TerraformStack } from "cdktf";
import { PushNotificationStackProps } from "../constructs";
import { production } from "./production";

export type Environment = PushNotificationStackProps | ((stack: TerraformStack) => void);

export const environments: Record<string, Environment> = Object.fromEntries(
  Array.from({ length: ${environments} }, (_, index) => [
    \`branch\${index}\`,
    { ...production, accessEdgeFqdn: \`edge\${index}.contoso.com\`, backend: undefined },
  ]),
);
`;
}

async function succeeds(cwd: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const {
    code: ended,
    stdout,
    stderr,
  } = await run(process.execPath, args, {
    cwd,
    env: { CHECKPOINT_DISABLE: "1", CI: "1", ...env },
  });
  if (ended !== 0) throw new Error(`${args.join(" ")} ended with ${ended}:\n${stdout}${stderr}`);
}

function rowsOf(environments: number, times: Awaited<ReturnType<typeof compare>>): Row[] {
  const seconds = (what: string, time: number): Row => ({
    what: `${environments} environments: ${what}`,
    value: time / 1_000,
    unit: "s",
  });
  return [
    seconds("cdktf synth", times.cdktf),
    seconds("cdktf synth without the check of types", times.cdktfUnchecked),
    seconds("the app alone", times.app),
    seconds("the app alone without the check of types", times.appUnchecked),
  ];
}
