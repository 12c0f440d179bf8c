// A lock between processes: a folder that names its owner. A dead owner's lock is taken over, so it never blocks for ever.
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 200;
/** Long enough for the owner to write its name, which it does right after making the folder. */
const NAMELESS_MS = 5_000;

export class ProcessLock {
  private constructor(private readonly folder: string) {}

  static async take(folder: string): Promise<ProcessLock> {
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    while (!tryTake(folder)) {
      if (isAbandoned(folder)) fs.rmSync(folder, { recursive: true, force: true });
      else await sleep(POLL_MS);
    }
    return new ProcessLock(folder);
  }

  release(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function tryTake(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  fs.writeFileSync(ownerFile(folder), String(process.pid));
  return true;
}

/**
 * Two processes may both find the same lock abandoned, and the slower one may then remove the faster one's new lock.
 * What it guards has to bear that: an installation, for one, is put in place by one atomic rename.
 */
function isAbandoned(folder: string): boolean {
  try {
    const age = Date.now() - fs.statSync(folder).mtimeMs;
    const owner = fs.existsSync(ownerFile(folder)) ? Number(fs.readFileSync(ownerFile(folder), "utf8")) : 0;
    return owner > 0 ? !isAlive(owner) : age > NAMELESS_MS;
  } catch (error) {
    // ENOENT: it was released just now.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function ownerFile(folder: string): string {
  return path.join(folder, "owner");
}
