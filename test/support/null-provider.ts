// Gives Terraform a hashicorp/null provider without a registry: a small one of this folder's, in a process of
// its own. With TEST_NULL_PROVIDER=installed Terraform uses the provider that it finds by itself.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

export interface NullProvider {
  /** To be added to the environment of every terraform (or cdktf) that shall use the provider. */
  env: { TF_REATTACH_PROVIDERS?: string };
  stop(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** One provider serves any number of terraforms, one after the other or at once. */
export async function startNullProvider(): Promise<NullProvider> {
  if (process.env.TEST_NULL_PROVIDER === "installed") return { env: {}, stop: async () => {} };
  const child = startServer();
  const exit = once(child, "exit");
  const reattach = await firstLine(child.stdout);
  letGo(child);
  return { env: { TF_REATTACH_PROVIDERS: reattach }, stop: () => stop(child, exit) };
}

let shared: Promise<NullProvider["env"]> | undefined;

/** The environment with the provider of all test files which this process runs, one after the other; it ends with the process. */
export function sharedNullProvider(): Promise<NullProvider["env"]> {
  return (shared ??= startForProcess());
}

/** Each test file has modules of its own, so that the file system alone can tell what an earlier one has started. */
async function startForProcess(): Promise<NullProvider["env"]> {
  const file = join(tmpdir(), `null-provider-${process.pid}.json`);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify((await startNullProvider()).env));
  return JSON.parse(readFileSync(file, "utf8"));
}

function startServer(): Child {
  const folder = join(__dirname, "null-provider");
  const typescript = require.resolve("ts-node/register/transpile-only");
  // Detached: Ctrl-C, or a kill of the caller's process group, must not take the provider from a terraform that
  // is still putting its state in order. In its own folder, because ts-node looks for tsconfig.json from there.
  return spawn(process.execPath, ["-r", typescript, join(folder, "server.ts")], {
    cwd: folder,
    detached: true,
    windowsHide: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) return line;
  throw new Error("The null provider ended before it served; its own message is in the error output.");
}

// A caller that forgets stop() can still end, and the server ends with it.
function letGo(child: Child): void {
  child.stdout.destroy();
  (child.stdin as Socket).unref();
  child.unref();
}

async function stop(child: Child, exit: Promise<unknown>): Promise<void> {
  child.ref();
  child.stdin.end();
  await exit;
}
