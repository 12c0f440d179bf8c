// The one shape of every local-exec: a constant command that runs a script of the asset, data by environment only.
import { IResolvable, LocalExecProvisioner } from "cdktf";
import { literal } from "./terraform-text";

/** How a local-exec runs the scripts. */
export interface RunnerSettings {
  readonly powerShell: string;
  readonly module: string;
  readonly timeoutSeconds: number;
  /** Name of the file for the status of replication before a change; empty where no test waits for replication. */
  readonly replicationMark: string;
  /** Folder of the scripts, relative to where Terraform runs. */
  readonly scripts: string;
}

/** A script of constructs/powershell, without its ending. */
export type Script =
  | "Complete-LyncStack"
  | "Confirm-LyncDestroy"
  | "Confirm-LyncObject"
  | "Confirm-LyncTest"
  | "Get-LyncDrift"
  | "Get-LyncReview"
  | "Remove-LyncObject"
  | "Set-LyncObject"
  | "Set-LyncObjectList"
  | "Test-LyncObject"
  | "Test-LyncRunner";

/** The provisioner that runs a script. Terraform starts PowerShell itself: no shell reads the command. */
export function localExec(
  runner: RunnerSettings,
  script: Script,
  environment: Record<string, string> | IResolvable,
  when?: "destroy",
): LocalExecProvisioner {
  return {
    type: "local-exec",
    ...(when ? { when } : {}),
    interpreter: [literal(runner.powerShell), ...POWERSHELL_ARGUMENTS],
    command: `${runner.scripts}/${script}.ps1`,
    environment: environment as Record<string, string>, // a Lazy is resolved like any other value
  };
}

/** What every script needs to know of the runner; a process that Terraform does not start gets it unescaped. */
export function runnerVariables(
  runner: RunnerSettings,
  write: (text: string) => string = literal,
): Record<string, string> {
  return {
    LYNC_MODULE: write(runner.module),
    LYNC_TIMEOUT_SECONDS: String(runner.timeoutSeconds),
    LYNC_REPLICATION_MARK: runner.replicationMark,
  };
}

/** Arguments of PowerShell before the name of the script. */
export const POWERSHELL_ARGUMENTS = [
  "-NoLogo",
  "-NoProfile",
  "-NonInteractive",
  "-ExecutionPolicy",
  "Bypass",
  "-File",
];
