// The folder .cache: what the tests and the demo need is put into it on first use, also when several ask at once.
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ProcessLock } from "./process-lock";

export const CACHE = path.resolve(__dirname, "..", "..", ".cache");

/** Makes the folder once. `make` works in a folder of its own, and answers with the one that shall become it. */
export async function installOnce(
  folder: string,
  make: (workshop: string) => Promise<string>,
): Promise<void> {
  if (fs.existsSync(folder)) return;
  const lock = await ProcessLock.take(`${folder}.lock`);
  try {
    if (!fs.existsSync(folder)) await install(folder, make);
  } finally {
    lock.release();
  }
}

async function install(folder: string, make: (workshop: string) => Promise<string>): Promise<void> {
  const workshop = `${folder}.${randomUUID()}`;
  fs.mkdirSync(workshop);
  try {
    moveInto(folder, await make(workshop));
  } finally {
    fs.rmSync(workshop, { recursive: true, force: true });
  }
}

/** Renaming is atomic: nobody ever sees half of it, and of two that install it the second keeps the first one's. */
function moveInto(folder: string, ready: string): void {
  try {
    fs.renameSync(ready, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  }
}
