// Properties that have two names for a while: the one of today, and a former one that goes with version 1.0.
import { Problems } from "../validation/validation";

/** Adds a problem where a property that is needed is given by both of its names, or by none. */
export function needOneName<Props>(
  problems: Problems,
  read: Props,
  name: keyof Props & string,
  former: keyof Props & string,
): void {
  if (read[name] === undefined && read[former] === undefined)
    problems.add(name, "is missing, and it has no default. Give it a value.");
  if (read[name] !== undefined && read[former] !== undefined)
    problems.add(
      former,
      `is the former name of ${name}, which is given as well. Allowed: ${name} alone. Leave ${former} out.`,
    );
}
