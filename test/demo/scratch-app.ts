// A copy of the app under .cache/demo, whose code the demo may edit, and the command lines that run in it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { copyCompiledApp } from "../support/copied-app";
import { powershell } from "../support/powershell";
import { SimulatedLync } from "../support/simulated-lync";
import { command, edit } from "./narration";

const PLAN = "plan.json";
const TERRAFORM = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const TYPESCRIPT = require.resolve("ts-node/register/transpile-only");
const CDKTF = path.join(path.dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The app's copy, its state, its logs, and the Lync Server that it is deployed to. */
export class ScratchApp {
  public readonly lync: SimulatedLync;
  private readonly app: string;
  private readonly logs: string;
  private readonly plans: string;
  private runs = 0;
  private planned = 0;

  /** Starts afresh: what an earlier run has left in the folder goes. */
  public constructor(folder: string) {
    this.app = path.join(folder, "app");
    this.logs = path.join(folder, "logs");
    this.plans = path.join(folder, "plans");
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    for (const each of [this.logs, this.plans]) fs.mkdirSync(each, { recursive: true });
    copyCompiledApp(this.app);
    this.lync = new SimulatedLync(path.join(folder, "lync"));
  }

  /** Replaces a piece of the code that is there exactly once, and shows the lines that change. */
  public edit(file: string, before: string, after: string): void {
    const place = path.join(this.app, file);
    const code = fs.readFileSync(place, "utf8");
    if (code.split(before).length !== 2)
      throw new Error(`${file} does not hold, exactly once, the code that this step edits:\n${before}`);
    fs.writeFileSync(
      place,
      code.replace(before, () => after),
    );
    const [old, now] = [before, after].map((text) => text.split("\n"));
    const [removed, added] = [
      old.filter((line) => !now.includes(line)),
      now.filter((line) => !old.includes(line)),
    ];
    edit(file, removed, added);
  }

  /** Runs cdktf as a user would, which must work. */
  public async cdktf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value} `);
    const line = `${variables.join("")}cdktf ${args.join(" ")}`;
    const running = this.run(args[0], process.execPath, [CDKTF, ...args], env);
    const { code, output } = await command(line, running);
    if (code !== 0) throw new Error(`${output}\ncdktf ${args.join(" ")} ended with code ${code}; see above.`);
    return output;
  }

  /** Runs `npm run drift`, whose code tells what it found. */
  public async drift(stack: string): Promise<Ended> {
    return this.npmRun("drift", [stack]);
  }

  /** Synthesises and plans, as a pipeline does on a pull request. Returns what Terraform says; the plan is kept as JSON. */
  public async plan(
    stack: string,
    args: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const folder = path.join("cdktf.out", "stacks", stack);
    const terraform = (name: string, ...rest: string[]) =>
      this.mustRun(name, TERRAFORM, [`-chdir=${folder}`, name, ...rest]);
    // As cdktf itself does it, without that program's start.
    await this.mustRun("synth", process.execPath, ["-r", TYPESCRIPT, "main.ts"], env);
    await terraform("init", "-input=false", "-no-color");
    const said = await terraform("plan", "-input=false", "-no-color", "-out=demo.tfplan", ...args);
    const shown = execFileSync(TERRAFORM, [`-chdir=${folder}`, "show", "-json", "demo.tfplan"], {
      cwd: this.app,
      stdio: ["ignore", "pipe", "ignore"],
    });
    for (const each of [path.join(this.app, PLAN), path.join(this.plans, `${++this.planned}.json`)])
      fs.writeFileSync(each, shown);
    return said;
  }

  /** Runs `npm run review` on the plan that was made last. */
  public async review(stack: string): Promise<Ended> {
    return this.npmRun("review", [`${stack}=${PLAN}`, "--format", "text"]);
  }

  /** Runs one of the commands of the app's package.json, without npm itself. */
  private async npmRun(name: string, args: readonly string[]): Promise<Ended> {
    const script = path.join(this.app, "constructs", "commands", `${name}.ts`);
    const running = this.run(name, process.execPath, ["-r", TYPESCRIPT, script, ...args]);
    return command(`npm run ${name} -- ${args.join(" ")}`, running);
  }

  /** The text of a file that the app has written. */
  public read(file: string): string {
    return fs.readFileSync(path.join(this.app, file), "utf8");
  }

  /** The addresses in the Terraform state of a stack, and its text. */
  public state(stack: string): { text: string; addresses: string[] } {
    const text = this.read(`terraform.${stack}.tfstate`);
    const { resources } = JSON.parse(text) as { resources: { type: string; name: string }[] };
    return { text, addresses: resources.map((each) => `${each.type}.${each.name}`) };
  }

  private async mustRun(
    name: string,
    file: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const { code, output } = await this.run(name, file, args, env);
    if (code !== 0) throw new Error(`${output}\n${name} ended with code ${code}; see above.`);
    return output;
  }

  // The output goes straight into a file: a process that ends at once can lose what it has written to a pipe.
  private async run(
    name: string,
    file: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    const log = path.join(this.logs, `${++this.runs}-${name}.log`);
    const written = fs.openSync(log, "w");
    try {
      const child = spawn(file, args, {
        cwd: this.app,
        env: { ...(await this.environment()), ...env },
        stdio: ["ignore", written, written],
        windowsHide: true,
      });
      const [code] = (await once(child, "close")) as [number | null];
      return { code, output: fs.readFileSync(log, "utf8") };
    } finally {
      fs.closeSync(written);
    }
  }

  private async environment(): Promise<NodeJS.ProcessEnv> {
    return {
      ...process.env,
      ...this.lync.env,
      DEMO_POWERSHELL: await powershell(),
      // No look-up of newer versions, no animation, and no type check of what is checked already.
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      TS_NODE_TRANSPILE_ONLY: "true",
    };
  }
}
