// What has to be on the machine before the demo can run, and how to get it.
import { spawnSync } from "node:child_process";

const TERRAFORM = process.env.TERRAFORM_BINARY_NAME ?? "terraform";

/** One paragraph for each thing that is missing; empty where all is there. */
export function missingPrerequisites(): string[] {
  return [missingNode(), missingTerraform(), missingPowerShell()].filter((each) => each !== undefined);
}

function missingNode(): string | undefined {
  if (parseInt(process.versions.node, 10) >= 20) return undefined;
  return `Node.js 20 or newer. This is ${process.versions.node}.\n  All systems: https://nodejs.org/en/download`;
}

function missingTerraform(): string | undefined {
  const output = outputOf(TERRAFORM, ["version", "-json"]);
  const version = /"terraform_version":\s*"((\d+)\.(\d+)[^"]*)"/.exec(output ?? "");
  const [, full, major, minor] = version ?? [];
  if (version && (Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 4))) return undefined;
  const found = version ? `The one on the PATH is ${full}.` : `There is no ${TERRAFORM} on the PATH.`;
  return [
    `Terraform 1.4 or newer. ${found}`,
    "  Windows: winget install Hashicorp.Terraform",
    "  macOS:   brew install hashicorp/tap/terraform",
    "  Linux:   https://developer.hashicorp.com/terraform/install (apt, dnf, or one file to unpack onto the PATH)",
  ].join("\n");
}

/** The same order in which test/support/powershell.ts chooses, without installing anything. */
function missingPowerShell(): string | undefined {
  if (process.env.TEST_POWERSHELL || process.platform === "win32") return undefined;
  if (outputOf("pwsh", ["--version"]) !== undefined) return undefined;
  const sdk = outputOf("dotnet", ["--version"])?.trim();
  if (parseInt(sdk ?? "0", 10) >= 10) return undefined;
  const found = sdk ? `, and the .NET SDK is ${sdk}` : ", nor dotnet";
  return [
    `PowerShell, or else the .NET SDK 10, with which the demo installs it from NuGet. There is no pwsh on the PATH${found}.`,
    "  macOS:   brew install powershell",
    "  Linux:   https://learn.microsoft.com/powershell/scripting/install/installing-powershell-on-linux",
    "  or:      https://dotnet.microsoft.com/download/dotnet/10.0",
  ].join("\n");
}

/** undefined: there is no such command, or it fails. */
function outputOf(command: string, args: string[]): string | undefined {
  const result = spawnSync(command, args, { encoding: "utf8", windowsHide: true });
  return result.status === 0 ? result.stdout : undefined;
}
