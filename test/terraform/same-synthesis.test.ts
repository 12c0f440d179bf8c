// A synthesis is the same in every folder, and the local state that it names is found from wherever the output lies.
import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { App, TerraformOutput, Testing } from "cdktf";
import { LyncResourceType, PushNotificationStack, PushNotificationStackProps } from "../../constructs";
import { run } from "../support/run";

const home = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "same-")));
const description: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.contoso.com",
  runner: { resourceType: LyncResourceType.TERRAFORM_DATA },
  allowedDomains: [{ domain: "fabrikam.com", comment: "two\nlines" }],
  tests: { reportDirectory: "reports" },
};

afterEach(() => process.chdir(home));
afterAll(() => rmSync(folder, { recursive: true }));

/** The folder, made and gone to. */
function enter(...names: string[]): string {
  const path = join(folder, ...names);
  mkdirSync(path, { recursive: true });
  process.chdir(path);
  return path;
}

function synthesise(outdir?: string): string {
  const app = new App({ outdir });
  const production = new PushNotificationStack(app, "production", description);
  new TerraformOutput(production, "Edge", { value: description.accessEdgeFqdn });
  new PushNotificationStack(app, "staging", { ...description, backend: { type: "local", path: "states/s" } });
  app.synth();
  return resolve(app.outdir, "stacks", "production");
}

function filesIn(path: string): Record<string, string> {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const files = entries.map((each) => join(each.parentPath, each.name)).sort();
  return Object.fromEntries(files.map((file) => [relative(path, file), readFileSync(file, "utf8")]));
}

const terraform = (cwd: string, ...words: string[]) =>
  run("terraform", [...words, "-no-color", "-input=false"], { cwd, env: { CHECKPOINT_DISABLE: "1" } });

/** Has Terraform write the state with the stack's output, and run nothing. */
async function writeState(cwd: string): Promise<void> {
  const { code, stderr } = await terraform(cwd, "apply", "-auto-approve", "-refresh-only");
  expect([code, stderr.replace(/There are some problems with the CLI[\s\S]*/, "")]).toEqual([0, ""]);
}

test("two folders give the same output, file by file", () => {
  const outputs = [["one"], ["two", "deeper", "app"]].map((names) => {
    const path = enter(...names);
    synthesise();
    return filesIn(join(path, "cdktf.out"));
  });
  expect(outputs[1]).toEqual(outputs[0]);
  const all = JSON.stringify(outputs[0]);
  for (const absolute of [folder, home, tmpdir()]) expect(all).not.toContain(absolute);
});

test("a system that lists its folders in another order gives the same output", async () => {
  const inOrder = async (names: string[]) => {
    const path = enter(...names);
    await jest.isolateModulesAsync(async () => {
      const cdktf = await import("cdktf");
      const library = await import("../../constructs");
      const app = new cdktf.App();
      new library.PushNotificationStack(app, "production", description);
      app.synth();
    });
    return filesIn(join(path, "cdktf.out", "stacks"));
  };
  const one = await inOrder(["order"]);
  const read = fs.readdirSync;
  const spy = jest
    .spyOn(fs, "readdirSync")
    .mockImplementation(((...args: Parameters<typeof read>) => [...read(...args)].reverse()) as typeof read);
  const other = await inOrder(["disorder"]);
  spy.mockRestore();
  expect(Object.keys(other).sort()).toEqual(Object.keys(one).sort());
  expect(other).toEqual(one);
});

test("a snapshot of a stack is the same in two folders", () => {
  const snapshot = () => Testing.synth(new PushNotificationStack(Testing.app(), "staging", description));
  enter("here");
  const one = snapshot();
  enter("elsewhere", "deeper");
  expect(snapshot()).toBe(one);
});

test.each<[string, (app: string) => string | undefined]>([
  ["in the app's folder", () => undefined],
  ["deeper in it", () => join("build", "out")],
  ["somewhere else", () => join(folder, "elsewhere-out")],
  [
    "where a link leads to",
    (app) => {
      mkdirSync(join(folder, "far", "away"), { recursive: true });
      symlinkSync(join(folder, "far", "away"), join(app, "link"), "junction");
      return "link";
    },
  ],
])("Terraform finds the state beside cdktf.json where the output is %s", async (title, outdirOf) => {
  const app = enter(title);
  const outdir = outdirOf(app);
  if (outdir) mkdirSync(outdir, { recursive: true });
  const stack = synthesise(outdir);
  expect((await terraform(stack, "init")).code).toBe(0);
  await writeState(stack);
  expect(existsSync(join(app, "terraform.production.tfstate"))).toBe(true);
});

test("a folder that knows the absolute path of an earlier version goes on with its state after --migrate-state", async () => {
  const app = enter("upgrade");
  const stack = synthesise();
  const file = join(stack, "cdk.tf.json");
  const now = readFileSync(file, "utf8");
  writeFileSync(file, now.replace(/"path": "[./]*terraform/, `"path": "${app}/terraform`));
  expect((await terraform(stack, "init")).code).toBe(0);
  await writeState(stack);
  const before = readFileSync(join(app, "terraform.production.tfstate"), "utf8");

  writeFileSync(file, now);
  expect((await terraform(stack, "init")).stderr).toContain("Backend configuration changed");
  expect((await terraform(stack, "init", "-migrate-state")).code).toBe(0);
  const plan = await terraform(stack, "plan", "-detailed-exitcode", "-refresh-only");
  expect(plan.code).toBe(0);
  expect(readFileSync(join(app, "terraform.production.tfstate"), "utf8")).toBe(before);
});
