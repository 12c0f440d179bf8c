// Plans a synthesised stack with the Terraform of this machine, as a deploy would; of the backend only the state is read.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Terraform did not start, or refused; the message says why, in Terraform's words. */
export class TerraformError extends Error {}

/** What `terraform show -json` says of the plan. */
export function planOf(folder: string): string {
  terraform(folder, ["init", "-input=false", "-no-color"]);
  terraform(folder, ["plan", "-input=false", "-no-color", "-out=review.tfplan"]);
  return terraform(folder, ["show", "-json", join(folder, "review.tfplan")]);
}

function terraform(cwd: string, args: readonly string[]): string {
  const command = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const ended = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (ended.error) throw new TerraformError(`Terraform did not start: ${command} (${ended.error.message}).`);
  if (ended.status !== 0)
    throw new TerraformError(`terraform ${args[0]} failed.\n${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}
