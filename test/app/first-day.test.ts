// docs/first-day.md, walked by its own commands from the first line to the last, against a server that somebody configured by hand.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { copyApp } from "../demo/scratch-app";
import { HYBRID_PROVIDER } from "../support/hybrid-provider";
import { NullProvider, startNullProvider } from "../support/null-provider";
import { pathWithPowerShellExe } from "../support/powershell-exe";
import { hasRemoteRunners, remoteRunner } from "../support/remote-runner";
import { run, RunResult } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";

const ROOT = resolve(__dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "first-day.md"), "utf8");

interface Block {
  readonly step: string;
  readonly language: string;
  readonly about: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The blocks of the page with the heading that they are under. */
function blocks(): Block[] {
  return PAGE.split(/^## /m).flatMap((section) =>
    [...section.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)].map(([, language, words, text]) => ({
      step: section.split("\n")[0],
      language,
      about: Object.fromEntries([...words.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value])),
      text,
    })),
  );
}

/** What a command needs where nobody sits before it, and no registry answers. */
const UNATTENDED: readonly [start: string, added: string[]][] = [
  ["npm ci", ["--dry-run", "--offline"]],
  ["npx cdktf deploy", ["--auto-approve", "--skip-provider-lock"]],
  ["terraform apply", ["-auto-approve"]],
];

const lync = new SimulatedLync();
let app: string;
let path: string;
let provider: NullProvider;

beforeAll(async () => {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  app = mkdtempSync(join(ROOT, ".cache", "first-day-"));
  copyApp(app);
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(ROOT, file), join(app, file));
  path = await pathWithPowerShellExe(join(app, "bin"));
  provider = await startNullProvider();
  lync.change((state) => {
    state.hostingProviders.push(HYBRID_PROVIDER);
    const others = { ProxyFqdn: null, MarkForMonitoring: true };
    state.allowedDomains.push({ Identity: "fabrikam.com", Comment: 'Satış: "Ken" ${x}', ...others });
    state.accessEdgeConfiguration.AllowFederatedUsers = true;
  });
});

afterAll(async () => {
  await provider.stop();
  rmSync(app, { recursive: true });
});

/** Runs a line of the page as it stands there, but for what it needs unattended. */
async function type(line: string, cwd = app, env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
  const added = UNATTENDED.find(([start]) => line.startsWith(start))?.[1] ?? [];
  const [command, ...args] = [...line.split(" "), ...added];
  const variables = { ...lync.env, ...provider.env, CHECKPOINT_DISABLE: "1", CI: "1", XDG_DATA_HOME: app };
  return run(command, args, {
    cwd,
    env: { TS_NODE_TRANSPILE_ONLY: "true", ...variables, PATH: path, ...env },
  });
}

async function walk(wanted: (block: Block) => boolean, folder = app): Promise<string> {
  let output = "";
  for (const { language, about, text } of blocks().filter(wanted)) {
    const file = join(folder, about.file ?? about.add ?? "");
    if (language === "ts" && about.file) writeFileSync(file, text);
    if (language === "ts" && about.add)
      writeFileSync(file, readFileSync(file, "utf8").replace(/\}\n$/, `${text}}\n`));
    if (language !== "sh") continue;
    for (const line of text.trim().split("\n")) {
      const { code, stdout, stderr } = await type(line, join(folder, about.folder ?? ""));
      expect({ line, code, told: stdout + stderr }).toEqual({
        line,
        code: Number(about.exit ?? 0),
        told: expect.any(String),
      });
      output += stdout + stderr;
    }
  }
  return output;
}

const step = (number: number) => (block: Block) => block.step.startsWith(`${number}. `);
const inSetUp =
  (letter: string) =>
  ({ about }: Block) =>
    (about.setup ?? letter).includes(letter);
const steps = (from: number, to: number, letter: string) => (block: Block) =>
  inSetUp(letter)(block) &&
  Array.from({ length: to - from + 1 }, (_, i) => from + i).some((n) => step(n)(block));

/** A line of a report with a call of a cmdlet. */
const CALL = /^\w+-Cs\w+ -.*$/gm;

const content = () => ({ ...lync.state(), calls: {} });
const changes = () => lync.log().map(({ cmdlet, parameters }) => [cmdlet, parameters.Identity]);

test("a server that somebody configured by hand is imported, reviewed and taken over, and nothing changes", async () => {
  const before = content();
  const output = await walk(steps(1, 6, "C"));
  expect(output).toContain('WARNING: HostingProvider "LyncOnline" carries a hybrid deployment');
  expect(output).not.toMatch(CALL);
  await walk(steps(7, 7, "C"));
  expect(content()).toEqual(before);
});

test("a change is reviewed with the one cmdlet that runs, and a runner that synthesises nothing deploys it", async () => {
  const output = await walk((block) => steps(8, 9, "A")(block) && !block.text.startsWith("npx cdktf deploy"));
  expect(output.match(CALL)).toEqual([
    'New-CsAllowedDomain -Identity "push.lync.com" -Comment "Push notifications"',
  ]);
  const runner = join(app, "runner");
  await walk((block) => step(7)(block) && block.about.setup === "B" && !block.about.folder);
  cpSync(join(app, "cdktf.out"), join(runner, "cdktf.out"), { recursive: true });
  await walk((block) => step(7)(block) && block.about.folder !== undefined, runner);
  expect(changes()).toEqual([["New-CsAllowedDomain", "push.lync.com"]]);
});

test("every night an edit by hand is found", async () => {
  // The state of the first runner does not have the change of the second one: looking for drift reads the server alone.
  await walk(step(10));
  lync.change((state) => (state.allowedDomains[0].Comment = "theirs"));
  const [{ text }] = blocks().filter(step(10));
  expect(await type(text.trim())).toMatchObject({ code: 2 });
});

(hasRemoteRunners ? test : test.skip)("over a session the same is imported", async () => {
  const [{ text }] = blocks().filter((block) => step(3)(block) && block.about.setup === "A");
  const { runner, remove } = await remoteRunner();
  const bin = join(app, "remote");
  mkdirSync(bin);
  symlinkSync(String(runner.powerShell), join(bin, "powershell.exe"));
  rmSync(join(app, "environments", "contoso.ts"));
  const env = { PATH: [bin, path].join(delimiter), PSModulePath: "" };
  expect(await type(text.trim(), app, env)).toMatchObject({ code: 0 });
  const [{ text: drift }] = blocks().filter(step(10));
  expect(await type(drift.trim(), app, env)).toMatchObject({ code: 0 });
  remove();
});

test("every command of the page is one of those, or asks for help", async () => {
  const [{ text }] = blocks().filter(({ step: heading }) => heading === "All options");
  expect((await type(text.trim())).stdout).toContain("--only push");
  const walked = blocks().filter(({ step: heading }) => /^\d/.test(heading));
  expect(new Set(walked.map(({ step: heading }) => heading)).size).toBe(9);
});
