// The settings of one resource on their way into the script: as JSON, in one environment variable.
import { show } from "../validation/rules";
import { pieces, SettingValue } from "./terraform-text";
import { Problems } from "../validation/validation";

const NAME = "LYNC_SETTINGS";
// Windows ends a variable at 32,767 characters, its name, the equals sign and the end included.
const LONGEST = 32_767 - `${NAME}=`.length - 1;

/** Triggers that stand in the plan for its reader, and that no script needs. */
export const ReaderTrigger = {
  CMDLETS: "Cmdlets",
  VERIFIES: "Verifies",
  DRIFT: "Drift",
  EVERY_DEPLOY: "EveryDeploy",
} as const;

const READERS = JSON.stringify(Object.values(ReaderTrigger));

/** The variable with the settings of a resource, whose triggers are the Terraform expression. */
export function settingsVariable(triggers: string): Record<string, string> {
  return { [NAME]: `\${jsonencode(${markedSettings(triggers)})}` };
}

/** Terraform expression of the marked settings of a resource. */
export function markedSettings(triggers: string): string {
  // The mark before each value keeps PowerShell 7 from reading a text that looks like a date as one. No character of
  // Unicode joins with a colon, as one does with an equals sign. A value that is null is not declared.
  return `{ for name, value in ${triggers} : name => ":\${value}" if value != null && !contains(${READERS}, name) }`;
}

/** The same of texts that are known. */
export function markedTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  const rows = Object.entries(texts).filter(([name]) => !isForReaders(name));
  return Object.fromEntries(rows.map(([name, text]) => [name, `:${text}`]));
}

/** Adds a problem where the variable would be longer than Windows allows; what only Terraform knows is not counted. */
export function refuseTooLong(
  problems: Problems,
  settings: Readonly<Record<string, SettingValue | undefined>>,
): void {
  if (isShort(settings)) return;
  const rows = Object.entries(settings)
    .filter(([name, value]) => value !== undefined && !isForReaders(name))
    .map(([name, value]) => ({
      name,
      value,
      length: json(name).length + ":,".length + json(`:${known(value)}`).length,
    }));
  const length = rows.reduce((sum, row) => sum + row.length, "{}".length - ",".length);
  if (length <= LONGEST) return;
  const longest = rows.reduce((one, other) => (other.length > one.length ? other : one));
  problems.add(
    longest.name.charAt(0).toLowerCase() + longest.name.slice(1),
    `${show(longest.value)} is too long: written as JSON, the settings of this object have ${length} characters. ` +
      `Allowed: ${LONGEST}, what one environment variable of Windows carries. Line breaks, tabs, quotation marks and ` +
      `backslashes count twice, and each of < > & six times. Shorten it by ${length - LONGEST} at least.`,
  );
}

/** A quick look: six characters are the most that JSON writes for one. */
function isShort(settings: Readonly<Record<string, SettingValue | undefined>>): boolean {
  const length = Object.entries(settings).reduce(
    (sum, [name, value]) =>
      sum + name.length + (typeof value === "object" ? 0 : String(value).length) + '"":":",'.length,
    0,
  );
  return length * 6 <= LONGEST;
}

function isForReaders(name: string): boolean {
  return (Object.values(ReaderTrigger) as string[]).includes(name);
}

function known(value: SettingValue | undefined): string {
  if (typeof value === "object") return "";
  const typed = pieces(String(value)).filter((piece) => !piece.isToken);
  return typed.map((piece) => piece.text).join("");
}

/** As long as Terraform's jsonencode writes it, which escapes some more. */
function json(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, "\\u0000");
}
