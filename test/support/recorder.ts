// A stand-in for powershell.exe that writes down what Terraform gives it, and one PowerShell that then does all of it: a
// hundred objects take one process instead of a hundred.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { powershell } from "./powershell";
import { run, RunResult } from "./run";

// Node runs it by its first line, which Windows does not know.
const SCRIPT = `#!${process.execPath}
const { resolve, join } = require("node:path");
const variables = Object.entries(process.env).filter(([name]) => name.startsWith("LYNC_"));
const recording = { Script: resolve(process.argv.at(-1)), Environment: Object.fromEntries(variables) };
const name = process.hrtime.bigint() + "-" + process.pid + ".json";
require("node:fs").writeFileSync(join(__dirname, "recordings", name), JSON.stringify(recording));
`;

/** Whether this machine can have the stand-in. */
export const CAN_RECORD = process.platform !== "win32";

/** One start of PowerShell. */
export interface Recording {
  readonly Script: string;
  readonly Environment: Readonly<Record<string, string>>;
}

export class Recorder {
  /** What to give as the PowerShell of the runner. */
  public readonly program: string;
  private readonly recordings: string;

  /** @param folder where the program and its recordings live */
  public constructor(private readonly folder: string) {
    this.program = join(folder, "recorder");
    this.recordings = join(folder, "recordings");
    mkdirSync(this.recordings, { recursive: true });
    writeFileSync(this.program, SCRIPT, { mode: 0o755 });
  }

  /** What Terraform started, in that order. */
  public recorded(): Recording[] {
    const names = readdirSync(this.recordings).sort();
    return names.map((name) => JSON.parse(readFileSync(join(this.recordings, name), "utf8")) as Recording);
  }

  /** Runs every script that was recorded. */
  public async replay(env: NodeJS.ProcessEnv): Promise<RunResult> {
    const file = join(this.folder, "all.json");
    writeFileSync(file, JSON.stringify({ Recordings: this.recorded() }));
    const args = ["-NoProfile", "-NonInteractive", "-File", join(__dirname, "replay.ps1"), file];
    return run(await powershell(), args, { cwd: this.folder, env, timeoutMs: 300_000 });
  }
}
