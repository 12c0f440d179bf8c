// What somebody changed in Lync Server by hand, looked at during synthesis, only where the operator asked for it.
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { DeclaredObject, DeclaredObjects } from "./declared-objects";
import { driftOfListed, NOT_THERE } from "../terraform/listed-settings";
import { RunnerSettings } from "../terraform/local-exec";
import { textVariables } from "../terraform/long-text";
import type { LyncResource } from "../terraform/lync-resource";
import { runScript } from "../terraform/script-process";
import { atSynthesis, outputFolder, stackNames } from "../terraform/stack";
import { isToken } from "../terraform/terraform-text";
import { TerraformStack } from "../terraform/types";

// Names of stacks, divided by commas, that are to be compared with Lync Server at synthesis.
const STACKS_VARIABLE = "LYNC_DETECT_DRIFT";
// Name of a file in the stack's folder that is to have the findings as JSON, for the command `drift`.
const REPORT_VARIABLE = "LYNC_DRIFT_REPORT";

/** One property that Lync Server has otherwise than declared. */
export interface Difference {
  readonly Property: string;
  readonly Declared: string;
  readonly Actual: string;
}

/** What was found of one declared object. */
export interface Finding {
  readonly kind: string;
  readonly identity: string;
  /** Path of the construct. */
  readonly path: string;
  /** False where Lync Server has no such object at all. */
  readonly found: boolean;
  readonly differences: readonly Difference[];
  /** Declared by a Token, a value that only Terraform knows, and so not compared. */
  readonly notCompared: readonly string[];
}

/** The findings of one look. */
export interface DriftReport {
  /** When it was, in UTC. */
  readonly seen: string;
  readonly findings: readonly Finding[];
}

/** What the script leaves of one object. */
interface Reading {
  readonly Found: boolean;
  readonly Differences: readonly Difference[];
}

/** Looks at Lync Server before the stack is synthesised, where LYNC_DETECT_DRIFT names the stack. */
export function detectDrift(stack: TerraformStack, runner: RunnerSettings, objects: DeclaredObjects): void {
  const asked = (process.env[STACKS_VARIABLE] ?? "").split(",").flatMap((name) => name.trim() || []);
  // The command `drift` says by itself that there is no such stack.
  if (!process.env[REPORT_VARIABLE])
    stack.node.addValidation({ validate: () => unknownStacks(stack, asked) });
  if (!asked.includes(stack.node.id)) return;
  let done = false;
  atSynthesis(stack, () => {
    if (done) return;
    done = true;
    const found = { seen: new Date().toISOString(), findings: observe(runner, objects.all()) };
    reapply(found, objects);
    const file = process.env[REPORT_VARIABLE];
    if (file) writeReport(stack, file, found);
  });
}

/** A name that is spelled wrong must not pass for "nothing has drifted". */
function unknownStacks(stack: TerraformStack, asked: readonly string[]): string[] {
  const names = stackNames(stack);
  const unknown = asked.filter((name) => !names.includes(name));
  return unknown.map(
    (name) =>
      `${STACKS_VARIABLE} names ${JSON.stringify(name)}, which is no stack of this app. It has: ${names.join(", ")}.`,
  );
}

function observe(runner: RunnerSettings, objects: readonly DeclaredObject[]): Finding[] {
  if (objects.length === 0) return [];
  const declared = objects.map((object) => ({ Kind: object.kind, Settings: marked(object) }));
  const readings = runScript(
    runner,
    "Get-LyncDrift",
    textVariables("LYNC_OBJECTS", JSON.stringify({ Objects: declared })),
  );
  return objects.map((object, index) => finding(object, (readings as { Objects: Reading[] }).Objects[index]));
}

function finding(object: DeclaredObject, reading: Reading): Finding {
  const { kind, identity, path } = object;
  const notCompared = Object.keys(object.settings).filter((name) => isToken(object.settings[name]));
  return { kind, identity, path, found: reading.Found, differences: reading.Differences, notCompared };
}

/** The settings that are known, marked as they are on the way through Terraform. */
function marked(object: DeclaredObject): Record<string, string> {
  const known = Object.entries(object.settings).filter(([, value]) => value !== undefined && !isToken(value));
  return Object.fromEntries(known.map(([name, value]) => [name, `=${String(value)}`]));
}

function reapply({ seen, findings }: DriftReport, objects: DeclaredObjects): void {
  const reasons = new Map<LyncResource, string[]>();
  for (const each of findings) {
    const text = describe(each);
    const object = objects.find(each.kind, each.identity);
    if (text === undefined || !object) continue;
    const reason = object.list ? driftOfListed(each.identity, text) : text;
    const others = reasons.get(object.resource);
    if (others) others.push(reason);
    else reasons.set(object.resource, [reason]);
  }
  for (const [resource, texts] of reasons) resource.reapply(`${texts.join("\n")} (seen ${seen})`);
}

function writeReport(stack: TerraformStack, name: string, report: DriftReport): void {
  const folder = path.join(outputFolder(stack), "stacks", stack.node.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), JSON.stringify(report));
}

function describe(finding: Finding): string | undefined {
  if (!finding.found) return NOT_THERE;
  const rows = finding.differences.map(
    (each) => `${each.Property}: expected ${each.Declared}, actual ${each.Actual}`,
  );
  return rows.length > 0 ? rows.join("; ") : undefined;
}
