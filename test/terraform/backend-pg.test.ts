// The state of an environment in a real PostgreSQL: one machine deploys, another goes on, and only one at a time.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { App } from "cdktf";
import { Backend, LyncResourceType, PushNotificationStack } from "../../constructs";
import { PostgreSQL } from "../support/postgres";
import { powershell } from "../support/powershell";
import { run, RunResult } from "../support/run";
import { LogEntry, SimulatedLync } from "../support/simulated-lync";
import { sharedPowerShell } from "../support/staying-powershell";

let postgres: PostgreSQL;
const machines: Machine[] = [];

beforeAll(async () => {
  postgres = await PostgreSQL.start();
});

afterAll(async () => {
  machines.forEach((machine) => machine.remove());
  await postgres?.stop();
});

/** What an environment declares, as far as these tests change it. */
interface Description {
  readonly comment: string;
  readonly backend?: Backend;
}

/** A machine that has seen nothing of an environment yet: a folder of its own, filled by its own synth. */
class Machine {
  public readonly folder = mkdtempSync(join(tmpdir(), "machine-"));
  /** All that terraform has printed here. */
  public output = "";

  public constructor(
    private readonly environment: string,
    private readonly lync: SimulatedLync,
    private readonly connection: Record<string, string>,
  ) {
    machines.push(this);
  }

  /** Synthesises what is declared, and lets terraform find its state. */
  public async prepare(declared: Description, mortal = false): Promise<RunResult> {
    await this.synthesize(declared, mortal);
    return this.run(["init"]);
  }

  /** Prepares what is declared, and runs terraform on it. */
  public async terraform(declared: Description, args: string[], signal?: AbortSignal): Promise<RunResult> {
    const init = await this.prepare(declared, signal !== undefined);
    return init.code === 0 ? this.run(args, signal) : init;
  }

  public apply(comment: string, signal?: AbortSignal): Promise<RunResult> {
    return this.terraform({ comment }, ["apply", "-auto-approve"], signal);
  }

  /** Exit code 0: nothing to do; 2: something; 1: an error. */
  public plan(comment: string): Promise<RunResult> {
    return this.terraform({ comment }, ["plan", "-detailed-exitcode"]);
  }

  /** @param mortal whether its scripts may be killed with their processes */
  public async synthesize({ comment, backend = { type: "pg" } }: Description, mortal = false): Promise<void> {
    const powerShell = await (mortal ? powershell() : sharedPowerShell());
    const app = new App({ outdir: this.folder });
    new PushNotificationStack(app, this.environment, {
      accessEdgeFqdn: "accessproxy.contoso.com",
      backend,
      runner: { powerShell, resourceType: LyncResourceType.TERRAFORM_DATA },
      allowedDomains: [{ domain: "fabrikam.com", comment }],
      tests: false,
    });
    app.synth();
  }

  public async run(args: string[], signal?: AbortSignal): Promise<RunResult> {
    const env = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...this.lync.env, ...this.connection };
    const cwd = join(this.folder, "stacks", this.environment);
    const result = await run("terraform", [...args, "-no-color", "-input=false"], { cwd, env, signal });
    this.output += result.stdout + result.stderr;
    return result;
  }

  public files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(dirname(this.lync.stateFile), { recursive: true, force: true });
  }
}

const production = new SimulatedLync();
let first: Machine;
let second: Machine;

function commentIn(lync: SimulatedLync): string | null | undefined {
  return lync.state().allowedDomains.find((domain) => domain.Identity === "fabrikam.com")?.Comment;
}

/** Addresses of the resources in the state that the database holds for an environment. */
function resourcesInDatabase(environment: string): string[] {
  const [state] = postgres.query(`SELECT replace(data, E'\\n', ' ') FROM "${environment}".states`);
  return (JSON.parse(state).resources as { name: string }[]).map((resource) => resource.name);
}

async function began(lync: SimulatedLync): Promise<LogEntry> {
  for (;;) {
    const entry = lync.log().find((each) => each.phase === "begin");
    if (entry) return entry;
    await wait(50);
  }
}

test("a deploy keeps the state in the schema of its environment, and none in a file", async () => {
  first = new Machine("production", production, { PG_CONN_STR: postgres.url() });
  expect(await first.apply("one")).toMatchObject({ code: 0 });
  expect(commentIn(production)).toBe("one");
  expect(resourcesInDatabase("production")).toContain("AllowedDomain_fabrikam_com");
  const states = first.files().filter((file) => readFileSync(file, "utf8").includes('"resources"'));
  expect(states).toEqual([]);
});

