// A PowerShell that stays and runs, one after the other, the scripts that Terraform would start a process for: a start costs ten
// times what most scripts do. Each script has a runspace of its own, with all that Terraform gave it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasOwnRunners, onOwnRunner } from "./own-runner";
import { powershell } from "./powershell";

/** It needs the process of a test file, with which it ends, and named pipes and a runner of its own, which no other process shares. */
export const CAN_STAY = "afterAll" in globalThis && hasOwnRunners();

/** By the folder of their locks. */
const staying = new Map<string, Promise<string>>();

/**
 * What to give as the PowerShell of the runner. It is started where it is not there yet.
 * @param mutexes where its locks are; it is then for this test file alone, and ends with it. Without them it is that of all test
 * files which this process runs, one after the other.
 */
export function stayingPowerShell(mutexes = ""): Promise<string> {
  const started = staying.get(mutexes) ?? (mutexes ? startForFile(mutexes) : startForProcess());
  staying.set(mutexes, started);
  return started;
}

/** The same where it can stay, else a process of its own for each script: for tests that look at no process. */
export function sharedPowerShell(mutexes?: string): Promise<string> {
  return CAN_STAY ? stayingPowerShell(mutexes) : powershell();
}

const ends: (() => Promise<void>)[] = [];
globalThis.afterAll?.(() => Promise.all(ends.map((end) => end())));

async function startForFile(mutexes: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "staying-powershell-"));
  const { child, open, died } = await start(folder, mutexes);
  const over = once(child, "exit");
  ends.push(async () => {
    child.off("exit", died);
    // Closed only then: where nobody has it open, a PowerShell that is just starting would wait for it for ever.
    writeSync(open, "\n");
    await over;
    closeSync(open);
    rmSync(folder, { recursive: true, force: true });
  });
  return programIn(folder);
}

/** Each test file has modules of its own, so that the file system alone can tell what an earlier one has started. */
async function startForProcess(): Promise<string> {
  const folder = join(tmpdir(), `staying-powershell-${process.pid}`);
  // Not where the start failed half-way, nor where it has died.
  if (existsSync(programIn(folder)) && !existsSync(join(folder, "over"))) return programIn(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  // Nobody closes the queue: it is closed when this process ends.
  const { child } = await start(folder, join(folder, "mutexes"));
  child.unref();
  return programIn(folder);
}

async function start(folder: string, mutexes: string) {
  const queue = join(folder, "queue");
  spawnSync("mkfifo", [queue]);
  // While this is open, somebody can still hand over a script.
  const open = openSync(queue, "r+");
  const script = [join(__dirname, "staying-powershell.ps1"), queue];
  const args = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", ...script];
  const command = onOwnRunner(mutexes, await powershell(), args);
  const child = spawn(...command, { stdio: ["ignore", "ignore", "inherit"] });
  const died = () => giveUp(folder);
  child.once("exit", died);
  symlinkSync(join(__dirname, "staying-powershell.sh"), programIn(folder));
  return { child, open, died };
}

function programIn(folder: string): string {
  return join(folder, "powershell");
}

/** It has died, so that whoever waits for it fails at once, and whoever comes later. */
function giveUp(folder: string): void {
  writeFileSync(join(folder, "over"), "");
  const codes = readdirSync(folder).map((call) => join(folder, call, "code"));
  for (const code of codes.filter((file) => existsSync(file))) writeFileSync(code, "1\n");
}
