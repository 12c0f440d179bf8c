// Runs a script of the library from Node, at synthesis: with the same PowerShell and the same environment as Terraform.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { POWERSHELL_ARGUMENTS, RunnerSettings, runnerVariables, Script } from "./local-exec";

/** Folder of the scripts on this machine. */
export const SCRIPTS = path.join(__dirname, "..", "..", "powershell");

/** Throws where the scripts are not beside the library, as in a bundle of an app, which holds JavaScript alone. */
export function requireScripts(): void {
  if (existsSync(SCRIPTS)) return;
  throw new Error(
    `The PowerShell scripts of this library are missing: there is no folder ${JSON.stringify(SCRIPTS)}. A bundler takes ` +
      "along no more than JavaScript. Leave cdktf-lync-push-notifications out of the bundle (esbuild: " +
      "--external:cdktf-lync-push-notifications) and install it beside it, or copy its folder " +
      "powershell, which lies beside its index.js, to that place.",
  );
}

let digest: string | undefined;

/**
 * Digest of the scripts, a part of their path in the output and the same on every system. CDKTF's own depends on the order
 * in which a system lists a folder.
 */
export function scriptsDigest(): string {
  return (digest ??= digestOf(SCRIPTS));
}

function digestOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  const hash = createHash("sha256");
  for (const name of files.map((each) => each.split(path.sep).join("/")).sort()) {
    hash.update(`${name}\n`).update(readFileSync(path.join(folder, name)));
  }
  return hash.digest("hex").slice(0, 32).toUpperCase();
}

/** Runs the script to its end and reads what it left in LYNC_RESULT_FILE; throws where it failed. */
export function runScript(
  runner: RunnerSettings,
  script: Script,
  environment: Record<string, string>,
): unknown {
  const folder = mkdtempSync(path.join(tmpdir(), "lync-"));
  const result = path.join(folder, "result.json");
  try {
    const env = {
      ...process.env,
      ...runnerVariables(runner, (text) => text),
      LYNC_REPLICATION_MARK: "", // nothing is changed, so there is nothing to wait for
      ...environment,
      LYNC_RESULT_FILE: result,
    };
    const file = path.join(SCRIPTS, `${script}.ps1`);
    const ended = spawnSync(runner.powerShell, [...POWERSHELL_ARGUMENTS, file], { env, encoding: "utf8" });
    if (ended.error) throw cannotStart(runner.powerShell, ended.error);
    if (ended.status !== 0) throw new ScriptError(`${script} failed.\n${ended.stdout}${ended.stderr}`);
    // A shell that runs no script ends well, too.
    if (!existsSync(result))
      throw new ScriptError(
        `${script} left no result: ${runner.powerShell} has not run it.\n${ended.stdout}`,
      );
    return JSON.parse(readFileSync(result, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A script that did not come to its end; its message says why. */
export class ScriptError extends Error {}

/** The PowerShell is not on this machine. */
export class NotStarted extends ScriptError {}

function cannotStart(powerShell: string, cause: Error): Error {
  return new NotStarted(
    `PowerShell did not start: ${JSON.stringify(powerShell)} (${cause.message}). Run this on the machine with the Lync ` +
      "Server administrative tools, or give the right powerShell in the settings of the runner.",
  );
}
