#!/usr/bin/env node
// lync-import: what a server has, as the code of an environment.
import { writeFileSync } from "node:fs";
import "../index"; // each construct says how it is written
import { Declarable, Outline, outlineOf, scratchStack, valueOf } from "../private/import/declarable";
import { Environment, readEnvironment } from "../private/import/reading";
import { typescript } from "../private/import/typescript";
import { computerName, THIS_COMPUTER } from "../private/lync/edge-computer";
import { LyncScope } from "../private/lync/lync-scope";
import { LyncProduct } from "../private/lync/product";
import { LyncRunnerProps } from "../private/lync/runner-props";
import { ScriptError } from "../private/terraform/script-process";
import { TerraformStack } from "../private/terraform/types";
import { ValidationError } from "../private/validation/validation-error";
import { CommandError } from "./app";
import { FROM_SOURCE, runCommand, typed } from "./command";

const HELP = `Usage: ${typed("import")} [options]

Reads a server, in one PowerShell process, and prints it as the code of an environment: a function in TypeScript that declares
in a stack exactly what is there. Deployed, it changes nothing, and every object is taken over without a question. What cannot
be declared stands there as a comment, with the reason. Where there are 20 allowed domains or more, one construct has them all, but
for push.lync.com. Nothing is changed.

Options:
  --edge NAME        reads an Edge of Office Communications Server 2007 R2 as well, by WMI: the name of the computer, or a dot
                     for this one. May be given several times
  --only push        nothing but what Microsoft's procedure has: the provider of sipfed.online.lync.com, push.lync.com, the
                     push notification settings, federation
  --json             prints JSON
  --output FILE      writes it into a new file, in UTF-8; in Windows PowerShell, > writes something else
  --product PRODUCT  what the server is [${LyncProduct.LYNC_SERVER_2013}]
  --session URI      a remote session to a pool gives the cmdlets: https://POOL/OcsPowerShell. May be given several times: the
                     first pool that answers is read
  --module MODULE    the PowerShell module that gives the cmdlets [the product's]
  --powershell PATH  the PowerShell that runs the script [powershell.exe]
  --help             print this text

Options of the runner are part of what is printed. Warnings, which somebody has to decide about, go to the error stream.

Exit code: 0 printed, 1 not: the server could not be read as a whole, or an option is wrong.`;

const OPTIONS = {
  edge: { type: "string", multiple: true },
  only: { type: "string" },
  json: { type: "boolean" },
  output: { type: "string" },
  product: { type: "string" },
  session: { type: "string", multiple: true },
  module: { type: "string" },
  powershell: { type: "string" },
} as const;

interface Options {
  readonly edge?: string[];
  readonly only?: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly product?: LyncProduct;
  readonly session?: string[];
  readonly module?: string;
  readonly powershell?: string;
}

runCommand(HELP, OPTIONS, (names, given) => {
  const options = given as Options;
  refuseWrong(names, options);
  const runner = runnerOf(options);
  const stack = stackWith(runner);
  const onlyProcedure = options.only !== undefined;
  const environment = read(stack, options.edge ?? [], onlyProcedure);
  const outline = outlineOf(stack, environment, onlyProcedure);
  const beside = onlyProcedure ? [] : environment.beside;
  const library = FROM_SOURCE ? "../constructs" : "cdktf-lync-push-notifications";
  for (const each of warnings(outline)) console.error(`WARNING: ${each}`);
  const text = options.json
    ? `${JSON.stringify(asJson(outline, beside), null, 2)}\n`
    : typescript({ outline, beside, runner, library });
  if (options.output === undefined) process.stdout.write(text);
  else writeNew(options.output, text);
  return 0;
});

/** A file that is there may be the only place that tells what somebody has decided since. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(
      code === "EEXIST"
        ? `${JSON.stringify(file)} is there already, and has been left as it is. Name another file, or move that one away.`
        : `${JSON.stringify(file)} cannot be written: ${message}`,
    );
  }
}

/** Everything that is wrong at once. */
function refuseWrong(names: readonly string[], { edge = [], only, product }: Options): void {
  const products: readonly string[] = Object.values(LyncProduct);
  const problems = [
    ...(names.length > 0
      ? [`No name is expected, and there is ${JSON.stringify(names[0])}. Leave it out.`]
      : []),
    ...(only === undefined || only === "push"
      ? []
      : [`--only ${JSON.stringify(only)} is none. Allowed: push.`]),
    ...(product === undefined || products.includes(product)
      ? []
      : [
          `--product ${JSON.stringify(product)} is none. Allowed: ${products.map((each) => `"${each}"`).join(", ")}.`,
        ]),
    ...edge.flatMap((name) => (name === THIS_COMPUTER ? [] : wrongEdge(name))),
  ];
  if (problems.length > 0) throw new CommandError(`${problems.join("\n")}\n\n${HELP}`);
}

function wrongEdge(name: string): string[] {
  const wrong = computerName(name)?.replace("Leave computerName out.", "Give a dot.");
  return wrong === undefined ? [] : [`--edge ${wrong}`];
}

/** The settings of the runner that are given. */
function runnerOf({ product, session, module, powershell }: Options): LyncRunnerProps {
  const connectionUri = session?.length === 1 ? session[0] : session;
  const given = { product, session: connectionUri && { connectionUri }, powerShell: powershell, module };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function stackWith(runner: LyncRunnerProps): TerraformStack {
  try {
    return scratchStack(runner);
  } catch (error) {
    if (error instanceof ValidationError) throw new CommandError(error.message);
    throw error;
  }
}

function read(stack: TerraformStack, edges: readonly string[], onlyProcedure: boolean): Environment {
  // The scripts are those of this machine, and nothing is changed that a test could wait for.
  const runner = { ...LyncScope.of(stack).runner, scripts: "", replicationMark: "" };
  try {
    return readEnvironment({ runner, edges, onlyProcedure });
  } catch (error) {
    if (error instanceof ScriptError) throw new CommandError(error.message);
    throw error;
  }
}

/** What somebody has to decide about. */
function warnings({ objects, undeclarable }: Outline): string[] {
  const decisions = objects.flatMap(({ kind, identity, decision }) =>
    decision ? [`${kind} ${JSON.stringify(identity)} ${decision}`] : [],
  );
  const parts = objects.filter(({ left }) => left.length > 0);
  if (parts.length + undeclarable.length === 0) return decisions;
  const left =
    "Not everything is declared. Objects that this library would refuse: " +
    `${undeclarable.length}. Objects of which it would refuse a part: ${parts.length}. The comments say why.`;
  return [...decisions, left];
}

function asJson({ objects, undeclarable }: Outline, beside: Environment["beside"]): object {
  return { format: 1, objects: objects.map(objectAsJson), undeclarable, beside };
}

function objectAsJson({ props, left, decision, ...others }: Declarable): object {
  const values = Object.entries(props).map(([name, each]) => [name, valueOf(each)]);
  const reasons = left.map(({ property, message }) => ({ property, message }));
  return { ...others, props: Object.fromEntries(values), left: reasons, decision: decision ?? null };
}
