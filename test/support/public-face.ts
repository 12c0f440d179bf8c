// The public face of the library as the compiler sees it: its names, their members, and what TSDoc says of them.
import { join, sep } from "node:path";
import * as ts from "typescript";

const home = join(__dirname, "..", "..", "constructs");

/** A public name, or a member of one. */
export interface PublicName {
  /** Such as `HostingProvider` or `HostingProvider.proxyFqdn`. */
  readonly name: string;
  readonly documentation: string;
  /** The texts of its tags by their names; `@example` without the at sign. */
  readonly tags: Readonly<Record<string, string>>;
  readonly optional: boolean;
  /** Whether nothing can set it. */
  readonly readonly: boolean;
}

/** A public name with its members. */
export interface PublicType extends PublicName {
  readonly kind: "class" | "interface" | "other";
  /** The classes that it is made of. */
  readonly bases: readonly string[];
  readonly members: readonly PublicName[];
  readonly statics: readonly PublicName[];
}

/** Every name that index.ts exports. */
export function publicFace(): PublicType[] {
  const index = join(home, "index.ts");
  const program = ts.createProgram([index], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    strict: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index) as ts.SourceFile;
  const module = checker.getSymbolAtLocation(source) as ts.Symbol;
  return checker.getExportsOfModule(module).map((each) => {
    const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    return typeOf(checker, symbol);
  });
}

function typeOf(checker: ts.TypeChecker, symbol: ts.Symbol): PublicType {
  const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
  const isInterface = (symbol.flags & ts.SymbolFlags.Interface) !== 0;
  const members = (type: ts.Type) => type.getProperties().filter(isOwn).map(named(checker, symbol.name));
  const value = symbol.valueDeclaration && checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration);
  const instance = checker.getDeclaredTypeOfSymbol(symbol);
  return {
    ...named(checker)(symbol),
    kind: isClass ? "class" : isInterface ? "interface" : "other",
    bases: basesOf(checker, instance),
    members: isClass || isInterface ? members(instance) : [],
    statics: value ? members(value) : [],
  };
}

function basesOf(checker: ts.TypeChecker, type: ts.Type): string[] {
  if (!type.isClass()) return [];
  return checker.getBaseTypes(type).flatMap((base) => [base.symbol.name, ...basesOf(checker, base)]);
}

/** Declared by this library, and public. */
function isOwn(symbol: ts.Symbol): boolean {
  const [declaration] = symbol.declarations ?? [];
  if (!declaration?.getSourceFile().fileName.startsWith(home.split(sep).join("/"))) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (ts.getCombinedModifierFlags(declaration) & hidden) === 0 && symbol.name !== "prototype";
}

function named(checker: ts.TypeChecker, owner = "") {
  return (symbol: ts.Symbol): PublicName => {
    const tags = symbol.getJsDocTags(checker);
    const declarations = symbol.declarations ?? [];
    const isReadonly = (each: ts.Declaration) =>
      ts.isGetAccessor(each) ||
      ts.isMethodDeclaration(each) ||
      (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Readonly) !== 0;
    return {
      name: owner ? `${owner}.${symbol.name}` : symbol.name,
      documentation: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      tags: Object.fromEntries(tags.map((tag) => [tag.name, ts.displayPartsToString(tag.text)])),
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      readonly: declarations.length > 0 && declarations.every(isReadonly),
    };
  };
}

/** The last part of a member's name. */
export function shortName({ name }: PublicName): string {
  return name.slice(name.indexOf(".") + 1);
}
