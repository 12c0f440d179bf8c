// Speed as ratios, measured side by side in one run: `npm run benchmark`. Nothing here passes or fails.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { AllowedDomain } from "../constructs";
import { markdown } from "../constructs/private/review/markdown";
import { rehearse } from "../constructs/private/review/rehearsal";
import { reviewOf } from "../constructs/private/review/review";
import { readPlan } from "../constructs/private/terraform/plan";
import { Deployment } from "./support/deployment";
import { powershell } from "./support/powershell";
import { run } from "./support/run";

const OBJECTS = 1000;
const ROUNDS = 5;

function bare(stack: TerraformStack): void {
  new NullProvider(stack, "null");
  for (let index = 0; index < OBJECTS; index++) {
    const triggers = {
      Identity: `d${index}.contoso.com`,
      Comment: "A remark",
      Cmdlets: "New-CsAllowedDomain",
    };
    const provisioners = [{ type: "local-exec" as const, command: "true", environment: { SETTINGS: "{}" } }];
    new Resource(stack, `Domain${index}`, { triggers, provisioners });
  }
}

function declared(stack: TerraformStack): void {
  for (let index = 0; index < OBJECTS; index++) {
    new AllowedDomain(stack, `Domain${index}`, { domain: `d${index}.contoso.com`, comment: "A remark" });
  }
}

/** Milliseconds that one synthesis takes. */
function synthesis(build: (stack: TerraformStack) => void): number {
  const outdir = mkdtempSync(join(tmpdir(), "benchmark-"));
  const start = performance.now();
  const app = new App({ outdir });
  build(new TerraformStack(app, "benchmark"));
  app.synth();
  const taken = performance.now() - start;
  rmSync(outdir, { recursive: true });
  return taken;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const rounds = Array.from({ length: ROUNDS + 1 }, () => [synthesis(bare), synthesis(declared)]).slice(1);
const [plain, ours] = [0, 1].map((column) => median(rounds.map((round) => round[column])));
console.log(`Synthesis of ${OBJECTS} objects, median of ${ROUNDS} rounds after one to warm up:`);
console.log(`  bare null_resource  ${plain.toFixed(0)} ms`);
console.log(`  AllowedDomain       ${ours.toFixed(0)} ms`);
console.log(`  ratio               ${(ours / plain).toFixed(2)}`);

/** Milliseconds that it takes. */
async function taken(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** The review of a first deploy, beside what every review has to wait for. */
async function review(): Promise<void> {
  const to = new Deployment();
  const json = await to.planJson(declared);
  const shell = await powershell();
  const times: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push([
      await taken(() => to.showPlan()),
      await taken(() => run(shell, ["-NoProfile", "-NonInteractive", "-Command", "exit"])),
      await taken(() => {
        const resources = readPlan(json);
        return markdown([
          reviewOf("benchmark", resources, rehearse(resources, { live: false, powerShell: shell })),
        ]);
      }),
    ]);
  }
  to.remove();
  const [show, start, report] = [0, 1, 2].map((column) => median(times.map((each) => each[column])));
  console.log(`Review of a plan that creates ${OBJECTS} objects, median of ${ROUNDS} rounds:`);
  console.log(`  terraform show -json    ${show.toFixed(0)} ms`);
  console.log(`  start of a PowerShell   ${start.toFixed(0)} ms`);
  console.log(`  the report              ${report.toFixed(0)} ms`);
  console.log(`  ratio to show           ${(report / show).toFixed(2)}`);
  console.log(`  ratio to 1.5 starts + 2 s ${(report / (1.5 * start + 2000)).toFixed(2)}`);
}

void review();
