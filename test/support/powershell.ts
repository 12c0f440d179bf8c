// Which PowerShell the tests run, and how they run it: the machine's own, else PowerShell 7 from NuGet.
import { execFile } from "node:child_process";
import { onPath } from "./on-path";
import { installedPowerShell } from "./powershell-tool";

export interface PowerShellOptions {
  cwd?: string;
  /** Added to this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** What the standard input holds; without it the standard input is empty. */
  input?: string;
  timeoutMs?: number;
}

export interface PowerShellResult {
  /** null: a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

let chosen: Promise<string> | undefined;

/** The executable to call. TEST_POWERSHELL overrides the choice. */
export async function powershell(): Promise<string> {
  if (process.env.TEST_POWERSHELL) return process.env.TEST_POWERSHELL;
  chosen ??= choose();
  return chosen;
}

async function choose(): Promise<string> {
  if (process.platform === "win32") return "powershell.exe";
  return onPath("pwsh") ?? installedPowerShell();
}

export async function runPowerShell(
  args: string[],
  options: PowerShellOptions = {},
): Promise<PowerShellResult> {
  const executable = await powershell();
  const settings = {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    timeout: options.timeoutMs,
    killSignal: "SIGKILL" as const,
    maxBuffer: 2 ** 26,
  };
  return new Promise((resolve, reject) => {
    const child = execFile(executable, args, settings, (error, stdout, stderr) => {
      // A code that is text says why the process did not run at all.
      if (typeof error?.code === "string") reject(error);
      else resolve({ code: child.exitCode, stdout, stderr });
    });
    // A script that ends without reading its input is no failure.
    child.stdin?.on("error", () => {}).end(options.input ?? "");
  });
}
