// The examples as a reader uses them: each is copied out of this project, compiles and synthesises against the library by its
// name, and some of them are deployed to a simulated Lync Server.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { HYBRID_PROVIDER } from "../support/hybrid-provider";
import { NullProvider, sharedNullProvider } from "../support/null-provider";
import { onOwnRunnerWherePossible } from "../support/own-runner";
import { pathWithPowerShellExe } from "../support/powershell-exe";
import { run, RunResult } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";
import { sharedPowerShell } from "../support/staying-powershell";

const root = resolve(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "examples-"));

/** The stacks of each. */
const EXAMPLES: Record<string, string[]> = {
  environments: ["production", "staging"],
  "foreign-stack": ["partners"],
  javascript: ["contoso"],
  minimal: ["contoso"],
  partners: ["contoso"],
  sites: ["contoso"],
  takeover: ["by-hand", "hybrid"],
};

/** That of the other package, which test/app/package.test.ts uses where it is installed. */
const OTHER_PACKAGE = { cdktn: ["contoso"] };

/** Synthesises all of them in one process, whose compiler is started once: types are checked, strictly. */
const SYNTHESISE = `
  for (const name of ${JSON.stringify(Object.keys(EXAMPLES))}) {
    process.chdir(require("path").join(${JSON.stringify(folder)}, name));
    const { app } = JSON.parse(require("fs").readFileSync("cdktf.json", "utf8"));
    require(require("path").resolve(app.split(" ").at(-1)));
  }`;

let provider: NullProvider["env"];
let synthesised: RunResult;

