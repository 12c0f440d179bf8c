// The demo as `npm run demo` runs it: it shows what it announces, and says so clearly where it cannot.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { ProcessLock } from "../support/process-lock";
import { scriptLines } from "../demo/cdktf-output";
import { PAGES, reportPages } from "../demo/reports";
import { powershell } from "../support/powershell";
import { run, RunResult } from "../support/run";
import { LyncState, SimulatedLync } from "../support/simulated-lync";

const PROJECT = resolve(__dirname, "..", "..");
const FOLDER = join(PROJECT, ".cache", "demo");
const LOCK = `${FOLDER}.lock`;
const temporary = mkdtempSync(join(tmpdir(), "demo-"));

afterAll(() => rmSync(temporary, { recursive: true }));

/** What `npm run demo` starts, without npm, which a short PATH lacks. */
function demo(env: NodeJS.ProcessEnv): Promise<RunResult> {
  const typescript = require.resolve("ts-node/register/transpile-only");
  return run(process.execPath, ["-r", typescript, "test/demo/demo.ts"], { cwd: PROJECT, env });
}

/** A command that does nothing but print a text, in a folder for the PATH; with a PowerShell it makes the reviews. */
function command(
  name: string,
  text: string,
  powerShell?: string,
  code = 0,
): { folder: string; file: string } {
  const folder = mkdtempSync(join(temporary, "bin-"));
  const windows = process.platform === "win32";
  const file = join(folder, windows ? `${name}.cmd` : name);
  const reviews = windows
    ? `@echo %* | findstr Get-LyncReview >nul && (${powerShell} %* & exit /b)\r\n`
    : `case "$*" in *Get-LyncReview*) exec '${powerShell}' "$@" ;; esac\n`;
  const own = windows ? `@echo ${text}\r\n@exit /b ${code}\r\n` : `echo '${text}'\nexit ${code}\n`;
  writeFileSync(file, `${windows ? "" : "#!/bin/sh\n"}${powerShell ? reviews : ""}${own}`);
  chmodSync(file, 0o755);
  return { folder, file };
}

/** What a run that was killed leaves behind. Waits for one that is alive. */
async function abortedRun(): Promise<void> {
  await ProcessLock.take(LOCK);
  rmSync(FOLDER, { recursive: true, force: true });
  for (const each of ["app/environments", "lync", "logs"]) mkdirSync(join(FOLDER, each), { recursive: true });
  writeFileSync(join(FOLDER, "app", "environments", "demo.ts"), "export const half =");
  writeFileSync(join(FOLDER, "app", "terraform.demo.tfstate"), "{");
  writeFileSync(join(LOCK, "owner"), String(spawnSync(process.execPath, ["--version"]).pid));
}

/** The parts of the output, by the headings of the steps. */
function partsOf(stdout: string): Record<string, string> {
  const parts = stdout.split(/\nStep \d of \d: (.*)\n-+\n/).slice(1);
  return Object.fromEntries(parts.flatMap((title, at) => (at % 2 === 0 ? [[title, parts[at + 1]]] : [])));
}