test("a second machine, which has only the code and the connection, finds nothing to do", async () => {
  second = new Machine("production", production, postgres.variables);
  expect(await second.plan("one")).toMatchObject({ code: 0 });
});

test("the second machine goes on where the first stopped, and the first sees it", async () => {
  production.clearLog();
  expect(await second.apply("two")).toMatchObject({ code: 0 });
  expect(production.log().map((entry) => entry.cmdlet)).toEqual(["Set-CsAllowedDomain"]);
  expect(commentIn(production)).toBe("two");
  expect(await first.plan("two")).toMatchObject({ code: 0 });
});

test("while one deploy runs another of the environment is refused and changes nothing; other environments go on", async () => {
  const staging = new Machine("staging", new SimulatedLync(), { PG_CONN_STR: postgres.url() });
  await staging.prepare({ comment: "one" });
  await second.prepare({ comment: "four" });
  production.clearLog();
  production.fault({ cmdlet: "Set-CsAllowedDomain", kind: "delay", seconds: 8 });
  const running = first.apply("three");
  await began(production);
  const [refused, other] = await Promise.all([
    second.run(["apply", "-auto-approve"]),
    // Terraform locks the whole database for an instant, which would refuse one of two that begin at once.
    staging.run(["plan", "-detailed-exitcode", "-lock-timeout=30s"]),
  ]);
  expect(commentIn(production)).toBe("two");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("Error acquiring the state lock");
  expect(refused.stderr).toContain("Workspace is already locked: default");
  expect(other.code).toBe(2);
  expect(await running).toMatchObject({ code: 0 });
  expect(production.log().filter((entry) => entry.phase === "effect")).toHaveLength(1);
  expect(commentIn(production)).toBe("three");
  expect(await second.apply("four")).toMatchObject({ code: 0 });
  expect(commentIn(production)).toBe("four");
});

test("a deploy that is killed leaves no lock behind, and the other machine finishes its work", async () => {
  production.clearLog();
  production.fault({ cmdlet: "Set-CsAllowedDomain", kind: "hangBefore" });
  const kill = new AbortController();
  const killed = first.apply("five", kill.signal);
  await began(production);
  kill.abort();
  expect((await killed).code).toBe(null);
  expect(await second.apply("five")).toMatchObject({ code: 0 });
  expect(commentIn(production)).toBe("five");
});

test("a machine that has never deployed can destroy", async () => {
  const third = new Machine("production", production, { PG_CONN_STR: postgres.url() });
  expect(await third.terraform({ comment: "five" }, ["destroy", "-auto-approve"])).toMatchObject({ code: 0 });
  expect(production.state().allowedDomains).toEqual([]);
  expect(production.state().hostingProviders).toEqual([]);
  expect(resourcesInDatabase("production")).toEqual([]);
});

test("an environment that began with a local file moves to the database and has nothing to do there", async () => {
  const machine = new Machine("moved", new SimulatedLync(), { PG_CONN_STR: postgres.url() });
  const local = { comment: "one", backend: { type: "local", path: join(machine.folder, "state") } } as const;
  expect(await machine.terraform(local, ["apply", "-auto-approve"])).toMatchObject({ code: 0 });
  await machine.synthesize({ comment: "one" });
  expect(await machine.run(["init", "-migrate-state", "-force-copy"])).toMatchObject({ code: 0 });
  expect(await machine.plan("one")).toMatchObject({ code: 0 });
  expect(resourcesInDatabase("moved")).toContain("AllowedDomain_fabrikam_com");
});

test("without the right password there is no deploy, and the error does not show the one that was given", async () => {
  const stranger = new Machine("production", production, { PG_CONN_STR: postgres.url("hunter2") });
  const { code, stdout, stderr } = await stranger.apply("six");
  expect(code).toBe(1);
  expect(stderr).toContain("password authentication failed");
  expect(stdout + stderr).not.toContain("hunter2");
});

test("after all of this the password is in no file of any machine and in nothing that terraform has printed", () => {
  expect(machines.length).toBeGreaterThan(5);
  for (const machine of machines) {
    expect(machine.output).not.toContain(postgres.password);
    const files = machine.files();
    expect(files.some((file) => file.endsWith("cdk.tf.json"))).toBe(true);
    expect(files.filter((file) => readFileSync(file, "utf8").includes(postgres.password))).toEqual([]);
  }
});
