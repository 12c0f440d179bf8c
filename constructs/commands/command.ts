// What the commands have in common: arguments, help, exit codes.
import { extname } from "node:path";
import { parseArgs, ParseArgsConfig } from "node:util";
import { CommandError } from "./app";

/** The options of a command, as Node.js describes them. */
type Options = NonNullable<ParseArgsConfig["options"]>;

/** What an option was given. */
type Values<T extends Options> = ReturnType<
  typeof parseArgs<{ allowPositionals: true; options: T }>
>["values"];

const HELP_OPTION = { help: { type: "boolean", short: "h" } } as const;

/** What the reader types before the arguments: a script of this project, or the package's own command. */
export function typed(name: "drift" | "import" | "preflight" | "review"): string {
  return extname(__filename) === ".ts" ? `npm run ${name} --` : `npx lync-${name}`;
}

/** Runs the command with the arguments of this process; an error ends it with 1. */
export function runCommand<const T extends Options>(
  help: string,
  options: T,
  action: (names: readonly string[], values: Values<T>) => number,
): void {
  try {
    const { values, positionals } = parse(help, { ...options, ...HELP_OPTION });
    if ("help" in values) console.log(help);
    else process.exitCode = action(positionals, values as Values<T>);
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  }
}

/** The one environment that a command is about. */
export function oneEnvironment(help: string, names: readonly string[]): string {
  if (names.length === 1) return names[0];
  throw new CommandError(`Name one environment; ${names.length} were given.\n\n${help}`);
}

function parse(help: string, options: Options) {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${help}`);
  }
}
