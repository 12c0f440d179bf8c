// One PowerShell that stays for a test file and runs its scripts one after the other: a start costs more than most of them.
import { ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface, Interface } from "node:readline";
import { powershell } from "./powershell";

const SERVER = join(__dirname, "resident-powershell.ps1");
/** How the line begins that tells of a script's end; all others are the script's own. */
const ENDED = "ended: ";
const ARGS = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", SERVER];

interface Resident {
  readonly child: ChildProcessWithoutNullStreams;
  readonly lines: Interface;
}

let resident: Promise<Resident> | undefined;
let last: Promise<void> = Promise.resolve();

/** Runs a script file in the PowerShell that stays. What the script throws is thrown here; what it prints is lost. */
export function runInResident(script: string, environment: Record<string, string>): Promise<void> {
  const turn = last.then(() => runNow(script, environment));
  last = turn.catch(() => {});
  return turn;
}

async function runNow(script: string, environment: Record<string, string>): Promise<void> {
  const { child, lines } = await (resident ??= start());
  keepWaiting(child, true);
  try {
    const answer = answerOf(child, lines);
    child.stdin.write(`${JSON.stringify({ script, environment })}\n`);
    const { failure } = JSON.parse(await answer) as { failure: string };
    if (failure) throw new Error(failure);
  } finally {
    keepWaiting(child, false);
  }
}

async function start(): Promise<Resident> {
  const child = spawn(await powershell(), ARGS);
  return { child, lines: createInterface({ input: child.stdout }) };
}

function answerOf(child: ChildProcessWithoutNullStreams, lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = "";
    const listen = (data: Buffer) => (complaint += data.toString());
    const end = (code: number | null) => {
      resident = undefined;
      reject(new Error(`PowerShell ended with ${code}: ${complaint}`));
    };
    child.stderr.on("data", listen);
    child.once("close", end);
    const read = (line: string) => {
      if (!line.startsWith(ENDED)) return;
      child.stderr.off("data", listen);
      child.off("close", end);
      lines.off("line", read);
      resolve(line.slice(ENDED.length));
    };
    lines.on("line", read);
  });
}

/** Node.js does not wait for it where nothing is asked of it; it ends when its standard input does. */
function keepWaiting(child: ChildProcessWithoutNullStreams, wait: boolean): void {
  for (const handle of [child, child.stdin, child.stdout, child.stderr] as { ref(): void; unref(): void }[]) {
    if (wait) handle.ref();
    else handle.unref();
  }
}
