// The pipelines of the example, as their platforms read them: expressions are evaluated, and each step's text runs in the
// shell that the platform starts for it. What a platform does by itself (checkout, artifacts) is done here by copying.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { powershell } from "./powershell";
import { run, RunResult } from "./run";

export const PIPELINES = resolve(__dirname, "..", "..", "examples", "pipelines");
export const WORKFLOWS = join(PIPELINES, "github-actions", ".github", "workflows");
export const AZURE_PIPELINES = join(PIPELINES, "azure-devops", "azure-pipelines");

export interface Step {
  readonly name?: string;
  readonly displayName?: string;
  readonly id?: string;
  readonly if?: string;
  readonly condition?: string;
  readonly uses?: string;
  readonly task?: string;
  readonly run?: string;
  readonly bash?: string;
  readonly powershell?: string;
  readonly shell?: string;
  readonly env?: Record<string, unknown>;
  readonly with?: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

export interface Job {
  readonly steps: readonly Step[];
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly environment?: string;
  readonly permissions?: Record<string, string>;
  readonly needs?: string;
  /** A workflow that the job calls, and what it gives it. */
  readonly uses?: string;
  readonly with?: Record<string, string>;
  readonly strategy?: { readonly matrix: { readonly environment: readonly string[] } };
  readonly timeoutInMinutes?: number;
}

/** A file of GitHub Actions. */
export interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: object;
  readonly concurrency?: object;
  readonly jobs: Record<string, Job>;
}

/** A job of Azure Pipelines: its steps, or a deployment that has them. */
export type AzureJob = Omit<Job, "steps" | "strategy"> & {
  readonly steps?: readonly Step[];
  readonly strategy?: {
    readonly matrix?: Record<string, Record<string, string>>;
    readonly runOnce?: { readonly deploy: { readonly steps: readonly Step[] } };
  };
};

/** A file of Azure Pipelines. */
export interface AzurePipeline {
  readonly lockBehavior?: string;
  readonly jobs?: readonly AzureJob[];
  readonly stages?: readonly {
    readonly condition?: string;
    readonly jobs?: readonly AzureJob[];
    readonly parameters?: { readonly environment: string; readonly after?: readonly string[] };
  }[];
}

export function readWorkflow(name: string): Workflow {
  return parse(readFileSync(join(WORKFLOWS, name), "utf8"));
}

export function readPipeline(name: string): AzurePipeline {
  return parse(readFileSync(join(AZURE_PIPELINES, name), "utf8"));
}

/** The steps of a job, those of a deployment as well. */
export function stepsOf(job: AzureJob): readonly Step[] {
  return job.steps ?? job.strategy?.runOnce?.deploy.steps ?? [];
}

/** The names that an expression may use. Both platforms' expressions read as JavaScript, as far as the example goes. */
export type Names = Record<string, unknown>;

/** A value with its `${{ }}` evaluated, mappings with a condition for a key included. */
export function evaluated<T>(value: T, names: Names): T {
  if (typeof value === "string") return text(value, names) as T;
  if (Array.isArray(value)) return value.map((each) => evaluated(each, names)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, each]) => {
    const [, condition] = /^\$\{\{ if (.*) \}\}$/.exec(key) ?? [];
    if (condition === undefined) return [[key, evaluated(each, names)]];
    return expression(condition, names) ? Object.entries(evaluated(each as object, names)) : [];
  });
  return Object.fromEntries(entries) as T;
}

function text(value: string, names: Names): unknown {
  const [, whole] = /^\$\{\{((?:(?!\}\}).)*)\}\}$/.exec(value) ?? [];
  if (whole !== undefined) return expression(whole, names);
  return value.replace(/\$\{\{(.*?)\}\}/g, (_, each) => String(expression(each, names)));
}

export function expression(code: string, names: Names): unknown {
  const bare = code.replace(/^\$\{\{(.*)\}\}$/, "$1");
  return new Function(...Object.keys(names), `return (${bare});`)(...Object.values(names));
}

/** How a job ended, and what its steps handed on. */
export interface Ended {
  readonly ok: boolean;
  readonly log: string;
  readonly outputs: Record<string, string>;
  readonly summary: string;
}

/** A machine with a work folder, on which the jobs of a repository run one after the other. */
export class Machine {
  private readonly work: string;
  private readonly notes: string;

  /** @param env what is set on the machine itself */
  public constructor(
    folder: string,
    private readonly repository: string,
    private readonly env: NodeJS.ProcessEnv,
    /** Artifacts, which outlive the machine. */
    private readonly artifacts: string,
  ) {
    this.work = join(folder, "work");
    this.notes = join(folder, "notes");
    for (const each of [this.work, this.notes]) mkdirSync(each, { recursive: true });
  }

  public get summaryFile(): string {
    return join(this.notes, "summary.md");
  }

