// The null provider for tests, with the real terraform on it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type NullProvider, startNullProvider } from "../support/null-provider";
import { run, type RunOptions } from "../support/run";

const installed = process.env.TEST_NULL_PROVIDER === "installed";

let provider: NullProvider;
const folders: string[] = [];

beforeAll(async () => {
  provider = await startNullProvider();
});

afterAll(async () => {
  await provider.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Resources = Record<string, { triggers?: Record<string, string>; provisioner?: object[] }>;

function declare(folder: string, resources: Resources): void {
  const code = {
    terraform: { required_providers: { null: { source: "hashicorp/null", version: "~> 3.0" } } },
    resource: { null_resource: resources },
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(code));
}

async function terraform(folder: string, args: string[], options: RunOptions = {}) {
  const env = { CHECKPOINT_DISABLE: "1", ...provider.env, ...options.env };
  return run("terraform", [...args, "-no-color"], { cwd: folder, timeoutMs: 30_000, ...options, env });
}

async function succeed(folder: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await terraform(folder, args);
  expect({ code, errors: code === 0 ? "" : stderr }).toEqual({ code: 0, errors: "" });
  return stdout;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "null-resource-"));
  folders.push(folder);
  return folder;
}

async function project(resources: Resources): Promise<string> {
  const folder = temporaryFolder();
  declare(folder, resources);
  await succeed(folder, "init");
  return folder;
}

const apply = (folder: string) => succeed(folder, "apply", "-auto-approve");

/** 0: nothing to change, 2: something to change. */
const planCode = async (folder: string) => (await terraform(folder, ["plan", "-detailed-exitcode"])).code;

interface Instance {
  id: string;
  triggers: Record<string, string> | null;
}

/** What the state holds of each null_resource. */
function state(folder: string): Record<string, Instance> {
  const { resources } = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8"));
  const named = resources.map((r: { name: string; instances: { attributes: Instance }[] }) => [
    r.name,
    r.instances[0].attributes,
  ]);
  return Object.fromEntries(named);
}

/** Provisioners that note in the file `log` that they ran and with which version. */
function logged(version: string): Resources[string] {
  return {
    triggers: { version },
    provisioner: [
      { "local-exec": { command: "echo create ${self.triggers.version}>>log" } },
      { "local-exec": { when: "destroy", command: "echo destroy ${self.triggers.version}>>log" } },
    ],
  };
}

const log = (folder: string) => readFileSync(join(folder, "log"), "utf8").trim().split(/\s*\n/);

/** A script that tells the other folder that it is here, and waits until the other is. */
function meet(other: string): string {
  const note = JSON.stringify(join(other, "met"));
  return `const fs = require("fs"); fs.writeFileSync(${note}, "");
    const timer = setInterval(() => fs.existsSync("met") && clearInterval(timer), 20);`;
}

async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

(installed ? it.skip : it)("initialises a project without asking a registry", async () => {
  const folder = temporaryFolder();
  declare(folder, { a: {} });
  const nowhere = { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "" };
  const { code } = await terraform(folder, ["init"], { env: nowhere });
  expect(code).toBe(0);
  expect(existsSync(join(folder, ".terraform.lock.hcl"))).toBe(false);
});

