// Runs Terraform and the library's commands, and shows their lines as they come.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { CommandError } from "./command.mjs";
import { quoted } from "./platform.mjs";

/** Runs a script of package.json. The arguments are names and paths of these scripts' own, since a shell reads them. */
export function npmRun(script, args, env = {}) {
  // npm is no program on Windows but a script, which needs a shell.
  return ended(
    spawn(`npm run --silent ${script} -- ${args.join(" ")}`, { ...options(env), shell: true }),
    "npm",
  );
}

/** Terraform in the folder of a stack. What it keeps for itself, such as providers, is no part of what is handed on. */
export async function terraform(cwd, action) {
  const data = mkdtempSync(join(tmpdir(), "terraform-"));
  const env = { TF_DATA_DIR: data, TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
  const program = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  try {
    return await action((args, show) => ended(spawn(program, args, { ...options(env), cwd }), program, show));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Writes a file, and its folder where that is not there yet. */
export function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function options(env) {
  return { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] };
}

/** How it ended, and what it wrote. `show` tells whether its output is for the log, too; its errors always are. */
async function ended(child, name, show = false) {
  const output = [collected(child.stdout, show), collected(child.stderr, true)];
  const [code] = await once(child, "close").catch((error) => {
    throw new CommandError(
      `${name} did not start: ${error.message}. Is it installed, and on the PATH of the runner's account?`,
    );
  });
  const [stdout, stderr] = await Promise.all(output);
  return { code, stdout, stderr };
}

async function collected(stream, show) {
  const lines = [];
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    lines.push(line);
    if (show) console.log(quoted(line));
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
