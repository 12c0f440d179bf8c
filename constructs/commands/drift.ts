#!/usr/bin/env node
// lync-drift ENVIRONMENT: what Lync Server has otherwise than the code declares.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DriftReport, Finding } from "../private/bookkeeping/drift";
import { CommandError, stackFolder, synthesised } from "./app";
import { oneEnvironment, runCommand, typed } from "./command";

const HELP = `Usage: ${typed("drift")} ENVIRONMENT [--json]

Reads everything that the environment declares from Lync Server, in one PowerShell process, and prints what differs.
Nothing is changed.

  --json  print the findings as JSON
  --help  print this text

Exit code: 0 no drift, 2 drift, 1 it could not be told.`;

runCommand(HELP, { json: { type: "boolean" } }, (names, { json = false }) => {
  const environment = oneEnvironment(HELP, names);
  const report = observe(environment);
  const drifted = report.findings.filter((each) => !each.found || each.differences.length > 0);
  print(environment, json, report, drifted);
  return drifted.length > 0 ? 2 : 0;
});

function observe(environment: string): DriftReport {
  const name = "drift.json";
  return synthesised({ LYNC_DETECT_DRIFT: environment, LYNC_DRIFT_REPORT: name }, (folder) => {
    const file = join(stackFolder(folder, environment), name);
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
    throw new CommandError(`The environment ${JSON.stringify(environment)} declares nothing of Lync Server.`);
  });
}

function print(environment: string, json: boolean, report: DriftReport, drifted: readonly Finding[]): void {
  if (json) {
    console.log(JSON.stringify({ environment, drift: drifted.length > 0, ...report }, null, 2));
    return;
  }
  if (drifted.length > 0)
    console.log(table([["Object", "Property", "Declared", "Actual"], ...drifted.flatMap(rows)]));
  for (const each of report.findings.filter((one) => one.notCompared.length > 0)) {
    console.log(
      `${title(each)}: only Terraform knows ${each.notCompared.join(", ")}, so this was not compared.`,
    );
  }
  console.log(`${environment}: ${drifted.length} of ${report.findings.length} objects have drifted.`);
}

function rows(finding: Finding): string[][] {
  if (!finding.found) return [[title(finding), "(the object)", "there", "not there"]];
  return finding.differences.map((each) => [title(finding), each.Property, each.Declared, each.Actual]);
}

function title(finding: Finding): string {
  return `${finding.kind} ${finding.identity}`;
}

function table(lines: readonly string[][]): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
