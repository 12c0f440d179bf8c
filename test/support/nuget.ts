// Packages from NuGet by the ordinary client: `dotnet restore` of a project that only names one.
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder of the package. @param version an exact one, or a property of MSBuild that holds one */
export async function restorePackage(
  dotnet: string,
  workshop: string,
  name: string,
  version: string,
): Promise<string> {
  const packages = path.join(workshop, "packages");
  fs.writeFileSync(path.join(workshop, "package.proj"), project(name, version));
  // MSBuild's own files, never the surroundings', decide what comes; no build server may outlive this.
  const alone = ["BuildProps", "BuildTargets", "PackagesProps"].map(
    (each) => `-p:ImportDirectory${each}=false`,
  );
  const args = ["restore", "package.proj", "--packages", packages, "--disable-build-servers", ...alone];
  await run(dotnet, args, { cwd: workshop });
  const [found] = fs.readdirSync(packages);
  const [exact] = fs.readdirSync(path.join(packages, found));
  return path.join(packages, found, exact);
}

function project(name: string, version: string): string {
  return `
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="${name}" Version="[${version}]" />
  </ItemGroup>
</Project>
`;
}
