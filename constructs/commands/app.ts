// Runs the app of the current folder's cdktf.json as `cdktf synth` does, into a folder that is gone afterwards.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An error that the user can do something about: its message is all that is printed. */
export class CommandError extends Error {}

/** Synthesises with `environment` added, hands the folder of the output to `use`, and removes it. */
export function synthesised<T>(environment: Record<string, string>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "lync-"));
  try {
    runApp({ ...environment, CDKTF_OUTDIR: folder });
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of one stack in the output. */
export function stackFolder(folder: string, stack: string): string {
  const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  if (!(stack in stacks)) {
    const names = Object.keys(stacks).join(", ");
    throw new CommandError(`There is no environment ${JSON.stringify(stack)}. The app has: ${names}.`);
  }
  return join(folder, stacks[stack].workingDirectory);
}

function runApp(environment: Record<string, string>): void {
  if (!existsSync("cdktf.json")) {
    throw new CommandError("This folder has no cdktf.json. Run the command in the folder of the app.");
  }
  const { app, context } = JSON.parse(readFileSync("cdktf.json", "utf8"));
  const env = { ...process.env, CDKTF_CONTEXT_JSON: JSON.stringify(context ?? {}), ...environment };
  // What the app prints is not the command's result: all of it goes to the error stream.
  const ended = spawnSync(app, { shell: true, env, stdio: ["ignore", process.stderr.fd, process.stderr.fd] });
  if (ended.status !== 0) throw new CommandError(`The app did not synthesise: ${app}`);
}
