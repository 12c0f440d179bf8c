// Runs one test of a stack as its provisioner does, without Terraform: the same script, folder and environment.
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { LyncRunner, LyncRunnerProps } from "../../constructs";
import { powershell } from "./powershell";
import { run, RunResult } from "./run";
import { SimulatedLync } from "./simulated-lync";
import { sharedPowerShell } from "./staying-powershell";
import { Configuration } from "./synth";

/** A synthesised stack in a folder of its own, whose resources can be run one by one. */
export class TestRun {
  public readonly folder = mkdtempSync(join(tmpdir(), "test-run-"));
  private outdir = join(this.folder, "cdktf.out");

  public constructor(
    public readonly lync = new SimulatedLync(),
    private readonly runner: LyncRunnerProps = {},
    private readonly stack = "test",
  ) {}

  public synthesize(build: (stack: TerraformStack) => void): this {
    const app = new App({ outdir: this.outdir });
    const stack = new TerraformStack(app, this.stack);
    LyncRunner.configure(stack, this.runner);
    build(stack);
    app.synth();
    return this;
  }

  public get configuration(): Configuration {
    return JSON.parse(readFileSync(join(this.outdir, "stacks", this.stack, "cdk.tf.json"), "utf8"));
  }

  /** What Terraform would give the script of the resource. */
  public environment(resource: string): Record<string, string> {
    const { provisioner, triggers } = this.configuration.resource.null_resource[resource];
    const marked = Object.entries(triggers ?? {}).map(([name, value]) => [name, `=${unescaped(value)}`]);
    const id = randomUUID();
    const variables = Object.entries(provisioner[0]["local-exec"].environment).map(
      ([name, value]): [string, string] => [name, value === "${self.id}" ? id : value],
    );
    return {
      ...Object.fromEntries(variables.map(([name, value]) => [name, unescaped(value)])),
      LYNC_SETTINGS: JSON.stringify(Object.fromEntries(marked)),
    };
  }

  /**
   * Runs the script of the resource to its end.
   * @param ownProcess whether that is a process of its own: for what dies, runs into its time limit, beside another one, or into a lock
   */
  public async run(resource: string, ownProcess = false): Promise<RunResult> {
    const { interpreter, command } =
      this.configuration.resource.null_resource[resource].provisioner[0]["local-exec"];
    const powerShell = await (ownProcess ? powershell() : sharedPowerShell());
    return run(powerShell, [...interpreter.slice(1), command], {
      cwd: join(this.outdir, "stacks", this.stack),
      // Where the scripts keep their notes.
      env: { ...this.lync.env, XDG_DATA_HOME: this.folder, ...this.environment(resource) },
      timeoutMs: 60_000,
    });
  }

  /** Takes the output to another place, as a pipeline does that synthesises on one machine and deploys on another. */
  public move(outdir: string): void {
    cpSync(this.outdir, outdir, { recursive: true });
    rmSync(this.outdir, { recursive: true });
    this.outdir = outdir;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The text that Terraform would make of it. */
function unescaped(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}
