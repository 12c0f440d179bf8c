// What an import prints, as an app would take it: transpiled, and run with the library of this project.
import * as cdktf from "cdktf";
import ts from "typescript";
import * as library from "../../constructs";
import { Build } from "./deployment";

/** The function that the printed text exports. */
export function importedFrom(text: string): Build {
  const { outputText, diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  if (diagnostics?.length) throw new Error(`${JSON.stringify(diagnostics[0].messageText)}\n${text}`);
  const modules: Record<string, unknown> = { cdktf, "../constructs": library };
  const exported: { lyncServer?: Build } = {};
  new Function("require", "exports", outputText)((name: string) => modules[name], exported);
  if (!exported.lyncServer) throw new Error(`It exports no lyncServer:\n${text}`);
  return exported.lyncServer;
}
