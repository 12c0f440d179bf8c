#!/usr/bin/env node
// lync-review PLAN...: what a deploy of a plan runs, before it runs.
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { markdown } from "../private/review/markdown";
import { rehearse } from "../private/review/rehearsal";
import { Review, reviewOf } from "../private/review/review";
import { terminalText } from "../private/review/terminal";
import { PlanError, readPlan } from "../private/terraform/plan";
import { planOf, TerraformError } from "../private/terraform/plan-run";
import { ScriptError } from "../private/terraform/script-process";
import { CommandError, stackFolder, synthesised } from "./app";
import { runCommand, typed } from "./command";

const HELP = `Usage: ${typed("review")} PLAN... [options]

Shows what a deploy runs: a verdict, every change, the exact cmdlets in their order. Nothing is changed. Each PLAN is one of
  ENVIRONMENT     an environment of the app in this folder, which is synthesised and planned
  FILE.json       what "terraform show -json PLANFILE" prints
  NAME=FILE.json  the same, with a name for the report
  -               the same from standard input

Options:
  --format markdown|text|json|mermaid
                               markdown is for a comment on a pull request: at most 65,536 characters [markdown; text where
                               a terminal reads it]. mermaid draws one environment, with what changes.
  --live                       read the real Lync Server, on a runner of it: then nothing in the report depends on what is there
  --powershell PATH            the PowerShell that runs the scripts [what the plan names, else pwsh, else powershell.exe]
  --help                       print this text

It needs a PowerShell; without --live it needs no Lync Server, no Windows and no rights.

Exit code: 0 nothing to do, 2 changes, 3 changes that remove something or take something down, 1 an error, or the deploy
would stop with one. Several plans: 1 if one has it, else the highest.`;

const FORMATS = ["markdown", "text", "json", "mermaid"];

const OPTIONS = {
  format: { type: "string" },
  live: { type: "boolean" },
  powershell: { type: "string" },
} as const;

runCommand(HELP, OPTIONS, report);

type Options = { format?: string; live?: boolean; powershell?: string };

function report(
  plans: readonly string[],
  { format = process.stdout.isTTY ? "text" : "markdown", ...options }: Options,
): number {
  if (plans.length === 0) throw new CommandError(`Name at least one plan; none was given.\n\n${HELP}`);
  if (!FORMATS.includes(format))
    throw new CommandError(`--format ${JSON.stringify(format)} is none. Allowed: ${FORMATS.join(", ")}.`);
  if (plans.filter((each) => each === "-").length > 1)
    throw new CommandError(
      'Standard input holds one plan, and "-" was given more than once. Give files instead.',
    );
  if (format === "mermaid" && plans.length > 1)
    throw new CommandError(
      `--format mermaid draws one plan, and ${plans.length} were given. Draw each by itself.`,
    );
  const reviews = plans.map((each) => reviewed(each, options));
  process.stdout.write(`${written(reviews, format)}\n`);
  const codes = reviews.map((each) => each.code);
  return codes.includes(1) ? 1 : Math.max(...codes);
}

function written(reviews: readonly Review[], format: string): string {
  if (format === "markdown") return markdown(reviews);
  if (format === "text") return terminalText(reviews, process.stdout.isTTY && !process.env.NO_COLOR);
  if (format === "mermaid") return reviews[0].picture.join("\n");
  return JSON.stringify({ format: 1, plans: reviews.map(asJson) }, null, 2);
}

function asJson({ verdict, loud, found, ...others }: Review): object {
  const text = (words: Review["verdict"]) =>
    words.map((each) => (typeof each === "string" ? each : each.data)).join("");
  return { ...others, verdict: text(verdict), loud: loud.map(text), found: found.map(text) };
}

function reviewed(plan: string, { live = false, powershell: powerShell }: Options): Review {
  try {
    const { name, json } = source(plan);
    const resources = readPlan(json);
    return reviewOf(name, resources, rehearse(resources, { live, powerShell }));
  } catch (error) {
    if (error instanceof ScriptError || error instanceof TerraformError)
      throw new CommandError(error.message);
    if (error instanceof PlanError) throw new CommandError(`${JSON.stringify(plan)}: ${error.message}`);
    throw error;
  }
}

function source(plan: string): { name: string; json: string } {
  if (plan === "-") return { name: "plan", json: readFileSync(0, "utf8") };
  const [, name, file] = /^([^=/\\]+)=(.+)$/s.exec(plan) ?? [];
  if (file !== undefined) return { name, json: textOf(file) };
  if (existsSync(plan) || /\.json$/.test(plan))
    return { name: basename(plan).replace(/(\.tfplan|\.plan)?\.json$/, ""), json: textOf(plan) };
  return { name: plan, json: synthesised({}, (folder) => planOf(stackFolder(folder, plan))) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`The plan ${JSON.stringify(file)} cannot be read: ${(error as Error).message}`);
  }
}
