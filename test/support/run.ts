// Runs a command to its end without blocking this process, which may serve what the command asks for.
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

export interface RunOptions {
  cwd?: string;
  /** Added to this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** After this time the command is killed with all that it started. */
  timeoutMs?: number;
  /** Kills the command with all that it started; with the reason "SIGINT" it interrupts them, as Ctrl-C does. */
  signal?: AbortSignal;
}

export interface RunResult {
  /** null: it was killed (on Windows, 1). */
  code: number | null;
  stdout: string;
  stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

export async function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own can be killed as a whole.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const kill = () => killTree(child);
  const stop = () => (options.signal?.reason === "SIGINT" ? signalGroup(child, "SIGINT") : kill());
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(kill, options.timeoutMs);
  options.signal?.addEventListener("abort", stop);
  try {
    return await result(child);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

async function result(child: Child): Promise<RunResult> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

function killTree(child: Child): void {
  if (process.platform === "win32") spawnSync("taskkill", ["/T", "/F", "/PID", String(child.pid)]);
  else signalGroup(child, "SIGKILL");
  // What escaped from the group may still hold the other ends, and is not worth waiting for.
  child.stdout.destroy();
  child.stderr.destroy();
}

function signalGroup({ pid }: Child, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: all of it has ended already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
