// A runner with nothing of Lync: its PowerShell reaches a simulated Lync Server by sessions over a simulated network.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LyncRunnerProps, RemoteSessionProps } from "../../constructs";
import { powershell } from "./powershell";
import { sharedPowerShell } from "./staying-powershell";

const START = resolve(__dirname, "..", "simulator", "Network", "Start-Runner.ps1");

/** A pool of every simulated Lync Server. */
export const POOL = "https://pool01.contoso.com/OcsPowerShell";

export interface RemoteRunner {
  /** For LyncRunner. */
  readonly runner: LyncRunnerProps;
  /** For the environment of terraform and of the scripts: no module but PowerShell's own. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Whether a test can have one. */
export const hasRemoteRunners = process.platform !== "win32";

/**
 * Its command for PowerShell runs the script behind the network: in a process of its own, or where it `stays`, in the one that
 * all such scripts of a test file have, where possible.
 */
export async function remoteRunner(
  session: RemoteSessionProps = { connectionUri: POOL },
  { stays = false } = {},
): Promise<RemoteRunner> {
  const folder = mkdtempSync(join(tmpdir(), "remote-runner-"));
  const powerShell = join(folder, "pwsh");
  const program = await (stays ? sharedPowerShell() : powershell());
  const start = `'${program}' -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File '${START}'`;
  writeFileSync(powerShell, `#!/bin/sh\nfor script; do :; done\nexec ${start} "$script"\n`);
  chmodSync(powerShell, 0o755);
  return {
    runner: { powerShell, session },
    env: { PSModulePath: "" },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
