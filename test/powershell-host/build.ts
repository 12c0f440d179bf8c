// Builds the PowerShell host once per state of its sources, into .cache/, also when several processes ask at once.
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { BuildLock } from "./build-lock";

const SOURCES = __dirname;
const CACHE = path.resolve(__dirname, "..", "..", ".cache", "powershell-host");
const LEAST_SDK = 10;
const SOURCE_FILES = /\.(cs|csproj|props|psd1)$/;
const INSTALL_HINT =
  "No PowerShell was found. Install PowerShell 7 (the command pwsh), or the .NET SDK 10 (the command dotnet), " +
  "with which the tests build a small PowerShell host of their own.";

const run = promisify(execFile);

/** The host's executable, built if the sources have changed since. */
export async function builtHost(): Promise<string> {
  const folder = path.join(CACHE, sourceHash());
  const executable = path.join(folder, process.platform === "win32" ? "pwsh-host.exe" : "pwsh-host");
  if (!fs.existsSync(executable)) await buildOnce(folder, executable);
  return executable;
}

async function buildOnce(folder: string, executable: string): Promise<void> {
  await requireSdk();
  fs.mkdirSync(CACHE, { recursive: true });
  const lock = await BuildLock.take(`${folder}.lock`);
  try {
    if (!fs.existsSync(executable)) await build(folder);
  } finally {
    lock.release();
  }
}

async function build(folder: string): Promise<void> {
  process.stderr.write("Building the PowerShell host of the tests (once, about half a minute) ...\n");
  const workshop = `${folder}.${randomUUID()}`;
  try {
    await publish(workshop);
    moveInto(folder, path.join(workshop, "host"));
  } finally {
    fs.rmSync(workshop, { recursive: true, force: true });
  }
  process.stderr.write("The PowerShell host is built.\n");
}

/** Code compiled ahead starts several times faster; where its compiler cannot be had, the host is built without. */
async function publish(workshop: string): Promise<void> {
  try {
    await dotnetPublish(workshop, []);
  } catch {
    await dotnetPublish(workshop, ["-p:PublishReadyToRun=false"]);
  }
}

async function dotnetPublish(workshop: string, properties: string[]): Promise<void> {
  const project = path.join(SOURCES, "host", "pwsh-host.csproj");
  // The artifacts path keeps bin and obj out of the sources; no build server may outlive the tests.
  const places = [
    "--artifacts-path",
    path.join(workshop, "artifacts"),
    "--output",
    path.join(workshop, "host"),
  ];
  const args = ["publish", project, "-c", "Release", "--disable-build-servers", ...places, ...properties];
  try {
    await run("dotnet", args, { cwd: SOURCES, env: dotnetEnvironment(), maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`The PowerShell host could not be built:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Renaming is atomic: no process ever sees half a host, and of two builders the second keeps the first one's. */
function moveInto(folder: string, built: string): void {
  try {
    fs.renameSync(built, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  }
}

async function requireSdk(): Promise<void> {
  let version: string;
  try {
    version = (await run("dotnet", ["--version"], { cwd: SOURCES, env: dotnetEnvironment() })).stdout.trim();
  } catch (error) {
    throw new Error(INSTALL_HINT, { cause: error });
  }
  if (parseInt(version, 10) < LEAST_SDK) throw new Error(`${INSTALL_HINT} The .NET SDK here is ${version}.`);
}

function dotnetEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DOTNET_NOLOGO: "1",
    DOTNET_CLI_TELEMETRY_OPTOUT: "1",
    DOTNET_CLI_UI_LANGUAGE: "en",
  };
}

function sourceHash(): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const name of sourceFiles()) hash.update(name).update(fs.readFileSync(path.join(SOURCES, name)));
  return hash.digest("hex").slice(0, 16);
}

function sourceFiles(): string[] {
  const names = fs.readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  return names.filter((name) => SOURCE_FILES.test(name) && !/(^|[\\/])(bin|obj)[\\/]/.test(name)).sort();
}
