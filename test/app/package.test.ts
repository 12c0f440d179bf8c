// The packages as others install them: built, packed, and used by strangers' projects of each kind, made of their README.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { App } from "cdktf";
import ts from "typescript";
import { PushNotificationStack } from "../../constructs";
import { environments } from "../../environments";
import { LIBRARIES, Library, packageFolder, packageName } from "../../package/manifest";
import { NullProvider, sharedNullProvider } from "../support/null-provider";
import { run } from "../support/run";
import { namedSamples } from "../support/samples";
import { SimulatedLync } from "../support/simulated-lync";
import { Stranger } from "../support/stranger";

const root = resolve(__dirname, "..", "..");
const strangers = new Map(LIBRARIES.map((library) => [library, new Stranger(library)]));
const strangerOf = (library: Library): Stranger => strangers.get(library) as Stranger;
const read = (...names: string[]): string => readFileSync(join(...names), "utf8");
let provider: NullProvider["env"];

beforeAll(async () => {
  provider = await sharedNullProvider();
  const { code, stderr } = await run("npm", ["run", "build"], { cwd: root });
  if (code !== 0) throw new Error(stderr);
  await Promise.all([...strangers.values()].map((each) => each.install()));
}, 240_000);

afterAll(() => {
  strangers.forEach((each) => each.remove());
});

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

/** A stack as Terraform reads it, with the names of CDKTF, without the version of the library and its use of white space. */
function stackIn(library: Library, project: string, name: string): string {
  const text = read(strangerOf(library).folder, project, "cdktf.out", "stacks", name, "cdk.tf.json");
  const { [library]: version } = JSON.parse(read(root, "package.json")).devDependencies;
  expect(text).toContain(`"version": "${version}"`);
  return JSON.stringify(JSON.parse(text.replace(`"version": "${version}"`, '"version": ""')), null, 2)
    .replaceAll(packageName(library), packageName("cdktf"))
    .replaceAll(`${library} deploy`, "cdktf deploy");
}

/** The names of what a stack makes on the server, and takes away again. */
function objectsIn(lync: SimulatedLync): string[] {
  const { hostingProviders, allowedDomains } = lync.state();
  return [...hostingProviders, ...allowedDomains].map((each) => each.Identity).sort();
}

/** Takes a synthesised stack to a simulated server and away again, with the package's commands; what was there in between. */
async function deployAndDestroy(library: Library, project: string, name: string): Promise<string[]> {
  const stranger = strangerOf(library);
  const lync = new SimulatedLync();
  const folder = join(stranger.folder, project);
  const run = (cwd: string, command: string, ...args: string[]) =>
    stranger.succeed(command, args, cwd, { ...lync.env, ...provider });
  const terraform = (...args: string[]) =>
    run(join(folder, "cdktf.out", "stacks", name), "terraform", ...args, "-no-color", "-input=false");

  await terraform("init");
  await run(folder, "npx", "lync-preflight", name);
  await terraform("apply", "-auto-approve");
  const objects = objectsIn(lync);
  const drift = await run(folder, "npx", "lync-drift", name);
  expect(drift.stdout).toMatch(new RegExp(`^${name}: 0 of [1-9] objects have drifted.$`, "m"));
  await terraform("plan", "-detailed-exitcode");
  await terraform("destroy", "-auto-approve");
  expect(objectsIn(lync)).toEqual([]);
  return objects;
}

test("the public API is what package/public.api.md says; npm run api writes it anew after a change on purpose", async () => {
  const args = ["api-extractor", "run", "--config", join("package", "api-extractor.json")];
  const { code, stdout, stderr } = await run("npx", args, { cwd: root });
  expect({ code, told: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, told: "" });
});

test("npm pack in the project's folder gives the library for CDKTF as well", async () => {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout } = await run("npm", args, { cwd: root });
  const [{ files, size }] = JSON.parse(stdout) as { files: { path: string }[]; size: number }[];
  const { main, types, bin, peerDependencies } = JSON.parse(read(root, "package.json"));
  const packed = files.map(({ path }) => path);
  expect(packed).toEqual(expect.arrayContaining([main, types, ...Object.values(bin)]));
  expect(packed.some((path) => /powershell\/Set-LyncObject\.ps1$/.test(path))).toBe(true);
  expect(peerDependencies).toEqual(JSON.parse(read(packageFolder("cdktf"), "package.json")).peerDependencies);
  expect(size).toBeLessThan(250_000);
});

