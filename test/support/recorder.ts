// A stand-in for powershell.exe that writes down what Terraform gives it, and one PowerShell that then does all of it: a
// hundred objects take one process instead of a hundred.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { powershell } from "./powershell";
import { run, RunResult } from "./run";

// The folder, the script and the environment, each ended by a NUL: a shell starts sooner than Node.
const SCRIPT = `#!/bin/sh
recording=$(mktemp "\${0%/*}/recordings/XXXXXX") || exit 1
for script; do :; done
{ printf '%s\\0' "$PWD" "$script"; env -0; } >"$recording"
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
    const files = readdirSync(this.recordings).map((name) => join(this.recordings, name));
    const ended = new Map(files.map((file) => [file, statSync(file, { bigint: true }).mtimeNs]));
    files.sort((one, other) => Number((ended.get(one) ?? 0n) - (ended.get(other) ?? 0n)));
    return files.map(read);
  }

  /** Runs every script that was recorded. */
  public async replay(env: NodeJS.ProcessEnv): Promise<RunResult> {
    const file = join(this.folder, "all.json");
    writeFileSync(file, JSON.stringify({ Recordings: this.recorded() }));
    const args = ["-NoProfile", "-NonInteractive", "-File", join(__dirname, "replay.ps1"), file];
    return run(await powershell(), args, { cwd: this.folder, env, timeoutMs: 300_000 });
  }
}

function read(file: string): Recording {
  const [folder, script, ...variables] = readFileSync(file, "utf8").split("\0");
  const ours = variables.filter((each) => each.startsWith("LYNC_"));
  const entries = ours.map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]);
  return { Script: resolve(folder, script), Environment: Object.fromEntries(entries) };
}
