// A stranger's folder: a packed package is installed there as npm installs it, beside copies of what it needs.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Library, packageFolder, packageName } from "../../package/manifest";
import { onOwnRunnerWherePossible } from "./own-runner";
import { pathWithPowerShellExe } from "./powershell-exe";
import { run, RunResult } from "./run";
import { sharedPowerShell } from "./staying-powershell";

const root = resolve(__dirname, "..", "..");

export class Stranger {
  public readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "stranger-")));
  /** Where npm has put the package. */
  public readonly installed: string;
  public packedBytes = NaN;
  private path = process.env.PATH;

  public constructor(private readonly library: Library) {
    this.installed = join(this.folder, "node_modules", packageName(library));
  }

  /** Packs the package that was built and installs it. No registry is asked: the peers are this project's, copied. */
  public async install(): Promise<void> {
    const peers = [this.library, "constructs"];
    for (const peer of peers) cpSync(...this.places(peer), { recursive: true });
    // Resolving peers would ask the registry; `npm ls` tells whether they fit.
    const { stdout } = await this.succeed(
      "npm",
      ["pack", "--json", packageFolder(this.library)],
      this.folder,
    );
    this.write(".", {
      "package.json": JSON.stringify({ dependencies: Object.fromEntries(peers.map((each) => [each, "*"])) }),
    });
    const [{ filename, size }] = JSON.parse(stdout);
    this.packedBytes = size;
    const alone = ["--offline", "--legacy-peer-deps", "--no-package-lock", "--no-audit", "--no-fund"];
    await this.succeed("npm", ["install", ...alone, filename], this.folder);
    await this.succeed("npm", ["ls"], this.folder);
    for (const tool of ["typescript", "@types/node"]) symlinkSync(...this.places(tool), "junction");
    // A stack runs powershell.exe, which other systems do not have.
    this.path = pathWithPowerShellExe(join(this.folder, "bin"), await sharedPowerShell());
  }

  /** Makes the folder of a project, and gives its path. */
  public write(project: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.folder, project);
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  /** Runs a command in the folder; other variables are added to those of this process. */
  public run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    const mine = {
      CDKTF_OUTDIR: undefined,
      CHECKPOINT_DISABLE: "1",
      XDG_DATA_HOME: this.folder,
      PATH: this.path,
      ...env,
    };
    const words = onOwnRunnerWherePossible(join(this.folder, "mutexes"), command, args);
    return run(...words, { cwd, env: mine, timeoutMs: 300_000 });
  }

  /** The same, which must end with 0. */
  public async succeed(...words: Parameters<Stranger["run"]>): Promise<RunResult> {
    const result = await this.run(...words);
    if (result.code === 0) return result;
    throw new Error(`${words[0]} ${words[1].join(" ")}\n${result.stdout}${result.stderr}`);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Places of a package: in this project, and there. */
  private places(name: string): [string, string] {
    const there = join(this.folder, "node_modules", name);
    mkdirSync(dirname(there), { recursive: true });
    return [join(root, "node_modules", name), there];
  }
}
