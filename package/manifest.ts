// What the package.json of each published package says.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A library that an app can be written with. */
export type Library = "cdktf" | "cdktn";

/** What the constructs run with besides CDKTF, whose versions are in the project's package.json; of constructs, what CDK Terrain asks for. */
const CDK_TERRAIN = { cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" };

const ABOUT: Readonly<Record<Library, { readonly title: string; readonly keywords: readonly string[] }>> = {
  cdktf: { title: "CDKTF", keywords: ["cdktf"] },
  cdktn: { title: "CDK Terrain", keywords: ["cdktn", "cdk-terrain"] },
};

const root = join(__dirname, "..");

/** The libraries that there is a package for. */
export const LIBRARIES = Object.keys(ABOUT) as Library[];

export function packageName(library: Library): string {
  return `${library}-lync-push-notifications`;
}

/** The folder that a package is built into, to be given to `npm pack` and `npm publish`. */
export function packageFolder(library: Library): string {
  return join(root, "dist", packageName(library));
}

/** The manifest: version, licence and Node.js are those of the project. */
export function manifest(library: Library): object {
  const { version, license, engines, keywords, peerDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const { title, keywords: own } = ABOUT[library];
  return {
    name: packageName(library),
    version,
    description: `${title} constructs for push notifications of Lync Server 2013`,
    license,
    keywords: [...own, ...keywords],
    engines,
    main: "lib/index.js",
    types: "lib/index.d.ts",
    exports: {
      ".": { types: "./lib/index.d.ts", default: "./lib/index.js" },
      "./package.json": "./package.json",
    },
    bin: {
      "lync-drift": "lib/commands/drift.js",
      "lync-import": "lib/commands/import.js",
      "lync-preflight": "lib/commands/preflight.js",
      "lync-review": "lib/commands/review.js",
    },
    files: ["lib", "CHANGELOG.md"],
    peerDependencies: library === "cdktf" ? peerDependencies : CDK_TERRAIN,
  };
}
