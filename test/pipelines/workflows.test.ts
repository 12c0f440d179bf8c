// The pipelines of the example as files: the platforms would take them, and they are as careful as the example says.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getLanguageService, parse as parseYaml, TextDocument } from "azure-pipelines-language-service";
import { environments } from "../../environments";
import {
  AZURE_PIPELINES,
  PIPELINES,
  readPipeline,
  readWorkflow,
  Step,
  stepsOf,
  WORKFLOWS,
} from "../support/pipeline";
import { run } from "../support/run";

const workflows = readdirSync(WORKFLOWS);
const pipelines = readdirSync(AZURE_PIPELINES);
const workflowFiles = workflows.map((name) => join(WORKFLOWS, name));
const pipelineFiles = pipelines.map((name) => join(AZURE_PIPELINES, name));
const text = (file: string) => readFileSync(file, "utf8");
const schema = JSON.parse(text(join(__dirname, "..", "support", "azure-pipelines-schema.json")));

/** Every job, with what its file gives to all. */
const githubJobs = workflows.flatMap((name) => {
  const { jobs, permissions } = readWorkflow(name);
  return Object.entries(jobs).map(([id, job]) => ({ name: `${name} ${id}`, job, all: permissions }));
});
const azureJobs = pipelines.flatMap((name) => {
  const { jobs = [], stages = [] } = readPipeline(name);
  return [...jobs, ...stages.flatMap((stage) => stage.jobs ?? [])].map((job) => ({ name, job }));
});
const steps: readonly Step[] = [
  ...githubJobs.flatMap(({ job }) => job.steps ?? []),
  ...azureJobs.flatMap(({ job }) => stepsOf(job)),
];
const commands = steps.flatMap((step) => step.run ?? step.bash ?? step.powershell ?? []);

test("GitHub's own parser takes the workflows", async () => {
  const script = join(__dirname, "..", "support", "workflow-check.mjs");
  const { stdout, stderr } = await run(process.execPath, [script, ...workflowFiles]);
  expect({ errors: JSON.parse(stdout), stderr }).toEqual({ errors: [], stderr: "" });
});

test("Azure Pipelines' own schema takes the pipelines", async () => {
  // It tells on the console what it does.
  const quiet = jest.spyOn(console, "log").mockImplementation(() => {});
  const service = getLanguageService(
    async () => schema,
    [],
    async () => "file:///schema.json",
  );
  service.configure({ validate: true });
  const errors = await Promise.all(
    pipelineFiles.map(async (file) => {
      const document = TextDocument.create(`file://${file}`, "azure-pipelines", 1, text(file));
      return service.doValidation(document, parseYaml(text(file)));
    }),
  );
  quiet.mockRestore();
  expect(errors.flat().map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

test("no command holds an expression: what others wrote comes as a variable", () => {
  expect(commands.length).toBeGreaterThan(15);
  expect(commands.filter((each) => /\$\{\{|\$\(|\$\[|`/.test(each))).toEqual([]);
});

test("the pull request's own text is used nowhere", () => {
  for (const file of [...workflowFiles, ...pipelineFiles])
    expect(text(file)).not.toMatch(
      /head_ref|head\.(ref|label)|\.title|\.body|SourceBranchName|SourceVersionMessage/,
    );
  for (const name of workflows)
    expect(Object.keys(readWorkflow(name).on)).not.toContain("pull_request_target");
});

test("every action is pinned by its commit, with the version beside it, and one action by one commit", () => {
  const uses = workflowFiles.flatMap((file) => text(file).match(/uses: (?!\.\/).*/g) ?? []);
  expect(uses.length).toBeGreaterThan(8);
  for (const each of uses) expect(each).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const actions = new Set(uses.map((each) => each.split("@")[0]));
  expect(new Set(uses).size).toBe(actions.size);
});

test("every job has its rights in words, a time limit, and leaves no token in the work folder", () => {
  for (const { name, job, all } of githubJobs) {
    expect({ name, all, job: Object.keys(job) }).toMatchObject({
      all: {},
      job: expect.arrayContaining(["permissions", job.uses ? "uses" : "timeout-minutes"]),
    });
  }
  for (const { name, job } of azureJobs)
    expect({ name, ...job }).toMatchObject({ timeoutInMinutes: expect.any(Number) });
  for (const step of steps) {
    if (step.uses?.startsWith("actions/checkout@"))
      expect(step.with).toEqual({ "persist-credentials": false });
    if ("checkout" in step) expect(step).toMatchObject({ persistCredentials: false });
  }
});

test("only a job that writes a comment or an issue may write, and only its last step has the token", () => {
  const rights = githubJobs.map(({ job }) => JSON.stringify(job.permissions));
  expect(new Set(rights)).toEqual(
    new Set(
      [
        { contents: "read" },
        { contents: "read", "pull-requests": "write" },
        { contents: "read", issues: "write" },
      ].map((each) => JSON.stringify(each)),
    ),
  );
  const holders = steps.filter(({ env }) =>
    /github\.token|System\.AccessToken/.test(JSON.stringify(env ?? {})),
  );
  expect(holders).toHaveLength(4);
  for (const each of holders)
    expect(each.run ?? each.bash ?? each.powershell).toMatch(/^node pipelines\/[\w-]+\.mjs (comment|drift) /);
});

test("what may write a state is there only behind the approval, and deploys do not run side by side", () => {
  const github = githubJobs.filter(({ job }) => JSON.stringify(job).includes("LYNC_STATE_WRITE"));
  expect(github.map(({ job }) => job.environment)).toEqual(["${{ inputs.environment }}"]);
  const azure = azureJobs.filter(({ job }) => JSON.stringify(job).includes("LYNC_STATE_WRITE"));
  expect(azure.map(({ job }) => job.environment)).toEqual(["${{ parameters.environment }}"]);
  expect(readWorkflow("deploy.yml").concurrency).toEqual({
    group: "lync-deploy",
    "cancel-in-progress": false,
  });
  expect(readPipeline("deploy.yml").lockBehavior).toBe("sequential");
});

test("they name environments of this project, in the order staging, production, on each platform", () => {
  const github = readWorkflow("deploy.yml").jobs;
  const { stages = [] } = readPipeline("deploy.yml");
  const names = ["staging", "production"];
  expect(Object.values(github).map((job) => job.with?.environment)).toEqual(names);
  expect(github.production.needs).toBe("staging");
  expect(stages.map(({ parameters }) => parameters?.environment)).toEqual(names);
  expect(stages[1].parameters?.after).toEqual(["plan_staging", "deploy_staging"]);
  expect(readWorkflow("drift.yml").jobs.drift.strategy?.matrix.environment).toEqual(names);
  expect(Object.keys(readPipeline("drift.yml").jobs?.[0].strategy?.matrix ?? {})).toEqual(names);
  expect(commands.filter((each) => each.includes("review.mjs"))).toEqual(
    Array(2).fill(`node pipelines/review.mjs ${names.join(" ")}`),
  );
  expect(Object.keys(environments)).toEqual(expect.arrayContaining(names));
});

test("the guide names each file of the example that is there to be copied", () => {
  const guide = text(join(PIPELINES, "README.md"));
  for (const each of ["github-actions/.github", "azure-devops/azure-pipelines", "scripts"])
    expect(guide).toContain(each);
});
