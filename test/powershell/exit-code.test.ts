// A script that did not do its work never ends with 0: Terraform would take the object for done.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { POWERSHELL_ARGUMENTS } from "../../constructs/private/terraform/local-exec";
import { SCRIPTS } from "../../constructs/private/terraform/script-process";
import { powershell, runPowerShell } from "../support/powershell";
import { SimulatedLync } from "../support/simulated-lync";

const folder = mkdtempSync(join(tmpdir(), "exit-code-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scripts = readdirSync(SCRIPTS).filter((name) => name.endsWith(".ps1"));

function copy(name: string): string {
  const target = join(folder, name);
  cpSync(SCRIPTS, target, { recursive: true });
  return target;
}

test.each(scripts)("%s fails where its library is not there or does not parse", async (script) => {
  const scriptsOf = copy(script);
  const library = join(scriptsOf, "lib", "Import-Library.ps1");
  rmSync(library);
  const missing = await runPowerShell([...POWERSHELL_ARGUMENTS, join(scriptsOf, script)]);
  writeFileSync(library, "function {");
  const broken = await runPowerShell([...POWERSHELL_ARGUMENTS, join(scriptsOf, script)]);
  expect([missing.code, broken.code]).toEqual([1, 1]);
});

test("an interruption that reaches PowerShell alone is a failure, and says what is known", async () => {
  if (process.platform === "win32") return; // no signal reaches one process alone there
  const lync = new SimulatedLync();
  lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "delay", seconds: 3 });
  const file = join(SCRIPTS, "Set-LyncObject.ps1");
  const child = spawn(await powershell(), [...POWERSHELL_ARGUMENTS, file], {
    env: {
      ...process.env,
      ...lync.env,
      LYNC_MODULE: "Lync",
      LYNC_TIMEOUT_SECONDS: "60",
      LYNC_KIND: "AllowedDomain",
      LYNC_SETTINGS: '{"Identity":":a.com"}',
    },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (stdout.includes("> New-CsAllowedDomain")) setTimeout(() => child.kill("SIGINT"), 500);
  });
  const [code] = (await once(child, "close")) as [number | null];
  expect(code).toBe(1);
  expect(stderr).toContain("ERROR: interrupted: apply AllowedDomain.");
});
