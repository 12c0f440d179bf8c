// A runner of its own, as far as locks go: what it starts shares no named mutex with the rest of this machine.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where .NET keeps named mutexes, whatever the temporary folder is. */
const MUTEXES = "/tmp/.dotnet";

let able: boolean | undefined;

/** Whether this machine can play several runners: it has to be Linux, and to let us mount. */
export function hasOwnRunners(): boolean {
  return (able ??= process.platform === "linux" && mounts());
}

/** The command and its arguments such that they see the folder `own` in the place of the machine's named mutexes. */
export function onOwnRunner(own: string, command: string, args: string[]): [string, string[]] {
  for (const folder of [MUTEXES, own, join(own, "shm"), join(own, "lockfiles")]) createForAll(folder);
  const rights = process.getuid?.() === 0 ? [] : ["--map-root-user"];
  const script = `mount --bind "$0" ${MUTEXES} && exec "$@"`;
  return ["unshare", [...rights, "--mount", "sh", "-c", script, own, command, ...args]];
}

/** The same where this machine can play several runners; else the command as it is. */
export function onOwnRunnerWherePossible(own: string, command: string, args: string[]): [string, string[]] {
  return hasOwnRunners() ? onOwnRunner(own, command, args) : [command, args];
}

function mounts(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "own-runner-"));
  try {
    return spawnSync(...onOwnRunner(folder, "true", [])).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function createForAll(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
}
