// Terraform used by hand beside cdktf: a stack as a module of another configuration, and a destroy of single objects.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { AllowedDomain, LyncResourceType, LyncRunner } from "../../constructs";
import { Deployment } from "../support/deployment";
import { run } from "../support/run";

const two = (stack: TerraformStack) => {
  new AllowedDomain(stack, "A", { domain: "fabrikam.com" });
  new AllowedDomain(stack, "B", { domain: "litwareinc.com" });
};
const oneLine = (text: string) => text.replace(/[│\s]+/g, " ");
const domains = ({ lync }: Deployment) =>
  lync
    .state()
    .allowedDomains.map(({ Identity }) => Identity)
    .sort();

test("a stack that is used as a module is refused by the plan, with the way it is meant to be used", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "module-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "lync");
  LyncRunner.configure(stack, { resourceType: LyncResourceType.TERRAFORM_DATA, preflight: false });
  new AllowedDomain(stack, "A", { domain: "fabrikam.com" });
  app.synth();
  const cwd = join(outdir, "root");
  mkdirSync(cwd);
  writeFileSync(join(cwd, "main.tf"), 'module "lync" {\n  source = "../stacks/lync"\n}\n');
  const terraform = (...words: string[]) =>
    run("terraform", [...words, "-no-color", "-input=false"], { cwd });
  expect((await terraform("init")).code).toBe(0);
  const { code, stderr } = await terraform("plan");
  const text = oneLine(stderr);
  rmSync(outdir, { recursive: true });
  expect(code).toBe(1);
  expect(text).toContain(
    "A stack of cdktf-lync-push-notifications cannot be a module of another configuration",
  );
  expect(text).toContain("Take the module block out and deploy the stack by itself.");
});

test("a destroy of single objects is stopped, since it would remove nothing, and the whole one works after it", async () => {
  const deployment = new Deployment(undefined, { ownProcesses: true });
  await deployment.apply(two);
  const before = deployment.state()?.resources.length;
  const stopped = async (...words: string[]) => {
    const { code, stderr } = await deployment.terraform(words);
    expect(code).toBe(1);
    expect(oneLine(stderr)).toContain(
      "ERROR: terraform destroy with -target would only forget the records of objects",
    );
    expect(oneLine(stderr)).toContain("take it out of the code and deploy");
  };
  await stopped("destroy", "-auto-approve", "-target=terraform_data.A");
  await stopped("apply", "-destroy", "-auto-approve", "-target", "terraform_data.B");
  expect(domains(deployment)).toEqual(["fabrikam.com", "litwareinc.com"]);
  expect(deployment.state()?.resources).toHaveLength(before ?? 0);
  await deployment.destroy(two);
  expect(domains(deployment)).toEqual([]);
  deployment.remove();
});

test("a deploy of a single object and of the closing step by their addresses goes on as before", async () => {
  const deployment = new Deployment(undefined, { ownProcesses: true });
  await deployment.apply(two);
  const closing = "terraform_data.LyncClosing";
  const { code } = await deployment.terraform([
    "apply",
    "-auto-approve",
    `-target=${closing}`,
    `-replace=${closing}`,
  ]);
  expect(code).toBe(0);
  deployment.remove();
});
