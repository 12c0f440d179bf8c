// Synthesises a stack as `cdktf synth` does, validations included, and reads what Terraform would read.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";

/** One stack's configuration as Terraform reads it. */
export interface Configuration {
  readonly terraform: Record<string, unknown>;
  readonly provider?: Record<string, unknown[]>;
  /** The settings of each terraform_data, by the name of its resource. */
  readonly locals: Record<string, Record<string, string>>;
  readonly resource: Record<string, Record<string, Resource>>;
  readonly output?: Record<string, { readonly value: unknown }>;
}

export interface Resource {
  readonly triggers?: Record<string, string>;
  readonly triggers_replace?: Record<string, string>;
  readonly input?: Record<string, string>;
  readonly depends_on?: string[];
  readonly lifecycle?: Record<string, unknown>;
  readonly provisioner: { "local-exec": LocalExec }[];
}

export interface LocalExec {
  readonly command: string;
  readonly interpreter: string[];
  readonly when?: string;
  readonly environment: Record<string, string>;
}

/** Synthesises a stack called `test` with what `build` puts into it. */
export function synthesize(build: (stack: TerraformStack) => void): Configuration {
  return synthesizeApp((app) => build(new TerraformStack(app, "test")), "test");
}

/** Synthesises an app and reads one of its stacks. */
export function synthesizeApp(build: (app: App) => void, stack: string): Configuration {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    return JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Configuration;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The message of the error that `action` throws. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was accepted.");
}
