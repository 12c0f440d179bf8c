// Gives each run of the suite a temporary folder of its own and removes it at the end. Tests and killed processes leave files behind,
// and PowerShell reads every folder on the way to a module: with 16,000 files there, a script takes twice as long.
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** Whose files are in memory: the tests make and delete a million small ones. */
const MEMORY = "/dev/shm";
/** The installed packages of some apps are there at the same time. */
const LEAST_BYTES = 4 * 2 ** 30;

module.exports = () => {
  const folder = makeIn(MEMORY, canUse) ?? makeIn(os.tmpdir());
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  process.once("exit", () => remove(folder));
};

/** The folder, or undefined where it could not be used. */
function makeIn(parent, accept = () => true) {
  if (!fs.existsSync(parent)) return undefined;
  const folder = fs.mkdtempSync(path.join(parent, "lync-tests-"));
  // PostgreSQL runs as another user.
  fs.chmodSync(folder, 0o755);
  if (accept(folder)) return folder;
  remove(folder);
  return undefined;
}

/** It has room, and programs may start from it, which a container's may not. */
function canUse(folder) {
  const { bavail, bsize } = fs.statfsSync(folder);
  if (Math.min(bavail * bsize, os.freemem()) < LEAST_BYTES) return false;
  const program = path.join(folder, "program");
  fs.writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  try {
    execFileSync(program);
    return true;
  } catch {
    return false;
  }
}

function remove(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