describe.each(LIBRARIES)("with %s", (library) => {
  const stranger = strangerOf(library);
  const samples = () => Object.entries(namedSamples(read(stranger.installed, "README.md")));
  const json = (app: string) => ({ "cdktf.json": JSON.stringify({ language: "typescript", app }) });

  test("a project in TypeScript compiles strictly, libraries included, and runs", async () => {
    const typescript = samples().filter(([name]) => name.endsWith(".ts"));
    const names = ["main.ts", "own-stack.ts", "stack.test.ts", "snapshot.ts", "escape-hatch.ts"];
    expect(typescript.map(([name]) => name)).toEqual(names);
    const compilerOptions = { strict: true, skipLibCheck: false, module: "nodenext", target: "es2022" };
    const folder = stranger.write("typescript", {
      ...Object.fromEntries(typescript),
      ...json("node own-stack.js"),
      "tsconfig.json": JSON.stringify({ compilerOptions }),
    });
    await stranger.succeed("node", ["../node_modules/typescript/bin/tsc"], folder);
    for (const app of ["main", "escape-hatch", "own-stack"])
      await stranger.succeed("node", [`${app}.js`], folder);
    await stranger.succeed("node", ["--test", "stack.test.js"], folder);
  });

  test("projects in JavaScript, with CommonJS and with ES modules, have the same stack", async () => {
    for (const [project, name] of [
      ["commonjs", "main.js"],
      ["esm", "main.mjs"],
    ]) {
      const { [name]: app } = Object.fromEntries(samples());
      const folder = stranger.write(project, { [name]: app, ...json(`node ${name}`) });
      await stranger.succeed("node", [name], folder);
      expect(stackIn(library, project, "contoso")).toBe(stackIn(library, "typescript", "contoso"));
    }
  });

  test("the package holds nothing that points out of it, and no tests", () => {
    const { main, types, bin, exports, peerDependencies } = JSON.parse(
      read(stranger.installed, "package.json"),
    );
    const named = [main, types, ...Object.values<string>(bin), ...Object.values<string>(exports["."])];
    const files = filesOf(stranger.installed);
    const missing = [
      ...named.filter((each) => !existsSync(join(stranger.installed, each))),
      ...files.flatMap((file) => leadsNowhere(file, Object.keys(peerDependencies))),
    ];
    expect(missing).toEqual([]);
    expect(readdirSync(stranger.installed).sort()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "lib", "package.json"].sort(),
    );
    expect(files.filter((each) => /\.test\.|simulat/i.test(relative(stranger.installed, each)))).toEqual([]);
    expect(stranger.packedBytes).toBeLessThan(250_000);
  });

  test("its scripts lie where a bundle that lacks them is told to take them from", () => {
    const told = read(stranger.installed, "lib", "private", "terraform", "script-process.js");
    expect(told).toContain(`--external:${packageName(library)}`);
    expect(told).toContain('"powershell, which lies beside its index.js, to that place."');
    expect(existsSync(join(stranger.installed, "lib", "powershell", "Set-LyncObject.ps1"))).toBe(true);
  });

  test("the help of its commands names what a reader types", async () => {
    for (const name of ["lync-drift", "lync-import", "lync-preflight", "lync-review"]) {
      const { stdout } = await stranger.succeed("npx", [name, "--help"], stranger.folder);
      expect(stdout).toMatch(new RegExp(`^Usage: npx ${name} (ENVIRONMENT|PLAN|\\[options)`));
      expect(stdout).not.toContain("npm run");
    }
  });

  test("its commands look at the app of the folder that they are run in", async () => {
    const folder = join(stranger.folder, "esm");
    const { code, stderr } = await stranger.run("npx", ["lync-drift", "missing"], folder);
    expect(stderr).toContain('There is no environment "missing". The app has: contoso.');
    expect(code).toBe(1);
  });
});

