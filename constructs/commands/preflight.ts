#!/usr/bin/env node
// lync-preflight ENVIRONMENT: whether this machine can deploy the environment.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PREFLIGHT } from "../private/bookkeeping/preflight";
import { unescaped } from "../private/terraform/terraform-text";
import { CommandError, stackFolder, synthesised } from "./app";
import { oneEnvironment, runCommand, typed } from "./command";

const HELP = `Usage: ${typed("preflight")} ENVIRONMENT

Checks that this machine can deploy the environment: the PowerShell version, the module or the session, the cmdlets, the
account, and the routing of the Edge where a hosting provider is declared. Nothing is changed. A deploy makes the same checks by itself.

  --help  print this text

Exit code: 0 ready, 1 not ready or it could not be told.`;

/** What Terraform would run. */
interface Execution {
  readonly interpreter: readonly string[];
  readonly command: string;
  readonly environment: Record<string, string>;
}

// Scripts that run all commands alike may give --json here, too: there is no JSON of this one.
runCommand(HELP, { json: { type: "boolean" } }, (names) => {
  const environment = oneEnvironment(HELP, names);
  return synthesised({}, (folder) => {
    const cwd = stackFolder(folder, environment);
    const { interpreter, command, environment: variables } = execution(cwd, environment);
    const [powerShell, ...args] = [...interpreter, command].map(unescaped);
    const values = Object.entries(variables).map(([name, value]) => [name, unescaped(value)]);
    const env = { ...process.env, ...Object.fromEntries(values) };
    const ended = spawnSync(powerShell, args, { cwd, env, stdio: "inherit" });
    if (ended.error)
      throw new CommandError(`PowerShell did not start: ${powerShell} (${ended.error.message}).`);
    return ended.status ?? 1;
  });
});

function execution(folder: string, environment: string): Execution {
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const preflight = resource?.terraform_data?.[PREFLIGHT];
  if (preflight) return preflight.provisioner[0]["local-exec"];
  throw new CommandError(`The environment ${JSON.stringify(environment)} has its pre-flight switched off.`);
}
