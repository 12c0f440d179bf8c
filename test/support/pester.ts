// Runs the *.Tests.ps1 of a folder by Pester, all in one process, and reads what became of each test.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedPester } from "./pester-tool";
import { onOwnRunnerWherePossible } from "./own-runner";
import { powershell } from "./powershell";
import { run } from "./run";
import { SimulatedLync } from "./simulated-lync";

/** What became of one test of Pester. */
export interface Outcome {
  readonly file: string;
  /** The names of its blocks, and its own. */
  readonly path: readonly string[];
  readonly result: "Passed" | "Failed" | "Skipped" | "Inconclusive" | "NotRun";
  readonly message: string;
}

export async function runPester(tests: string): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "pester-"));
  const lync = new SimulatedLync(folder);
  const file = join(folder, "outcomes.json");
  const script = join(__dirname, "pester.ps1");
  const own = ["-Module", await installedPester(), "-Folder", tests, "-ResultFile", file];
  const args = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script, ...own];
  try {
    // What it tests waits for the locks of its runner, which others on this machine may have.
    const command = onOwnRunnerWherePossible(join(folder, "mutexes"), await powershell(), args);
    const { code, stdout, stderr } = await run(...command, {
      cwd: folder,
      // Where the scripts keep their notes.
      env: { ...lync.env, XDG_DATA_HOME: folder },
      timeoutMs: 120_000,
    });
    if (code !== 0 || !existsSync(file))
      throw new Error(`Pester itself ended with ${code}:\n${stdout}${stderr}`);
    return JSON.parse(readFileSync(file, "utf8")) as Outcome[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
