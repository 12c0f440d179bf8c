// The real PowerShell from NuGet, where the machine has none: installed into .cache on first use, also when several ask at once.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { CACHE, installOnce } from "./cache";
import { onPath } from "./on-path";
import { precompile } from "./precompile";

const VERSION = "7.6.9";
const LEAST_SDK = 10;
const INSTALL_HINT =
  "No PowerShell was found. Install PowerShell 7 (the command pwsh), or the .NET SDK 10 (the command dotnet), " +
  "with which PowerShell is installed from NuGet into the folder .cache.";

const run = promisify(execFile);

/** The shell's executable, installed if it is not there. */
export async function installedPowerShell(): Promise<string> {
  const dotnet = onPath("dotnet");
  if (!dotnet) throw new Error(INSTALL_HINT);
  const folder = path.join(CACHE, "powershell", `${VERSION}-${recipe(dotnet)}`);
  await installOnce(folder, (workshop) => install(dotnet, folder, workshop));
  return path.join(folder, "pwsh");
}

async function install(dotnet: string, folder: string, workshop: string): Promise<string> {
  process.stderr.write("Installing PowerShell for the tests and the demo (once, about half a minute) ...\n");
  await requireSdk(dotnet, workshop);
  const shell = await unpack(dotnet, workshop);
  silence(shell);
  const note = await precompile(dotnet, shell, workshop);
  const ready = path.join(workshop, "ready");
  fs.mkdirSync(ready);
  fs.renameSync(shell, path.join(ready, "shell"));
  writeLauncher(path.join(ready, "pwsh"), dotnet, path.join(folder, "shell", "pwsh.dll"));
  process.stderr.write(`PowerShell ${VERSION} is installed${note}.\n`);
  return ready;
}

async function requireSdk(dotnet: string, cwd: string): Promise<void> {
  let version: string;
  try {
    version = (await run(dotnet, ["--version"], { cwd })).stdout.trim();
  } catch (error) {
    throw new Error(INSTALL_HINT, { cause: error });
  }
  if (parseInt(version, 10) < LEAST_SDK) throw new Error(`${INSTALL_HINT} The .NET SDK here is ${version}.`);
}

/** The folder of the shell itself. The tool's own command is left: it starts the shell as a second process. */
async function unpack(dotnet: string, workshop: string): Promise<string> {
  const tool = path.join(workshop, "tool");
  const args = ["tool", "install", "PowerShell", "--version", VERSION, "--tool-path", tool];
  try {
    await run(dotnet, args, { cwd: workshop });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`PowerShell could not be installed:\n${stdout}${stderr}`, { cause: error });
  }
  const store = path.join(tool, ".store", "powershell", VERSION, "powershell", VERSION);
  return path.join(store, "tools", "net10.0", "any", "unix");
}

/** It tells the machine's log of every command that begins or ends, which takes a fourth of a long script. */
function silence(shell: string): void {
  fs.writeFileSync(path.join(shell, "powershell.config.json"), JSON.stringify({ LogLevel: "Critical" }));
}

/** One executable, which becomes the shell: signals, streams and the exit code are the shell's own. */
function writeLauncher(file: string, dotnet: string, assembly: string): void {
  const lines = [
    "#!/bin/sh",
    // It lives for a second: nothing to send home, nothing to look up.
    "export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off",
    `exec ${quoted(dotnet)} ${quoted(assembly)} "$@"`,
  ];
  fs.writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o755 });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What the installation depends on; where that changes, there is a new one. */
function recipe(dotnet: string): string {
  const hash = createHash("sha256").update([process.platform, process.arch, dotnet].join("\n"));
  for (const name of ["powershell-tool.ts", "precompile.ts", "nuget.ts"])
    hash.update(fs.readFileSync(path.join(__dirname, name)));
  return hash.digest("hex").slice(0, 16);
}
