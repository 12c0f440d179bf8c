// The one shape of every local-exec: a constant command that runs a script of the asset, data by environment only.
import { LocalExecProvisioner } from "cdktf";
import { Late } from "./late";
import { literal } from "./terraform-text";

/** The remote session by which the scripts reach Lync Server. */
export interface RemoteSession {
  /** Pools: the first that answers is used. */
  readonly connectionUris: readonly string[];
  /** As New-PSSession takes it. */
  readonly authentication: string;
}

/** How a local-exec runs the scripts. */
export interface RunnerSettings {
  readonly powerShell: string;
  readonly module: string;
  /** In place of the module; without it the runner has the tools. */
  readonly session?: RemoteSession;
  readonly timeoutSeconds: number;
  /** Name of the file for the status of replication before a change; empty where no test waits for replication: the whole stack tells. */
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
  | "Get-LyncEnvironment"
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
  environment: () => Record<string, string>,
  when?: "destroy",
): LocalExecProvisioner {
  return {
    type: "local-exec",
    ...(when ? { when } : {}),
    interpreter: [literal(runner.powerShell), ...POWERSHELL_ARGUMENTS],
    command: `${runner.scripts}/${script}.ps1`,
    environment: new Late(environment) as unknown as Record<string, string>, // resolved like any other value
  };
}

/** What every script needs to know of the runner; a process that Terraform does not start gets it unescaped. */
export function runnerVariables(
  runner: RunnerSettings,
  write: (text: string) => string = literal,
): Record<string, string> {
  return {
    LYNC_MODULE: write(runner.module),
    ...sessionVariables(runner.session, write),
    LYNC_TIMEOUT_SECONDS: String(runner.timeoutSeconds),
    LYNC_REPLICATION_MARK: runner.replicationMark,
  };
}

/** Empty where there is none: what somebody has set on the runner must not lead a deploy to another pool. */
function sessionVariables(
  session: RemoteSession | undefined,
  write: (text: string) => string,
): Record<string, string> {
  return {
    LYNC_SESSION_URI: write(session?.connectionUris.join(" ") ?? ""),
    LYNC_SESSION_AUTHENTICATION: write(session?.authentication ?? ""),
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
