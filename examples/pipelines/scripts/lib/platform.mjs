// What differs between GitHub Actions, Azure DevOps and a terminal: how a step shows an error and hands on a value.
import { appendFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const github = {
  error: (text) =>
    console.log(`::error::${text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A")}`),
  output: (name, value) => appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`),
  summary: (file) => appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${readFileSync(file, "utf8")}\n`),
};

const azureDevOps = {
  error(text) {
    console.log(
      `##vso[task.logissue type=error]${text.replace(/%/g, "%AZP25").replace(/\r/g, "%0D").replace(/\n/g, "%0A")}`,
    );
  },
  output: (name, value) => console.log(`##vso[task.setvariable variable=${name};isOutput=true]${value}`),
  summary: (file) => console.log(`##vso[task.uploadsummary]${resolve(file)}`),
};

const terminal = { error: (text) => console.error(text), output: () => {}, summary: () => {} };

/** The platform of this process, which each of them tells by a variable of its own. */
export function platform() {
  if (process.env.GITHUB_ACTIONS === "true") return github;
  return process.env.TF_BUILD === "True" ? azureDevOps : terminal;
}

/**
 * What another program says. Both platforms take commands from the lines of a log, and a line may hold what somebody wrote
 * into Lync Server: it is shown, and no command any more.
 */
export function quoted(text) {
  return text.replace(/##(?=\w*\[)/g, "# #").replace(/^([^\S\n]*):(?=:)/gm, "$1: ");
}
