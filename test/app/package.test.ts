// The package as others install it: built, packed, and used from a folder that has nothing of this project.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { RunResult, run } from "../support/run";

const root = resolve(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "package-"));
const installed = join(folder, "node_modules", "cdktf-lync-push-notifications");

afterAll(() => rmSync(folder, { recursive: true }));

async function succeed(command: string, args: string[], cwd: string): Promise<RunResult> {
  const result = await run(command, args, { cwd, env: { CDKTF_OUTDIR: undefined } });
  if (result.code !== 0) throw new Error(`${command} ${args.join(" ")}\n${result.stdout}${result.stderr}`);
  return result;
}

beforeAll(async () => {
  await succeed("npm", ["run", "build"], root);
  const { stdout } = await succeed("npm", ["pack", "--json", "--pack-destination", folder], root);
  mkdirSync(installed, { recursive: true });
  await succeed(
    "tar",
    ["-xzf", join(folder, JSON.parse(stdout)[0].filename), "--strip-components=1", "-C", installed],
    root,
  );
  // Its peers come from this project: what is shown here is the package, not the installation of others.
  for (const peer of ["cdktf", "constructs", "@cdktf/provider-null"]) {
    const link = join(folder, "node_modules", peer);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", peer), link, "junction");
  }
  const app = `
    const { App, TerraformStack } = require("cdktf");
    const { AllowedDomain } = require("cdktf-lync-push-notifications");
    const app = new App();
    new AllowedDomain(new TerraformStack(app, "own"), "Push", { domain: "push.lync.com" });
    app.synth();`;
  writeFileSync(join(folder, "app.js"), app);
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ language: "typescript", app: "node app.js" }));
});

test("a stack elsewhere synthesises with the packed library, its scripts included", async () => {
  await succeed("node", ["app.js"], folder);
  const stack = join(folder, "cdktf.out", "stacks", "own");
  const { resource } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8"));
  const { command } = resource.null_resource.Push.provisioner[0]["local-exec"];
  expect(existsSync(join(stack, command))).toBe(true);
});

test("the package has types and its commands, and no tests", () => {
  const { types, bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  expect(readFileSync(join(installed, types), "utf8")).toContain("AllowedDomain");
  for (const file of Object.values<string>(bin)) {
    expect(readFileSync(join(installed, file), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  }
  expect(readdirSync(installed).sort()).toEqual(["README.md", "dist", "package.json"]);
});

test("its commands look at the app of the folder that they are run in", async () => {
  const command = join(installed, "dist", "constructs", "commands", "drift.js");
  const { code, stderr } = await run("node", [command, "missing"], { cwd: folder });
  expect(stderr).toContain('There is no environment "missing". The app has: own.');
  expect(code).toBe(1);
});

test("their help names the command that the reader has: of the package here, of npm in the project", async () => {
  for (const name of ["drift", "preflight"]) {
    const command = join(installed, "dist", "constructs", "commands", `${name}.js`);
    const { stdout } = await succeed("node", [command, "--help"], folder);
    expect(stdout).toMatch(new RegExp(`^Usage: npx lync-${name} ENVIRONMENT`));
    expect(stdout).not.toContain("npm run");
    const own = join("constructs", "commands", `${name}.ts`);
    const project = await succeed("npx", ["ts-node", "--transpile-only", own, "--help"], root);
    expect(project.stdout).toMatch(new RegExp(`^Usage: npm run ${name} -- ENVIRONMENT`));
  }
});
