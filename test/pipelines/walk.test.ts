// The pipelines' steps as they stand, run in the shells that the platforms start: a pull request, a deploy, a stale plan, drift
// found and healed, once through GitHub Actions and once through Azure DevOps. Real are the shells, npm, cdktf, Terraform,
// PowerShell and the scripts. Stand-ins are the platforms' REST APIs, the state's server and Lync Server. `npm ci` alone is
// answered by a command of this test: it links what is installed here, and for all else it calls npm.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { writeRepository } from "../support/app-repository";
import { AzureDevOpsServer } from "../support/azure-devops-server";
import { GitHubServer } from "../support/github-server";
import { onPath } from "../support/on-path";
import {
  AzureJob,
  Ended,
  evaluated,
  Job,
  Machine,
  readPipeline,
  readWorkflow,
  stepsOf,
} from "../support/pipeline";
import { sharedPowerShell } from "../support/staying-powershell";
import { SimulatedLync } from "../support/simulated-lync";
import { StateServer } from "../support/state-server";

const HOSTILE = "theirs ##vso[task.setvariable variable=changes;isOutput=true]true </details> @all ```";

const folder = mkdtempSync(join(tmpdir(), "pipelines-"));
const [github, azure, states] = [new GitHubServer(), new AzureDevOpsServer(), new StateServer()];
const [staging, production] = [new SimulatedLync(), new SimulatedLync()];
let runners: Record<"ubuntu" | "staging" | "production", Machine>;

beforeAll(async () => {
  await Promise.all([github, azure, states].map((each) => each.start()));
  const [repository, installed] = [join(folder, "repository"), join(folder, "installed", "node_modules")];
  writeRepository(repository, installed);
  staging.change((state) => (state.accessEdgeConfiguration.AllowFederatedUsers = true));
  const machine = (name: string, powerShell: string, lync?: SimulatedLync) =>
    new Machine(
      join(folder, name),
      repository,
      machineEnv(name, powerShell, installed, lync),
      join(folder, "artifacts"),
    );
  const shell = await sharedPowerShell();
  runners = {
    ubuntu: machine("ubuntu", program("ubuntu", "pwsh", `exec '${shell}' "$@"`)),
    staging: machine("staging", program("staging", "powershell.exe", `exec '${shell}' "$@"`), staging),
    production: machine(
      "production",
      program("production", "powershell.exe", `exec '${shell}' "$@"`),
      production,
    ),
  };
  writeFileSync(
    join(folder, "event.json"),
    JSON.stringify({ pull_request: { number: 7, head: { sha: "c0ffee" } } }),
  );
}, 120_000);

afterAll(() => {
  for (const each of [github, azure, states]) each.stop();
  rmSync(folder, { recursive: true });
});

