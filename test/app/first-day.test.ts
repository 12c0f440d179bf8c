// docs/first-day.md, walked by its own commands from the first line to the last, against a server that somebody configured by hand.
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { compiledApp } from "../support/copied-app";
import { HYBRID_PROVIDER } from "../support/hybrid-provider";
import { NullProvider, sharedNullProvider } from "../support/null-provider";
import { pathWithPowerShellExe } from "../support/powershell-exe";
import { hasRemoteRunners, POOL, remoteRunner, RemoteRunner } from "../support/remote-runner";
import { run, RunResult } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";
import { sharedPowerShell } from "../support/staying-powershell";

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

/** The set-up that is walked as a whole. */
const WHOLE = hasRemoteRunners ? "A" : "C";

const lync = new SimulatedLync();
let app: string;
/** Where powershell.exe is one of a machine with the tools. */
let path: string;
let remote: RemoteRunner | undefined;
let provider: NullProvider["env"];

beforeAll(async () => {
  app = compiledApp("first-day");
  path = pathWithPowerShellExe(join(app, "bin"), await sharedPowerShell());
  if (hasRemoteRunners) remote = await remoteRunner({ connectionUri: POOL }, { stays: true });
  mkdirSync(join(app, "remote"));
  if (remote) symlinkSync(String(remote.runner.powerShell), join(app, "remote", "powershell.exe"));
  provider = await sharedNullProvider();
  lync.change((state) => {
    state.hostingProviders.push(HYBRID_PROVIDER);
    const others = { ProxyFqdn: null, MarkForMonitoring: true };
    state.allowedDomains.push({ Identity: "fabrikam.com", Comment: 'Satış: "Ken" ${x}', ...others });
    state.accessEdgeConfiguration.AllowFederatedUsers = true;
  });
});

afterAll(() => {
  remote?.remove();
  rmSync(app, { recursive: true });
});

/** Runs a line of the page as it stands there, but for what it needs unattended, on a machine of the set-up. */
async function type(line: string, setUp: string, cwd = app): Promise<RunResult> {
  const added = UNATTENDED.find(([start]) => line.startsWith(start))?.[1] ?? [];
  const [command, ...args] = [...line.split(" "), ...added];
  const variables = { ...lync.env, ...provider, CHECKPOINT_DISABLE: "1", CI: "1", XDG_DATA_HOME: app };
  return run(command, args, {
    cwd,
    env: { TS_NODE_TRANSPILE_ONLY: "true", ...variables, ...machine(setUp) },
  });
}

/** With A, nothing of Lync is there; powershell.exe reaches a pool alone. */
function machine(setUp: string): NodeJS.ProcessEnv {
  if (setUp !== "A") return { PATH: path };
  return { PATH: [join(app, "remote"), path].join(delimiter), ...remote?.env };
}

async function walk(wanted: (block: Block) => boolean, setUp: string, folder = app): Promise<string> {
  let output = "";
  for (const { language, about, text } of blocks().filter(wanted)) {
    const file = join(folder, about.file ?? about.add ?? "");
    if (language === "ts" && about.file) writeFileSync(file, text);
    if (language === "ts" && about.add)
      writeFileSync(file, readFileSync(file, "utf8").replace(/\}\n$/, `${text}}\n`));
    if (language !== "sh") continue;
    for (const line of text.trim().split("\n")) {
      const { code, stdout, stderr } = await type(line, setUp, join(folder, about.folder ?? ""));
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
const walkSteps = (from: number, to: number, letter: string) =>
  walk(
    (block) =>
      inSetUp(letter)(block) &&
      Array.from({ length: to - from + 1 }, (_, i) => from + i).some((n) => step(n)(block)),
    letter,
  );

/** A line of a report with a call of a cmdlet. */
const CALL = /^\w+-Cs\w+ -.*$/gm;

const content = () => ({ ...lync.state(), calls: {} });
const changes = () => lync.log().map(({ cmdlet, parameters }) => [cmdlet, parameters.Identity]);

test("a server that somebody configured by hand is imported, reviewed and taken over, and nothing changes", async () => {
  const before = content();
  const output = await walkSteps(1, 6, WHOLE);
  expect(output).toContain('WARNING: HostingProvider "LyncOnline" carries a hybrid deployment');
  expect(output).not.toMatch(CALL);
  await walkSteps(7, 7, WHOLE);
  expect(content()).toEqual(before);
});

test("a change is reviewed with the one cmdlet that runs, and deployed", async () => {
  const output = await walkSteps(8, 9, WHOLE);
  expect(output.match(CALL)).toEqual([
    'New-CsAllowedDomain -Identity "push.lync.com" -Comment "Push notifications"',
  ]);
  expect(changes()).toEqual([["New-CsAllowedDomain", "push.lync.com"]]);
});

test("every night an edit by hand is found", async () => {
  await walkSteps(10, 10, WHOLE);
  lync.change((state) => (state.allowedDomains[0].Comment = "theirs"));
  const [{ text }] = blocks().filter(step(10));
  expect(await type(text.trim(), WHOLE)).toMatchObject({ code: 2 });
});

(hasRemoteRunners ? test : test.skip)("all of that was over sessions", () => {
  const { opened, open } = lync.sessions();
  expect(opened.length).toBeGreaterThan(10);
  expect(open).toBe(0);
});

test("with the tools the server is imported, too, and a runner that synthesises nothing takes it over", async () => {
  rmSync(join(app, "environments", "contoso.ts"));
  lync.clearLog();
  lync.forgetSessions();
  await walkSteps(3, 3, "C");
  await walkSteps(5, 6, "C");
  const runner = join(app, "runner");
  await walk((block) => step(7)(block) && block.about.setup === "B" && !block.about.folder, "B");
  cpSync(join(app, "cdktf.out"), join(runner, "cdktf.out"), { recursive: true });
  await walk((block) => step(7)(block) && block.about.folder !== undefined, "B", runner);
  expect(changes()).toEqual([]);
  expect(lync.sessions().opened).toEqual([]);
});

test("every command of the page is one of those, or asks for help", async () => {
  const [{ text }] = blocks().filter(({ step: heading }) => heading === "All options");
  expect((await type(text.trim(), WHOLE)).stdout).toContain("--only push");
  const walked = blocks().filter(({ step: heading }) => /^\d/.test(heading));
  expect(new Set(walked.map(({ step: heading }) => heading)).size).toBe(9);
});
