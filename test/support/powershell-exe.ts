// powershell.exe on a system that has none: environments name it, and the tests run them as they are.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A PATH on which this PowerShell is found as powershell.exe; what has to be made for it is put into `folder`. */
export function pathWithPowerShellExe(folder: string, powerShell: string): string {
  const path = process.env.PATH ?? "";
  if (process.platform === "win32") return path;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "powershell.exe");
  writeFileSync(file, `#!/bin/sh\nexec '${powerShell}' "$@"\n`);
  chmodSync(file, 0o755);
  return [folder, path].join(delimiter);
}
