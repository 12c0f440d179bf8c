// Gives each run of the suite a temporary folder of its own and removes it at the end. Tests and killed processes leave files behind,
// and PowerShell reads every folder on the way to a module: with 16,000 files there, a script takes twice as long.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

module.exports = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lync-tests-"));
  // PostgreSQL runs as another user.
  fs.chmodSync(folder, 0o755);
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
};
