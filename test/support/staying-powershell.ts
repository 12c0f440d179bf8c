// A PowerShell that stays for a test file and runs, one after the other, the scripts that Terraform would start a process for: a
// start costs ten times what most scripts do. Each script has a runspace of its own, with all that Terraform gave it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasOwnRunners, onOwnRunner } from "./own-runner";
import { powershell } from "./powershell";

/** It needs a test file, with which it ends, and named pipes and a runner of its own, which no other test file shares. */
export const CAN_STAY = "afterAll" in globalThis && hasOwnRunners();

let staying: Promise<string> | undefined;

/** What to give as the PowerShell of the runner. It is started where it is not there yet, and ends with the test file. */
export function stayingPowerShell(): Promise<string> {
  return (staying ??= start());
}

let end: () => Promise<void> = async () => undefined;
globalThis.afterAll?.(() => end());

async function start(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "staying-powershell-"));
  const queue = join(folder, "queue");
  spawnSync("mkfifo", [queue]);
  // While this is open, somebody can still hand over a script.
  const open = openSync(queue, "r+");
  const script = [join(__dirname, "staying-powershell.ps1"), queue];
  const args = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", ...script];
  const command = onOwnRunner(join(folder, "mutexes"), await powershell(), args);
  const child = spawn(...command, { stdio: ["ignore", "ignore", "inherit"] });
  child.once("exit", (code) => code === 0 || console.error(`The PowerShell that stays ended with ${code}.`));
  const over = once(child, "exit");
  end = async () => {
    closeSync(open);
    await over;
    rmSync(folder, { recursive: true, force: true });
  };
  const program = join(folder, "powershell");
  symlinkSync(join(__dirname, "staying-powershell.sh"), program);
  return program;
}