function changesIn(part: string): string[] {
  return [...part.matchAll(/^Lync's own log of changes: (.*)$/gm)]
    .flatMap((each) => each[1].split(", "))
    .sort();
}

describe("after an aborted run", () => {
  const code = join(PROJECT, "environments", "demo.ts");
  const codeBefore = readFileSync(code, "utf8");
  let result: RunResult;
  let parts: Record<string, string>;

  beforeAll(async () => {
    await abortedRun();
    // Whoever needs the PowerShell first installs it, and says so.
    await powershell();
    result = await run("npm", ["run", "--silent", "demo"], { cwd: PROJECT });
    parts = partsOf(result.stdout);
  }, 300_000);

  test("the demo performs its steps and ends with 0", () => {
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(Object.keys(parts)).toEqual([
      "Deploy to a Lync Server without push notifications",
      "Deploy again",
      "Change one property",
      "Take a domain out of the code",
      "Find and heal what somebody changed by hand",
      "Destroy",
    ]);
  });

  test("each step tells which cmdlets ran in Lync Server", () => {
    expect(Object.values(parts).map(changesIn)).toEqual([
      [
        "New-CsAllowedDomain",
        "New-CsAllowedDomain",
        "New-CsHostingProvider",
        "Set-CsAccessEdgeConfiguration",
        "Set-CsPushNotificationConfiguration",
      ],
      ["none"],
      ["Set-CsHostingProvider"],
      ["Remove-CsAllowedDomain"],
      ["Set-CsAccessEdgeConfiguration", "Set-CsAllowedDomain"],
      [
        "Remove-CsAllowedDomain",
        "Remove-CsHostingProvider",
        "Remove-CsPushNotificationConfiguration",
        "Set-CsAccessEdgeConfiguration",
      ],
    ]);
  });

  test("it shows the calls with their values, the edits, and what Lync Server has", () => {
    const [first, , change, removal, drift] = Object.values(parts);
    expect(first).toContain('> New-CsAllowedDomain -Identity "push.lync.com" -Comment "Push notification');
    expect(first).toMatch(/^ {2}LyncOnline +sipfed\.online\.lync\.com +yes +UseSourceVerification +no$/m);
    expect(first).toContain("Replication has reached edge01.contoso.com, fe01.contoso.com: up to date after");
    expect(change).toContain("+   hostingProvider: { enabledSharedAddressSpace: true },\n");
    expect(change).toMatch(
      /# terraform_data\.HostingProvider must be replaced\n.*\+ EnabledSharedAddressSpace = "true"/,
    );
    expect(change).toContain("EnabledSharedAddressSpace: expected $True, actual $False");
    expect(removal).toContain('-     { domain: "fabrikam.com", comment: "Partner of the sales team" },\n');
    expect(removal).toContain('> Remove-CsAllowedDomain -Identity "fabrikam.com"');
    expect(readdirSync(join(FOLDER, "app", "reports")).filter((each) => each.endsWith(".html"))).toHaveLength(
      2,
    );
    expect(drift).toContain("demo: 2 of 4 objects have drifted.");
  });

  test("it shows the report before each deploy, and Lync Server then runs the report's cmdlets", () => {
    for (const part of Object.values(parts)) {
      const [report, deploy] = ["\n$ npm run review -- ", "\n$ cdktf "].map((each) => part.indexOf(each));
      expect([report > 0, deploy > report]).toEqual([true, true]);
      expect(part).toContain("OK  The report called no cmdlet at all.");
      expect(part).toContain("OK  The cmdlets that ran are those of the report.");
    }
  });

  test("the pages for reviewers hold the reports of these plans", async () => {
    const texts = readdirSync(PAGES).map((file) => [file, readFileSync(join(PAGES, file), "utf8")]);
    // Otherwise: npm run demo && npm run docs:review
    expect(Object.fromEntries(texts)).toEqual(await reportPages());
  });

  test("it prints plain text where the output is no terminal", () => {
    expect(result.stdout).not.toContain("\x1b");
  });

  test("Lync Server is as it was, what was there by hand included, and so is the code of the app", () => {
    const { log, calls, replication, ...lync } = JSON.parse(
      readFileSync(join(FOLDER, "lync", "lync.json"), "utf8"),
    ) as LyncState;
    const fresh = new SimulatedLync(join(temporary, "fresh")).state();
    fresh.allowedDomains = [
      { Identity: "litwareinc.com", ProxyFqdn: null, Comment: "Allowed by hand", MarkForMonitoring: false },
    ];
    expect({ ...fresh, ...lync }).toEqual(fresh);
    expect([log.length, calls["Remove-CsAllowedDomain"], replication.delaySeconds]).toEqual([4, 2, 4]);
    expect(readFileSync(code, "utf8")).toBe(codeBefore);
    expect(existsSync(LOCK)).toBe(false);
  });
});

test.each([
  [
    "coloured",
    "\x1b[1mterraform_data.A (local-exec):\x1b[0m ",
    "\x1b[1mterraform_data.B (local-exec):\x1b[0m ",
  ],
  ["plain", "terraform_data.A (A/Default) (local-exec): ", "terraform_data.B (B/Default) (local-exec): "],
])("it finds the scripts' lines, each resource's together, in what cdktf prints %s", (_, a, b) => {
  const printed = [
    `demo  ${a}Executing: ["x"]`,
    `      ${a}first\r`,
    `demo  ${b}other`,
    `demo  ${a}  > Set-It`,
    "demo  Plan",
  ];
  expect(scriptLines(printed.join("\n"))).toEqual(["first", "  > Set-It", "other"]);
});

test("a deploy that says it worked while Lync Server has nothing ends the demo with 1 and what is not true", async () => {
  const idle = command("idle", "done", await powershell());
  const { code, stdout, stderr } = await demo({ TEST_POWERSHELL: idle.file });
  expect(code).toBe(1);
  expect(stderr).toContain("NOT TRUE: The cmdlets that ran are those of the report.\n");
  expect(stderr).toContain("Ran:    none\n");
  expect(stdout).not.toContain("Step 2");
});

test("a deploy that fails ends the demo with 1 and what cdktf printed", async () => {
  const broken = command("broken", "no", await powershell(), 7);
  const { code, stderr } = await demo({ TEST_POWERSHELL: broken.file });
  expect(code).toBe(1);
  // cdktf may end before it has printed Terraform's own words.
  expect(stderr).toContain("Invoking Terraform CLI failed with exit code 1");
  expect(stderr).toContain("cdktf deploy demo --auto-approve --skip-synth ended with code 1; see above.");
});

test("without terraform and PowerShell it says at once what to install", async () => {
  const { code, stdout, stderr } = await demo({ PATH: temporary, TEST_POWERSHELL: "" });
  expect(code).toBe(1);
  expect(stderr).toContain("Terraform 1.4 or newer. There is no terraform on the PATH.");
  expect(stderr).toContain("winget install Hashicorp.Terraform");
  if (process.platform !== "win32") expect(stderr).toContain("There is no pwsh on the PATH, nor dotnet.");
  expect(stdout).not.toContain("Step 1");
});

test("a terraform that is too old is not taken", async () => {
  const { folder } = command("terraform", '{ "terraform_version": "1.3.9" }');
  const { code, stderr } = await demo({ PATH: [folder, process.env.PATH].join(delimiter) });
  expect(code).toBe(1);
  expect(stderr).toContain("Terraform 1.4 or newer. The one on the PATH is 1.3.9.");
});
