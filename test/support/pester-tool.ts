// Pester, PowerShell's own test framework, installed into .cache on first use: from NuGet, or by PowerShell where there is no .NET SDK.
import * as fs from "node:fs";
import * as path from "node:path";
import { CACHE, installOnce } from "./cache";
import { restorePackage } from "./nuget";
import { onPath } from "./on-path";
import { runPowerShell } from "./powershell";

// The newest that runs on every PowerShell that ours runs on: version 6 needs 5.1.
const VERSION = "5.9.1";

/** The module's manifest, installed if it is not there. */
export async function installedPester(): Promise<string> {
  const folder = path.join(CACHE, "pester", VERSION);
  await installOnce(folder, install);
  return path.join(folder, "Pester.psd1");
}

async function install(workshop: string): Promise<string> {
  const dotnet = onPath(process.platform === "win32" ? "dotnet.exe" : "dotnet");
  if (!dotnet) return save(workshop);
  return path.join(await restorePackage(dotnet, workshop, "Pester", VERSION), "tools");
}

/** By the repositories and sources that this PowerShell knows. */
async function save(workshop: string): Promise<string> {
  const script = path.join(__dirname, "save-pester.ps1");
  const args = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script];
  const { code, stderr } = await runPowerShell([...args, "-Version", VERSION, "-Folder", workshop]);
  // A repository of modules gives the module, NuGet a package that has it in a folder of its own.
  const files = fs.readdirSync(workshop, { recursive: true, encoding: "utf8" });
  const manifest = files.find((file) => path.basename(file) === "Pester.psd1");
  if (code === 0 && manifest) return path.join(workshop, path.dirname(manifest));
  throw new Error(
    `Pester ${VERSION}, which tests the scripts' functions, could not be installed. Install the .NET SDK 10 (the command ` +
      `dotnet) or PowerShell 7.4 or newer, which take it from NuGet, or give PowerShell a repository of modules that has it.\n${stderr}`,
  );
}
