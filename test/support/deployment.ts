// A stack on its way to a simulated Lync Server: synthesised, then planned, applied and destroyed by the real terraform.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { LyncResourceType, LyncRunner, LyncRunnerProps } from "../../constructs";
import { sharedNullProvider } from "./null-provider";
import { onOwnRunnerWherePossible } from "./own-runner";
import { powershell } from "./powershell";
import { run, RunResult } from "./run";
import { SimulatedLync } from "./simulated-lync";
import { sharedPowerShell } from "./staying-powershell";

export type Build = (stack: TerraformStack) => void;

export interface DeploymentOptions {
  readonly resourceType?: LyncResourceType;
  readonly runner?: LyncRunnerProps;
  /** Added to the environment of terraform, and so of the scripts. */
  readonly env?: NodeJS.ProcessEnv;
  /** It runs on the runner that all such deployments share, and waits for their changes. @default false, where possible */
  readonly sharedRunner?: boolean;
  /**
   * Terraform starts a process for each script, as it does outside the tests: for what looks at processes (their end, time limits,
   * locks), or at nothing but one whole deploy. Otherwise one PowerShell runs them all, but for a run with a signal, which kills
   * processes. @default false
   */
  readonly ownProcesses?: boolean;
  /** The PowerShell that runs them all is for this deployment alone, and finds the locks that its killed runs have left. @default false */
  readonly ownPowerShell?: boolean;
}

/** One stack with its state, in a folder of its own, and the Lync Server that it is deployed to. */
export class Deployment {
  public readonly folder = mkdtempSync(join(tmpdir(), "deploy-"));
  private provider?: NodeJS.ProcessEnv;

  public constructor(
    public readonly lync: SimulatedLync = new SimulatedLync(),
    private readonly options: DeploymentOptions = {},
  ) {}

  /** Applies what `build` declares and expects it to work. */
  public async apply(build: Build): Promise<string> {
    return expectSuccess(await this.tryApply(build));
  }

  /** Applies what `build` declares; the result tells whether it worked. */
  public async tryApply(build: Build, signal?: AbortSignal): Promise<RunResult> {
    await this.prepare(build, signal !== undefined);
    return this.terraform(["apply", "-auto-approve"], signal);
  }

  /** What a plan says, and whether there is anything to do. */
  public async plan(build: Build): Promise<{ changes: boolean; text: string }> {
    await this.prepare(build);
    const result = await this.terraform(["plan", "-detailed-exitcode"]);
    if (result.code !== 0 && result.code !== 2) expectSuccess(result);
    return { changes: result.code === 2, text: result.stdout };
  }

  /** The plan of an apply, or with `-destroy` of a destroy, as `terraform show -json` prints it. */
  public async planJson(build: Build, ...args: string[]): Promise<string> {
    await this.prepare(build);
    expectSuccess(await this.terraform(["plan", "-out=test.tfplan", ...args]));
    return this.showPlan();
  }

  /** The same plan once more. */
  public async showPlan(): Promise<string> {
    const env = { CHECKPOINT_DISABLE: "1", ...this.provider };
    const shown = run("terraform", ["show", "-json", "test.tfplan"], { cwd: this.stackFolder, env });
    return expectSuccess(await shown);
  }

  /** Destroys with the code that `build` has now, which may not be what was applied. */
  public async destroy(build: Build): Promise<string> {
    return expectSuccess(await this.tryDestroy(build));
  }

  public async tryDestroy(build: Build, signal?: AbortSignal): Promise<RunResult> {
    await this.prepare(build, signal !== undefined);
    return this.terraform(["destroy", "-auto-approve"], signal);
  }

  /** Runs terraform in the folder of the synthesised stack. */
  public async terraform(args: string[], signal?: AbortSignal): Promise<RunResult> {
    const env = {
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      // Where the scripts keep their notes of what is half done.
      XDG_DATA_HOME: this.folder,
      ...this.lync.env,
      ...this.provider,
      ...this.options.env,
    };
    const words = [...args, "-no-color", "-input=false"];
    const command: [string, string[]] = this.options.sharedRunner
      ? ["terraform", words]
      : onOwnRunnerWherePossible(this.mutexes, "terraform", words);
    return run(...command, {
      cwd: this.stackFolder,
      env,
      signal,
      timeoutMs: 300_000,
    });
  }

  /** The Terraform state, or undefined where there is none yet. */
  public state(): { resources: { type: string; name: string; instances: object[] }[] } | undefined {
    return existsSync(this.stateFile) ? JSON.parse(readFileSync(this.stateFile, "utf8")) : undefined;
  }

  /** Forgets the state, as a lost file would. */
  public loseState(): void {
    rmSync(this.stateFile, { force: true });
  }

  /** Puts the state back to what `state()` once returned. */
  public restoreState(state: ReturnType<Deployment["state"]>): void {
    this.loseState();
    if (state) writeFileSync(this.stateFile, JSON.stringify(state));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get stateFile(): string {
    return join(this.folder, "terraform.tfstate");
  }

  private get mutexes(): string {
    return join(this.folder, "mutexes");
  }

  private get stackFolder(): string {
    return join(this.folder, "stacks", "test");
  }

  private powerShell(mortal: boolean): Promise<string> {
    const { ownProcesses, ownPowerShell, sharedRunner, runner } = this.options;
    const own = mortal || ownProcesses || sharedRunner || runner?.powerShell !== undefined;
    return own ? powershell() : sharedPowerShell(ownPowerShell ? this.mutexes : undefined);
  }

  /** @param mortal whether what is prepared may be killed with its processes */
  private async prepare(build: Build, mortal = false): Promise<void> {
    const resourceType = this.options.resourceType ?? LyncResourceType.TERRAFORM_DATA;
    const initialised = existsSync(join(this.stackFolder, ".terraform"));
    if (resourceType === LyncResourceType.NULL_RESOURCE) this.provider ??= await sharedNullProvider();
    mkdirSync(this.folder, { recursive: true });
    const app = new App({ outdir: this.folder });
    const stack = new TerraformStack(app, "test");
    new LocalBackend(stack, { path: this.stateFile });
    LyncRunner.configure(stack, {
      powerShell: await this.powerShell(mortal),
      resourceType,
      ...this.options.runner,
    });
    build(stack);
    app.synth();
    if (!initialised) expectSuccess(await this.terraform(["init"]));
  }
}

function expectSuccess(result: RunResult): string {
  if (result.code !== 0)
    throw new Error(`terraform ended with ${result.code}:\n${result.stdout}\n${result.stderr}`);
  return result.stdout;
}
