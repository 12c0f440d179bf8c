// Speed as ratios, measured side by side in one run: `npm run benchmark`. Nothing here passes or fails.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { AllowedDomain } from "../constructs";

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