test("the example of an app of CDK Terrain compiles strictly and has the stack of the README", async () => {
  const stranger = strangerOf("cdktn");
  const compilerOptions = { strict: true, skipLibCheck: false, module: "nodenext", target: "es2022" };
  const folder = stranger.write("example", {
    "main.ts": read(root, "examples", "cdktn", "main.ts"),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
  });
  await stranger.succeed("node", ["../node_modules/typescript/bin/tsc"], folder);
  await stranger.succeed("node", ["main.js"], folder);
  expect(stackIn("cdktn", "example", "contoso")).toBe(stackIn("cdktn", "commonjs", "contoso"));
});

test.each<[string, Library, string, string, string[]]>([
  ["a stack of constructs in TypeScript", "cdktf", "typescript", "own", ["LyncOnline", "push.lync.com"]],
  ["a stack of constructs in TypeScript", "cdktn", "typescript", "own", ["LyncOnline", "push.lync.com"]],
  [
    "a PushNotificationStack in JavaScript",
    "cdktn",
    "commonjs",
    "contoso",
    ["LyncOnline", "fabrikam.com", "push.lync.com"],
  ],
])("%s is deployed and destroyed with %s", async (_, library, project, name, objects) => {
  expect(await deployAndDestroy(library, project, name)).toEqual(objects);
});

test("an app of either library has the same stacks, and they are those of the source", async () => {
  for (const library of LIBRARIES) {
    const app = `
      const { App } = require("${library}");
      const { PushNotificationStack } = require("${packageName(library)}");
      const app = new App();
      for (const [name, description] of Object.entries(require("./index.js").environments))
        new PushNotificationStack(app, name, description);
      app.synth();`;
    const files = { ...environmentsWith(packageName(library)), "main.js": app };
    const folder = strangerOf(library).write("environments", files);
    await strangerOf(library).succeed("node", ["main.js"], folder);
  }
  process.chdir(strangerOf("cdktf").write("source", {}));
  const app = new App();
  for (const [name, description] of Object.entries(environments))
    new PushNotificationStack(app, name, description);
  app.synth();
  process.chdir(root);
  for (const name of Object.keys(environments)) {
    const stack = stackIn("cdktf", "environments", name);
    expect(stackIn("cdktf", "source", name)).toBe(stack);
    expect(stackIn("cdktn", "environments", name)).toBe(stack);
  }
});

/** The files of the environments in JavaScript, which take the library by this name. */
function environmentsWith(library: string): Record<string, string> {
  const names = readdirSync(join(root, "environments"));
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const compiled = (name: string) =>
    ts.transpile(
      read(root, "environments", name).replace('"../constructs"', JSON.stringify(library)),
      options,
    );
  return Object.fromEntries(names.map((name) => [name.replace(/ts$/, "js"), compiled(name)]));
}

test("in this project the help of the commands names its npm scripts", async () => {
  for (const name of ["drift", "import", "preflight", "review"]) {
    const command = join("constructs", "commands", `${name}.ts`);
    const { stdout } = await run("node", ["-r", "ts-node/register/transpile-only", command, "--help"], {
      cwd: root,
    });
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${name} -- (ENVIRONMENT|PLAN|\\[options)`));
  }
});

/** What a file of a package names that is neither in the package, nor a part of Node.js, nor one of its peers. */
function leadsNowhere(file: string, peers: readonly string[]): string[] {
  const code = /\.(?:js|d\.ts)$/.test(file);
  if (!code && !file.endsWith(".md")) return [];
  const text = read(file);
  const links = code
    ? /(?:\bfrom |\bimport\(|\brequire\(|^import )"([^"\n]+)"|\/\/# (sourceMappingURL)=/gm
    : /\]\((?!https?:)([^)#]+)[^)]*\)/g;
  const named = [...text.matchAll(links)].map(([, name, map]) => name ?? map);
  const there = (name: string): boolean =>
    peers.includes(name) ||
    (code && isBuiltin(name)) ||
    ["", ".js", ".d.ts", "/index.js"].some((ending) => existsSync(join(dirname(file), name) + ending));
  return named.filter((name) => !there(name)).map((name) => `${file}: ${name}`);
}
