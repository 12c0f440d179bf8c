// Compiles PowerShell's assemblies ahead of time: the package's are not, and the shell then starts three times as fast.
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { restorePackage } from "./nuget";

/** Those that every start needs. */
const ASSEMBLIES = [
  "System.Management.Automation",
  "Microsoft.PowerShell.ConsoleHost",
  "Microsoft.PowerShell.Security",
  "Microsoft.PowerShell.Commands.Utility",
  "Microsoft.PowerShell.Commands.Management",
  "Newtonsoft.Json",
  "pwsh",
].map((name) => `${name}.dll`);

const run = promisify(execFile);

/** Compiles the shell in its folder. Where that cannot be done, the shell is as good, and slower; the answer says so. */
export async function precompile(dotnet: string, shell: string, workshop: string): Promise<string> {
  const compiled = path.join(workshop, "compiled");
  fs.mkdirSync(compiled);
  try {
    const compiler = await crossgen2(dotnet, workshop);
    const references = [await framework(dotnet), shell].flatMap((folder) => [
      "-r",
      path.join(folder, "*.dll"),
    ]);
    for (const each of ASSEMBLIES) {
      const files = [path.join(shell, each), "-o", path.join(compiled, each)];
      await run(compiler, [...files, "-O", ...target(), ...references], { maxBuffer: 2 ** 26 });
    }
  } catch (error) {
    return `, not compiled ahead, so it starts slowly (${(error as Error).message.trim()})`;
  }
  for (const each of ASSEMBLIES) fs.renameSync(path.join(compiled, each), path.join(shell, each));
  return "";
}

function target(): string[] {
  const system = process.platform === "darwin" ? "osx" : process.platform;
  return ["--targetos", system, "--targetarch", process.arch];
}

/** .NET's own compiler, in the version that the SDK would take. */
async function crossgen2(dotnet: string, workshop: string): Promise<string> {
  const name = "Microsoft.NETCore.App.Crossgen2.$(NETCoreSdkPortableRuntimeIdentifier)";
  const folder = await restorePackage(dotnet, workshop, name, "$(BundledNETCoreAppPackageVersion)");
  return path.join(folder, "tools", "crossgen2");
}

/** The folder of the newest .NET 10 here, which is what the shell runs on. */
async function framework(dotnet: string): Promise<string> {
  const { stdout } = await run(dotnet, ["--list-runtimes"]);
  const found = [...stdout.matchAll(/^Microsoft\.NETCore\.App (10\.0\.(\d+)) \[(.*)\]$/gm)];
  const [newest] = found.sort((one, other) => Number(other[2]) - Number(one[2]));
  if (!newest) throw new Error("there is no .NET 10 to run on");
  return path.join(newest[3], newest[1]);
}
