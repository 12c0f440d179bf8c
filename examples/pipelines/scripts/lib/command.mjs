// What the scripts have in common: arguments, variables, and how an error ends them.
import { existsSync, readFileSync } from "node:fs";
import { platform } from "./platform.mjs";

/** An error that somebody can do something about: its message is all that is printed. */
export class CommandError extends Error {}

/** Runs the script with the arguments of this process. An error ends it with 1, and is shown where the platform shows errors. */
export async function run(action) {
  try {
    await action(process.argv.slice(2));
  } catch (error) {
    platform().error(error instanceof CommandError ? error.message : error.stack);
    process.exitCode = 1;
  }
}

/** The names of environments. They go into command lines and file names, and are nothing else than names. */
export function environments(names) {
  if (names.length === 0) throw new CommandError("Name an environment; none was given.");
  const wrong = names.filter((name) => !/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name));
  if (wrong.length === 0) return names;
  throw new CommandError(
    `${wrong.map((name) => JSON.stringify(name)).join(", ")}: no name of an environment. Allowed: letters, digits, "_" and "-".`,
  );
}

/** The variables that the platform or the step gives, all of which must be there. */
export function variables(needed) {
  const missing = Object.keys(needed).filter((name) => !process.env[name]);
  if (missing.length > 0)
    throw new CommandError(
      missing.map((name) => `The variable ${name} is empty: ${needed[name]}`).join("\n"),
    );
  return Object.fromEntries(Object.keys(needed).map((name) => [name, process.env[name]]));
}

/** The text of a file that an earlier step has written. */
export function written(file, step) {
  if (file !== undefined && existsSync(file)) return readFileSync(file, "utf8");
  throw new CommandError(`There is no file ${JSON.stringify(file ?? "")}. ${step} writes it.`);
}
