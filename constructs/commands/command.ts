// What the commands have in common: arguments, help, exit codes.
import { extname } from "node:path";
import { parseArgs } from "node:util";
import { CommandError } from "./app";

/** What a command was asked to do. */
export interface Request {
  /** Name of the stack. */
  readonly environment: string;
  readonly json: boolean;
}

/** What the reader types before the arguments: a script of this project, or the package's own command. */
export function typed(name: "drift" | "preflight" | "review"): string {
  return extname(__filename) === ".ts" ? `npm run ${name} --` : `npx lync-${name}`;
}

/** Runs the command with the arguments of this process; an error ends it with 1. */
export function runCommand(help: string, action: (request: Request) => number): void {
  try {
    process.exitCode = action(parse(help));
  } catch (error) {
    if (error instanceof HelpWanted) {
      console.log(help);
      return;
    }
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  }
}

class HelpWanted extends Error {}

function parse(help: string): Request {
  const { values, positionals } = arguments_(help);
  if (values.help) throw new HelpWanted();
  if (positionals.length !== 1) {
    throw new CommandError(`Name one environment; ${positionals.length} were given.\n\n${help}`);
  }
  return { environment: positionals[0], json: values.json ?? false };
}

function arguments_(help: string) {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${help}`);
  }
}