describe("a null_resource", () => {
  it("is created with a numeric id and then has nothing to change", async () => {
    const folder = await project({
      bare: {},
      empty: { triggers: {} },
      full: { triggers: { b: 'ä "${1 + 1}"', a: "" } },
    });
    await apply(folder);
    const { bare, empty, full } = state(folder);
    expect(bare).toEqual({ id: expect.stringMatching(/^\d+$/), triggers: null });
    expect(empty).toEqual({ id: expect.stringMatching(/^\d+$/), triggers: {} });
    expect(full).toEqual({ id: expect.stringMatching(/^\d+$/), triggers: { a: "", b: 'ä "2"' } });
    expect(new Set([bare.id, empty.id, full.id]).size).toBe(3);
    expect(await planCode(folder)).toBe(0);
  });

  it("is replaced when a trigger changes, and runs its provisioners for it", async () => {
    const folder = await project({ a: logged("one") });
    await apply(folder);
    const before = state(folder).a;
    declare(folder, { a: logged("two") });
    expect(await apply(folder)).toMatch(/null_resource\.a must be replaced[^]*# forces replacement/);
    const after = state(folder).a;
    expect(after.triggers).toEqual({ version: "two" });
    expect(after.id).not.toBe(before.id);
    expect(log(folder)).toEqual(["create one", "destroy one", "create two"]);
  });

  it("is destroyed with its destroy provisioner", async () => {
    const folder = await project({ a: logged("one") });
    await apply(folder);
    await succeed(folder, "destroy", "-auto-approve");
    expect(state(folder)).toEqual({});
    expect(log(folder)).toEqual(["create one", "destroy one"]);
  });

  it("takes a trigger that is known after apply only, and is replaced with the resource it names", async () => {
    const follower = { triggers: { leader: "${null_resource.leader.id}", own: "x" } };
    const folder = await project({ leader: { triggers: { v: "1" } }, follower });
    expect(await apply(folder)).toMatch(/"leader" += \(known after apply\)/);
    const before = state(folder);
    expect(before.follower.triggers).toEqual({ leader: before.leader.id, own: "x" });

    declare(folder, { leader: { triggers: { v: "2" } }, follower });
    expect(await apply(folder)).toContain("2 added, 0 changed, 2 destroyed");
    const after = state(folder);
    expect(after.leader.id).not.toBe(before.leader.id);
    expect(after.follower.triggers).toEqual({ leader: after.leader.id, own: "x" });
    expect(after.follower.id).not.toBe(before.follower.id);
  });
});

describe("one provider", () => {
  it("serves two terraforms at the same time", async () => {
    const resources = (other: string) => ({
      // Each waits for the other's note before it goes on: they are at it at once or not at all.
      a: { provisioner: [{ "local-exec": { interpreter: ["node", "-e"], command: meet(other) } }] },
      b: { triggers: { a: "${null_resource.a.id}" } },
    });
    const [one, two] = await Promise.all([project({ a: {} }), project({ a: {} })]);
    declare(one, resources(two));
    declare(two, resources(one));
    await Promise.all([apply(one), apply(two)]);
    for (const folder of [one, two]) expect(state(folder).b.triggers).toEqual({ a: state(folder).a.id });
  });

  it("serves on after a terraform was killed in the middle of its work", async () => {
    const hang = "require('fs').writeFileSync('started', ''); setInterval(() => {}, 1000)";
    const hanging = { provisioner: [{ "local-exec": { interpreter: ["node", "-e"], command: hang } }] };
    const folder = await project({ a: hanging });
    const killer = new AbortController();
    const killed = terraform(folder, ["apply", "-auto-approve"], { signal: killer.signal });
    await waitUntil(() => existsSync(join(folder, "started")));
    killer.abort();
    expect((await killed).code).not.toBe(0);

    declare(folder, { b: {} });
    await apply(folder);
    expect(Object.keys(state(folder))).toContain("b");
  });
});

describe("startNullProvider", () => {
  const before = process.env.TEST_NULL_PROVIDER;

  afterEach(() => {
    if (before === undefined) delete process.env.TEST_NULL_PROVIDER;
    else process.env.TEST_NULL_PROVIDER = before;
  });

  it("leaves terraform to itself where TEST_NULL_PROVIDER=installed", async () => {
    process.env.TEST_NULL_PROVIDER = "installed";
    const { env, stop } = await startNullProvider();
    expect(env).toEqual({});
    await stop();
  });

  it("leaves no process and no socket behind", async () => {
    delete process.env.TEST_NULL_PROVIDER;
    const { env, stop } = await startNullProvider();
    const { Pid, Addr } = JSON.parse(env.TF_REATTACH_PROVIDERS!)["hashicorp/null"];
    expect(await isServing(env.TF_REATTACH_PROVIDERS!)).toBe(true);
    await stop();
    expect(() => process.kill(Pid, 0)).toThrow("ESRCH");
    expect(existsSync(dirname(Addr.String))).toBe(Addr.Network === "tcp");
  });

  it("lets a script end that does not stop the provider, and the provider with it", async () => {
    const { code, stdout } = await script("start.then(({ env }) => console.log(env.TF_REATTACH_PROVIDERS))");
    expect(code).toBe(0);
    expect(await isServing(stdout)).toBe(false);
  });

  it("ends the provider when its caller is killed", async () => {
    const folder = temporaryFolder();
    const note = join(folder, "note");
    const killer = new AbortController();
    const killed = script(
      `start.then(({ env }) => require("fs").writeFileSync(${JSON.stringify(note)}, env.TF_REATTACH_PROVIDERS));
       setInterval(() => {}, 1000)`,
      killer.signal,
    );
    await waitUntil(() => existsSync(note) && readFileSync(note, "utf8").endsWith("}"));
    killer.abort();
    expect((await killed).code).not.toBe(0);
    await waitUntil(async () => !(await isServing(readFileSync(note, "utf8"))));
  });
});

/** Runs a script outside of jest, which finds in `start` the promise of a provider. */
async function script(body: string, signal?: AbortSignal) {
  const module = JSON.stringify(join(__dirname, "..", "support", "null-provider.ts"));
  const code = `const start = require(${module}).startNullProvider(); ${body}`;
  const args = ["-r", require.resolve("ts-node/register/transpile-only"), "-e", code];
  // The provider shares the script's error output, so that a script that is not killed ends when both have ended.
  return run("node", args, { cwd: __dirname, env: { TEST_NULL_PROVIDER: "" }, timeoutMs: 30_000, signal });
}

function isServing(reattach: string): Promise<boolean> {
  const { Addr } = JSON.parse(reattach)["hashicorp/null"];
  const [host, port] = Addr.String.split(":");
  const socket = connect(Addr.Network === "unix" ? { path: Addr.String } : { host, port: Number(port) });
  return new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  }).finally(() => socket.destroy());
}
