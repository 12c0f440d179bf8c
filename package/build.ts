// Builds the packages that are published, one for each library, from the one source: npm run build.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import ts from "typescript";
import { LIBRARIES, Library, manifest, packageFolder } from "./manifest";
import { exchangeNames } from "./names";

const root = resolve(__dirname, "..");
const source = join(root, "constructs");

for (const library of LIBRARIES) build(library, packageFolder(library));

// The project's folder is a package as well, that for CDKTF: its package.json names these files.
const own = join(root, "dist", "constructs");
rmSync(own, { recursive: true, force: true });
cpSync(join(packageFolder("cdktf"), "lib"), own, { recursive: true });

function build(library: Library, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  compile(library, join(folder, "lib"));
  cpSync(join(source, "powershell"), join(folder, "lib", "powershell"), { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(library), null, 2)}\n`);
  writeFileSync(join(folder, "README.md"), read(library, join(root, "package", "README.md")));
  for (const file of ["LICENSE", "CHANGELOG.md"])
    copyFileSync(join(root, file), join(folder, basename(file)));
}

/** A text of the project with the names of the library. */
function read(library: Library, file: string): string {
  const text = readFileSync(file, "utf8");
  return library === "cdktf" ? text : exchangeNames(text, relative(root, file));
}

/** The compiler sees the source with the names of the library, and so checks it against the types of that. */
function compile(library: Library, outDir: string): void {
  const { config } = ts.readConfigFile(join(root, "tsconfig.build.json"), ts.sys.readFile);
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, outDir });
  const { readFile } = host;
  host.readFile = (file) => (resolve(file).startsWith(source) ? read(library, file) : readFile(file));
  mkdirSync(outDir, { recursive: true });
  const program = ts.createProgram(fileNames, { ...options, outDir }, host);
  const problems = [...errors, ...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) throw new Error(`${library}:\n${ts.formatDiagnostics(problems, host)}`);
}