beforeAll(async () => {
  const written = (file: string) => !file.endsWith("cdktf.out");
  cpSync(join(root, "examples"), folder, { recursive: true, filter: written });
  rmSync(join(folder, "tsconfig.json"));
  install("constructs", "cdktf-lync-push-notifications");
  for (const peer of ["cdktf", "constructs", "@types/node"]) install(join("node_modules", peer), peer);
  const options = { strict: true, target: "ES2022", module: "commonjs", esModuleInterop: true };
  const env = { TS_NODE_COMPILER_OPTIONS: JSON.stringify({ ...options, skipLibCheck: true }) };
  const typescript = require.resolve("ts-node/register");
  synthesised = await run(process.execPath, ["-r", typescript, "-e", SYNTHESISE], { cwd: folder, env });
  provider = await sharedNullProvider();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a folder of this project where an app finds what was installed by that name. */
function install(source: string, name: string): void {
  const link = join(folder, "node_modules", name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(root, source), link, "junction");
}

async function terraform(example: string, stack: string, lync: SimulatedLync, words: string[]) {
  const line = [...words, "-no-color", "-input=false"];
  const command = onOwnRunnerWherePossible(join(folder, "mutexes"), "terraform", line);
  const { code, stdout, stderr } = await run(...command, {
    cwd: join(folder, example, "cdktf.out", "stacks", stack),
    env: {
      ...lync.env,
      ...provider,
      CHECKPOINT_DISABLE: "1",
      XDG_DATA_HOME: folder,
      PATH: pathWithPowerShellExe(join(folder, "bin"), await sharedPowerShell()),
    },
  });
  if (code !== 0) throw new Error(`terraform ${words.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Deploys a stack of an example to a server. */
async function deploy(example: string, stack: string, lync: SimulatedLync): Promise<string> {
  await terraform(example, stack, lync, ["init"]);
  return terraform(example, stack, lync, ["apply", "-auto-approve"]);
}

test("every example is listed here, and says in its first lines what it shows and what to type", () => {
  // The pipelines are no app.
  const folders = readdirSync(join(root, "examples"), { withFileTypes: true }).filter(
    (each) => each.isDirectory() && each.name !== "pipelines",
  );
  const all: Record<string, string[]> = { ...EXAMPLES, ...OTHER_PACKAGE };
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(all).sort());
  for (const { name } of folders) {
    const { app } = JSON.parse(readFileSync(join(folder, name, "cdktf.json"), "utf8"));
    const text = readFileSync(join(folder, name, app.split(" ").at(-1)), "utf8");
    expect(text).toMatch(/^\/\/ Shows: .*\n(\/\/ .*\n)*\/\/ {3}npx cdkt[fn] (diff|deploy) \w+/);
    for (const [, stack] of text.matchAll(/npx cdkt[fn] \w+ ([\w-]+)/g)) expect(all[name]).toContain(stack);
  }
});

test("every example, copied out of this project, compiles strictly and synthesises", () => {
  expect(synthesised).toEqual({ code: 0, stdout: "", stderr: "" });
  for (const [name, stacks] of Object.entries(EXAMPLES))
    expect(readdirSync(join(folder, name, "cdktf.out", "stacks")).sort()).toEqual(stacks);
});

test("inside this project they find the library as well, in JavaScript too", async () => {
  const env = { CDKTF_OUTDIR: join(folder, "inside"), TS_NODE_TRANSPILE_ONLY: "true" };
  const result = await run("npx", ["ts-node", "main.js"], { cwd: join(root, "examples", "javascript"), env });
  expect(result).toMatchObject({ code: 0, stderr: "" });
  expect(readdirSync(join(folder, "inside", "stacks"))).toEqual(["contoso"]);
});

describe("a server that was configured by hand", () => {
  test("keeps the provider of its hybrid deployment and the domains of others, from the deploy to the destroy", async () => {
    const lync = new SimulatedLync();
    const fabrikam = { Identity: "fabrikam.com", ProxyFqdn: null, Comment: "Sales", MarkForMonitoring: true };
    lync.change((state) => {
      state.hostingProviders = [HYBRID_PROVIDER];
      state.allowedDomains = [fabrikam];
    });
    await deploy("takeover", "hybrid", lync);
    expect(lync.state().hostingProviders).toEqual([HYBRID_PROVIDER]);
    expect(lync.state().allowedDomains.map(({ Identity }) => Identity)).toEqual([
      "fabrikam.com",
      "push.lync.com",
    ]);
    await terraform("takeover", "hybrid", lync, ["destroy", "-auto-approve"]);
    expect(lync.state().hostingProviders).toEqual([HYBRID_PROVIDER]);
    expect(lync.state().allowedDomains).toEqual([fabrikam]);
  });

  test("gives what was made by hand over to the code, which puts it right and owns it from then on", async () => {
    const lync = new SimulatedLync();
    const byHand = { ...HYBRID_PROVIDER, Identity: "Push", Enabled: false };
    lync.change((state) => (state.hostingProviders = [byHand]));
    await deploy("takeover", "by-hand", lync);
    expect(lync.state().hostingProviders).toEqual([{ ...byHand, Enabled: true }]);
    await terraform("takeover", "by-hand", lync, ["destroy", "-auto-approve"]);
    expect(lync.state().hostingProviders).toEqual([]);
  });
});

test("partners out of a file are allowed by one resource, beside the procedure", async () => {
  const lync = new SimulatedLync();
  const output = await deploy("partners", "contoso", lync);
  expect(output).toContain("PartnerDomains: Creation complete");
  expect(
    lync
      .state()
      .allowedDomains.map(({ Identity, Comment }) => [Identity, Comment])
      .sort(),
  ).toEqual([
    ["adatum.com", null],
    ["fabrikam.com", "Contact: Ken Myer"],
    ["litwareinc.com", "Contact: Pilar Ackerman"],
    ["push.lync.com", null],
  ]);
});

test("values of a stack's other resources reach Lync Server, and its other resources wait for it", async () => {
  const lync = new SimulatedLync();
  const output = await deploy("foreign-stack", "partners", lync);
  expect(lync.state().allowedDomains).toMatchObject([
    { Identity: "fabrikam.com", ProxyFqdn: "sip.fabrikam.com", Comment: "Contact: Ken Myer" },
  ]);
  expect(output.indexOf("Announcement: Creating")).toBeGreaterThan(output.indexOf("Edge: Creation complete"));
});