  /** Runs steps in their order. After one that failed only those run whose condition says so. */
  public async job(
    job: Job,
    names: Names,
    env: NodeJS.ProcessEnv,
    macros: Record<string, string>,
  ): Promise<Ended> {
    const outputs: Record<string, string> = {};
    const log: string[] = [];
    let ok = true;
    writeFileSync(this.summaryFile, "");
    for (const raw of job.steps) {
      if (!this.due(raw, ok, names)) continue;
      const step = macro(evaluated({ ...raw, if: undefined }, names), macros);
      const result = await this.step(step, job.defaults?.run.shell, env);
      log.push(result.stdout, result.stderr);
      Object.assign(outputs, this.outputsOf(result.stdout));
      ok = ok && result.code === 0;
    }
    return { ok, outputs, log: log.join(""), summary: this.summaryOf(log.join("")) };
  }

  private due(step: Step, ok: boolean, names: Names): boolean {
    const states = { always: () => true, cancelled: () => false, succeededOrFailed: () => true };
    const condition = step.if ?? step.condition;
    if (condition === undefined) return ok;
    const holds = Boolean(expression(condition, { ...names, ...states }));
    return holds && (ok || /always\(|cancelled\(|succeededOrFailed\(/.test(condition));
  }

  private async step(step: Step, shell: string | undefined, env: NodeJS.ProcessEnv): Promise<RunResult> {
    const code = step.run ?? step.bash ?? step.powershell;
    if (code === undefined) return this.platform(step);
    const variables = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const notes = { GITHUB_OUTPUT: join(this.notes, "output"), GITHUB_STEP_SUMMARY: this.summaryFile };
    writeFileSync(notes.GITHUB_OUTPUT, "");
    const options = {
      cwd: this.work,
      env: { ...this.env, ...env, ...notes, ...variables },
      timeoutMs: 120_000,
    };
    const inPowerShell = step.powershell !== undefined || (step.shell ?? shell) === "powershell";
    return inPowerShell
      ? this.inPowerShell(code, options)
      : this.inBash(code, step.bash !== undefined, options);
  }

  /** GitHub has bash stop at the first error, Azure DevOps does not. */
  private inBash(code: string, azure: boolean, options: object): Promise<RunResult> {
    const file = join(this.notes, "step.sh");
    writeFileSync(file, code);
    return run("bash", [...(azure ? ["--noprofile", "--norc"] : ["-e"]), file], options);
  }

  /** Both stop at the first error of a cmdlet, and end with the code of the last program. */
  private async inPowerShell(code: string, options: object): Promise<RunResult> {
    const file = join(this.notes, "step.ps1");
    const end = "if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }";
    writeFileSync(file, `$ErrorActionPreference = 'stop'\n${code}\n${end}\n`);
    return run(await powershell(), ["-NoProfile", "-NonInteractive", "-Command", `. '${file}'`], options);
  }

  private outputsOf(stdout: string): Record<string, string> {
    const written = readFileSync(join(this.notes, "output"), { encoding: "utf8", flag: "a+" });
    const rows = [
      ...written.matchAll(/^(\w+)=(.*)$/gm),
      ...stdout.matchAll(/^##vso\[task\.setvariable variable=(\w+);isOutput=true\](.*)$/gm),
    ];
    return Object.fromEntries(rows.map(([, name, value]) => [name, value]));
  }

  private summaryOf(log: string): string {
    const files = [...log.matchAll(/^##vso\[task\.uploadsummary\](.*)$/gm)].map(([, file]) => file);
    return [this.summaryFile, ...files].map((file) => readFileSync(file, "utf8")).join("");
  }

  /** What no shell does: a clean work folder with the repository, and artifacts. */
  private platform(step: Step): RunResult {
    const what = (step.uses ?? step.task ?? Object.keys(step)[0]).split("@")[0];
    const {
      name,
      artifact = name,
      path,
      targetPath = path,
    } = { ...step.with, ...step.inputs } as Record<string, string>;
    const place = () => join(this.work, targetPath);
    const store = join(this.artifacts, String(artifact));
    const actions: Record<string, () => void> = {
      checkout: () => {
        rmSync(this.work, { recursive: true });
        cpSync(this.repository, this.work, { recursive: true });
      },
      "upload-artifact": () => {
        rmSync(store, { recursive: true, force: true });
        if (step.with?.["if-no-files-found"] !== "ignore" || exists(place()))
          cpSync(place(), store, { recursive: true });
      },
      "download-artifact": () => cpSync(store, place(), { recursive: true }),
      download: () => {},
      "setup-node": () => {},
      "setup-terraform": () => {},
      UseNode: () => {},
      TerraformInstaller: () => {},
      PublishTestResults: () => {},
    };
    actions.PublishPipelineArtifact = actions["upload-artifact"];
    actions.DownloadPipelineArtifact = actions["download-artifact"];
    actions[what.replace(/^\w[\w-]*\//, "")]();
    return { code: 0, stdout: "", stderr: "" };
  }
}

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EISDIR";
  }
}

/** Azure DevOps' `$(name)` in the values of a step; one that nobody has set stays as it is. */
function macro(step: Step, macros: Record<string, string>): Step {
  const replaced = JSON.stringify(step).replace(/\$\(([\w.]+)\)/g, (all, name) => macros[name] ?? all);
  return JSON.parse(replaced);
}