/** A command on the PATH of one machine. Returns its folder. */
function program(machine: string, name: string, script: string): string {
  const bin = join(folder, machine, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return bin;
}

/** Only a runner of Lync Server finds one. */
function machineEnv(name: string, bin: string, installed: string, lync?: SimulatedLync): NodeJS.ProcessEnv {
  const link = `test -f package-lock.json && exec ln -s '${installed}' node_modules`;
  program(name, "npm", `if [ "$*" = ci ]; then ${link}; fi\nexec '${onPath("npm")}' "$@"`);
  return {
    ...lync?.env,
    CHECKPOINT_DISABLE: "1",
    CI: "true",
    PATH: [bin, process.env.PATH].join(delimiter),
    STATES: states.url,
    XDG_DATA_HOME: join(folder, name),
    GITHUB_ACTIONS: undefined,
    TF_BUILD: undefined,
  };
}

const MAIN = { ref: "refs/heads/main", repository: "contoso/lync", token: "job-token" };
const SECRETS = { LYNC_STATE_READ: "read", LYNC_STATE_WRITE: "write" };

/** Runs a job of a workflow with what GitHub Actions gives it. */
function onGitHub(machine: Machine, file: string, job: string, names: object = {}): Promise<Ended> {
  const env = github.variables(join(folder, "event.json"));
  const all = { github: MAIN, secrets: SECRETS, ...names };
  return machine.job(readWorkflow(file).jobs[job], all, env, {});
}

/** Runs a job of a pipeline with what Azure DevOps gives it. */
function onAzure(
  machine: Machine,
  job: Job,
  parameters: object = {},
  variables: Record<string, string> = {},
): Promise<Ended> {
  const env = { ...azure.variables, ...variables };
  return machine.job(job, { parameters, ...functions }, env, {
    ...SECRETS,
    "System.AccessToken": "job-token",
    "System.JobAttempt": "1",
  });
}

const functions = { eq: (one: unknown, other: unknown) => one === other };

/** The same, where it must have ended well; else its log is the error. */
async function succeeded(job: Promise<Ended>): Promise<Ended> {
  const ended = await job;
  if (!ended.ok) throw new Error(ended.log);
  return ended;
}

const comments = (lync: SimulatedLync) => lync.state().allowedDomains.map(({ Comment }) => Comment);
const changeByHand = (lync: SimulatedLync, comment: string) =>
  lync.change((state) => (state.allowedDomains[0].Comment = comment));
const artifact = (name: string) => readdirSync(join(folder, "artifacts", name));

describe("GitHub Actions", () => {
  const inputs = { environment: "staging", heal: false };
  const pull = (name: string) => ({
    github: { ...MAIN, event: { pull_request: { head: { repo: { full_name: name } } } } },
  });
  const deployEnvironment = (job: string, heal = false) =>
    onGitHub(runners.staging, "deploy-environment.yml", job, { inputs: { ...inputs, heal } });
  const drift = () => onGitHub(runners.staging, "drift.yml", "drift", { matrix: { environment: "staging" } });

  test("a pull request has one comment with the cmdlets of each environment; nothing but reading was asked for", async () => {
    const plan = await succeeded(onGitHub(runners.ubuntu, "review.yml", "plan", pull("contoso/lync")));
    await succeeded(onGitHub(runners.ubuntu, "review.yml", "comment", pull("contoso/lync")));
    expect(github.comments).toHaveLength(1);
    const { body } = github.comments[0];
    expect(body.match(/^## .*$/gm)).toEqual(["## `staging`", "## `production`"]);
    expect(body).toContain('New-CsAllowedDomain -Identity "push.lync.com" -Comment "ours"');
    expect(plan.summary).toContain("## `production`");
    expect(new Set(states.asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  }, 120_000);

  test("a pull request of a fork is told why it has no review", async () => {
    const fork = { steps: readWorkflow("review.yml").jobs.plan.steps.slice(0, 1) };
    const names = pull("mallory/lync");
    expect(await runners.ubuntu.job(fork, names, {}, {})).toMatchObject({
      ok: false,
      log: expect.stringMatching(/^::error::A pull request from a fork has no secrets/),
    });
  });

  test("main is planned on the runner, and what was planned and approved is what is applied", async () => {
    const plan = await succeeded(deployEnvironment("plan"));
    expect(plan.outputs).toEqual({ changes: "true" });
    expect(plan.summary).toContain("New-CsAllowedDomain");
    expect(artifact("plan-staging")).toEqual(expect.arrayContaining(["cdk.tf.json", "deploy.tfplan"]));
    expect(artifact("plan-staging")).not.toContain("deploy.json");
    expect(comments(staging)).toEqual([]);
    await succeeded(deployEnvironment("deploy"));
    expect(comments(staging)).toEqual(["ours"]);
    expect(artifact("reports-staging")).toEqual(expect.arrayContaining(["TEST-staging.xml"]));
  }, 120_000);

  test("the same plan once more is stale: it is refused with what to do, and nothing changes", async () => {
    staging.clearLog();
    const { ok, log } = await deployEnvironment("deploy");
    expect(ok).toBe(false);
    expect(log).toMatch(
      /^::error::The plan of staging is stale: .* Nothing was changed\. Start the pipeline anew/m,
    );
    expect(staging.log()).toEqual([]);
  }, 120_000);

  test("an edit by hand opens an issue, whatever it says; healing puts it back and closes the issue", async () => {
    changeByHand(staging, HOSTILE);
    const found = await succeeded(drift());
    expect(found.log).not.toContain("##vso");
    expect(github.issues).toMatchObject([{ state: "open", body: expect.stringContaining(HOSTILE) }]);
    expect((await succeeded(deployEnvironment("plan", true))).outputs).toEqual({ changes: "true" });
    await succeeded(deployEnvironment("deploy", true));
    expect(comments(staging)).toEqual(["ours"]);
    await succeeded(drift());
    expect(github.issues).toMatchObject([{ state: "closed" }]);
  }, 120_000);
});

describe("Azure DevOps", () => {
  const parameters = { environment: "production", heal: false };
  const stages = () => evaluatedStages(parameters);
  const plan = () => jobOf(stages()[0].jobs);
  const deploy = () => jobOf(stages()[1].jobs);
  const job = (file: string) => jobOf(readPipeline(file).jobs);
  const jobOf = ([only]: readonly AzureJob[] = []): Job => ({ steps: stepsOf(only) });

  /** The template as its parameters fill it. */
  function evaluatedStages(given: object) {
    const replace = (text: string, from: string, to: string) => text.replaceAll(from, to);
    const names = { parameters: { after: [], ...given }, replace, ...functions };
    return evaluated(readPipeline("deploy-environment.yml").stages ?? [], names);
  }

  test("a pull request has one comment", async () => {
    await succeeded(onAzure(runners.ubuntu, job("review.yml")));
    expect(azure.threads).toHaveLength(1);
    expect(azure.threads[0].comments[0].content).toContain("## `production`\n\n1 allowed domain is created");
  }, 120_000);

  test("a deploy whose test fails leaves its report, and its plan cannot be applied once more", async () => {
    const planned = await succeeded(onAzure(runners.production, plan(), parameters));
    expect(planned.outputs).toEqual({ changes: "true" });
    expect(planned.summary).toContain("New-CsAllowedDomain");
    const [, { condition }] = stages();
    expect(condition).toBe(
      "and(succeeded(), eq(dependencies.plan_production.outputs['plan.plan.changes'], 'true'))",
    );
    // Federation is off there, so the test that the stack ends with fails.
    const failed = await onAzure(runners.production, deploy(), parameters);
    expect({ ok: failed.ok, log: failed.log }).toEqual({
      ok: false,
      log: expect.stringMatching(
        /type=error\]The deploy of production failed; see above\. What it has done stays\./,
      ),
    });
    expect(comments(production)).toEqual(["ours"]);
    expect(artifact("reports-production-1")).toContain("TEST-production.xml");
    const { ok, log } = await onAzure(runners.production, deploy(), parameters);
    expect({ ok, log }).toEqual({
      ok: false,
      log: expect.stringMatching(/type=error\]The plan of production is stale/),
    });
  }, 120_000);

  test("heal has the app look at Lync Server before it plans", () => {
    const [, , synth] = jobOf(evaluatedStages({ ...parameters, heal: true })[0].jobs).steps;
    expect(synth.env).toEqual({ LYNC_DETECT_DRIFT: "production" });
    expect(plan().steps[2].env).toEqual({});
  });

  test("an edit by hand opens a work item, whatever it says", async () => {
    const drift = () => onAzure(runners.production, job("drift.yml"), {}, { LYNC_ENVIRONMENT: "production" });
    changeByHand(production, HOSTILE);
    expect((await succeeded(drift())).outputs).toEqual({});
    expect(azure.items).toMatchObject([
      { fields: { "System.State": "Active", "System.Tags": "lync-drift-production" } },
    ]);
  }, 120_000);
});
