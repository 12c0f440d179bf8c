// The scripts as a part of the stack: one asset, whose path is relative to where Terraform runs.
import { TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { requireScripts, SCRIPTS, scriptsDigest } from "./script-process";

/** Adds the scripts to the stack; answers with their folder. @throws Error where they are not beside the library. */
export function addScripts(scope: Construct, id: string): string {
  requireScripts();
  return new TerraformAsset(scope, id, { path: SCRIPTS, assetHash: scriptsDigest() }).path;
}
