// A deploy of many domains, beside what people use instead: cdktf-local-exec with a command for each domain, and a loop that
// somebody writes in PowerShell. All of them meet the same simulated server.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { LocalExec, Provider } from "cdktf-local-exec";
import { Deployment } from "../support/deployment";
import { startNullProvider } from "../support/null-provider";
import { powershell, runPowerShell } from "../support/powershell";
import { run } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";
import { MODULE_SECONDS, succeeds } from "./one-object";
import { Row } from "./report";
import { Build, declared, listed } from "./stacks";
import { medians, taken } from "./timing";

const ALL = 1_000;
const SAMPLE = 50;
const SCALE = ALL / SAMPLE;
const SCALED = `${SAMPLE} domains measured once and scaled: each of them has a process of its own`;

const seconds = (what: string, time: number, note?: string): Row => ({
  what,
  value: time / 1_000,
  unit: "s",
  note,
});

export async function deploy(rounds: number): Promise<Row[]> {
  const ready: Deployment[] = [];
  for (let round = 0; round < rounds; round++) ready.push(await initialised());
  const oneList = () => deployed(ready.pop() as Deployment, listed(ALL), ALL);
  const { loop, list } = await medians(rounds, { loop: handWritten, list: oneList }, false);
  const commands = SCALE * (await commandForEach());
  const single = SCALE * (await oneByOne());
  return [
    seconds(`a hand-written loop, ${ALL} domains`, loop),
    seconds(`AllowedDomains, ${ALL} domains`, list),
    { what: "AllowedDomains beside the loop", value: list / loop, unit: "x", target: { atMost: 1.2 } },
    seconds(`cdktf-local-exec, ${ALL} domains`, commands, SCALED),
    {
      what: "cdktf-local-exec beside AllowedDomains",
      value: commands / list,
      unit: "x",
      target: { atLeast: 20 },
    },
    seconds(`AllowedDomain, ${ALL} of them`, single, SCALED),
    { what: "AllowedDomain beside cdktf-local-exec", value: single / commands, unit: "x" },
  ];
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `d${index}.contoso.com`);

/** A fresh server whose module takes its time to load, as a real one does. */
function server(): SimulatedLync {
  const lync = new SimulatedLync();
  lync.change((state) => (state.importDelaySeconds = MODULE_SECONDS));
  return lync;
}

function expectDomains(lync: SimulatedLync, count: number): void {
  const found = lync.state().allowedDomains.length;
  if (found !== count) throw new Error(`The server has ${found} domains, and not ${count}.`);
}

async function handWritten(): Promise<void> {
  const lync = server();
  const list = names(ALL).map((each) => `'${each}'`);
  const command =
    `Import-Module Lync; foreach ($domain in ${list.join(", ")}) ` +
    "{ $null = New-CsAllowedDomain -Identity $domain -Comment 'A remark' }";
  const words = ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", command];
  await succeeds(runPowerShell(words, { env: lync.env }));
  expectDomains(lync, ALL);
}

async function commandForEach(): Promise<number> {
  const lync = server();
  const shell = await powershell();
  const command = (domain: string) =>
    `"${shell}" -NoLogo -NoProfile -NonInteractive -Command "Import-Module Lync; ` +
    `New-CsAllowedDomain -Identity ${domain} -Comment 'A remark' | Out-Null"`;
  const time = await applied(lync, (stack) => {
    new Provider(stack, "null");
    names(SAMPLE).forEach(
      (domain, index) => new LocalExec(stack, `Domain${index}`, { command: command(domain) }),
    );
  });
  expectDomains(lync, SAMPLE);
  return time;
}

/** Milliseconds that Terraform takes to apply a stack that has nothing of this library. */
async function applied(lync: SimulatedLync, build: (stack: TerraformStack) => void): Promise<number> {
  const provider = await startNullProvider();
  const outdir = mkdtempSync(join(tmpdir(), "benchmark-"));
  const app = new App({ outdir });
  build(new TerraformStack(app, "other"));
  app.synth();
  const cwd = join(outdir, "stacks", "other");
  const env = { CHECKPOINT_DISABLE: "1", ...lync.env, ...provider.env };
  const terraform = (...words: string[]) => succeeds(run("terraform", [...words, "-no-color"], { cwd, env }));
  await terraform("init");
  const time = await taken(() => terraform("apply", "-auto-approve", `-state=${join(outdir, "state")}`));
  await provider.stop();
  rmSync(outdir, { recursive: true });
  return time;
}

async function oneByOne(): Promise<number> {
  const to = await initialised();
  return taken(() => deployed(to, declared(SAMPLE), SAMPLE));
}

/** Its folder has been through `init`, as it has in every deploy but the first. */
async function initialised(): Promise<Deployment> {
  const to = new Deployment(server());
  await to.plan(() => undefined);
  return to;
}

/** A first deploy, with the pre-flight and the closing check. */
async function deployed(to: Deployment, build: Build, count: number): Promise<void> {
  await to.apply(build);
  expectDomains(to.lync, count);
  to.remove();
}
