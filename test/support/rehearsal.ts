// What a review says of a plan, and what its lines do where somebody types them into a Management Shell.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rehearse, Rehearsal } from "../../constructs/private/review/rehearsal";
import { Review, reviewOf } from "../../constructs/private/review/review";
import { readPlan } from "../../constructs/private/terraform/plan";
import { run } from "./run";
import { LogEntry, SimulatedLync } from "./simulated-lync";
import { sharedPowerShell } from "./staying-powershell";

/** Reviews a plan; with a server it is read, as `--live` does. */
export async function reviewed(json: string, live?: SimulatedLync): Promise<Review> {
  const resources = readPlan(json);
  return reviewOf("test", resources, await rehearsed(json, live));
}

/** The rehearsal alone. */
export async function rehearsed(json: string, live?: SimulatedLync, notes = "/nowhere"): Promise<Rehearsal> {
  const before = { ...process.env };
  const powerShell = await sharedPowerShell();
  if (live) Object.assign(process.env, live.env, { XDG_DATA_HOME: notes });
  try {
    return rehearse(readPlan(json), { live: live !== undefined, powerShell });
  } finally {
    process.env = before;
  }
}

/** Another server in the same state, whose log is empty. */
export function copyOf(lync: SimulatedLync): SimulatedLync {
  const copy = new SimulatedLync();
  cpSync(lync.stateFile, copy.stateFile);
  copy.clearLog();
  return copy;
}

/** Types the lines into a shell that asks nothing back. */
export async function typeInto(
  lync: SimulatedLync,
  lines: readonly string[],
  module = "Lync",
): Promise<void> {
  const file = join(`${lync.stateFile}.typed.ps1`);
  const head = ["$ErrorActionPreference = 'Stop'", "$ConfirmPreference = 'None'", `Import-Module ${module}`];
  // The mark at its head has Windows PowerShell read it as UTF-8.
  writeFileSync(file, `\uFEFF${[...head, ...lines].join("\n")}\n`);
  const args = ["-NoProfile", "-NonInteractive", "-File", file];
  const result = await run(await sharedPowerShell(), args, { env: lync.env });
  rmSync(file);
  if (result.code !== 0 || result.stderr !== "")
    throw new Error(`${lines.join("\n")}\n${result.stdout}${result.stderr}`);
}

/** What ran, without what a script says besides; a row of WMI comes as an object, of which no line tells more than its name. */
export function calls(lync: SimulatedLync): object[] {
  return callsOf(lync.log());
}

/** The same of a part of a log. */
export function callsOf(log: readonly LogEntry[]): object[] {
  return log.map(call);
}

function call({ cmdlet, parameters }: LogEntry): object {
  const besides = ["confirm", "force", "outloggervariable", "erroraction", "inputobject"];
  const rows = Object.entries(parameters).filter(([name]) => !besides.includes(name.toLowerCase()));
  return { cmdlet, parameters: Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
