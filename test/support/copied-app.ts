// The app of this project in another folder: for what edits its code, or leaves something beside it.
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { CACHE } from "./cache";
import { compile } from "./compile";

const PROJECT = resolve(__dirname, "..", "..");
const APP_FILES = ["main.ts", "cdktf.json", "environments", "constructs"];

function copyApp(folder: string): void {
  for (const each of APP_FILES) cpSync(join(PROJECT, each), join(folder, each), { recursive: true });
}

/**
 * Copies the app to a folder below the project's, where node_modules is found, with the library compiled, once for all the programs
 * that load it; but for the commands, which scripts start by name.
 */
export function copyCompiledApp(folder: string): void {
  copyApp(folder);
  const library = join(folder, "constructs");
  compile(library, library, ["commands"]);
}

/** A new folder with the app as it is. */
export function copiedApp(name: string): string {
  const folder = newFolder(name);
  copyApp(folder);
  return folder;
}

/** A new folder with the compiled app and its npm scripts. */
export function compiledApp(name: string): string {
  const folder = newFolder(name);
  copyCompiledApp(folder);
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(PROJECT, file), join(folder, file));
  return folder;
}

function newFolder(name: string): string {
  mkdirSync(CACHE, { recursive: true });
  return mkdtempSync(join(CACHE, `${name}-`));
}
