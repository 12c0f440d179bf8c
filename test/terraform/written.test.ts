// What the library's resources write is looked through once, and whatever else changes them still counts.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Aspects, TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import { AllowedDomain } from "../../constructs";
import { Configuration, synthesize } from "../support/synth";

const domain = (stack: TerraformStack, comment = "A remark") =>
  new AllowedDomain(stack, "Domain", { domain: "a.contoso.com", comment });
const resourceOf = (construct: AllowedDomain) => construct.node.defaultChild as TerraformResource;
const written = (build: (stack: TerraformStack) => void) =>
  synthesize(build).resource.null_resource.Domain as unknown as Record<string, unknown>;

test("an override of the stack reaches into a resource", () => {
  const { triggers, provisioner } = written((stack) => {
    domain(stack);
    stack.addOverride("resource.null_resource.Domain.triggers.More", "yes");
    stack.addOverride("resource.null_resource.Domain.provisioner.0.local-exec.quiet", true);
  });
  expect(triggers).toMatchObject({ Identity: "a.contoso.com", More: "yes" });
  expect(provisioner).toMatchObject([
    { "local-exec": { quiet: true, environment: { LYNC_MODULE: "Lync" } } },
  ]);
});

test("an override of the resource and an Aspect reach into it, a Token among them", () => {
  const { triggers, provisioner, lifecycle } = written((stack) => {
    const variable = new TerraformVariable(stack, "more", { type: "string" });
    const resource = resourceOf(domain(stack));
    resource.addOverride("triggers.More", variable.stringValue);
    Aspects.of(stack).add({
      visit(node) {
        if (node !== resource) return;
        resource.provisioners = resource.provisioners?.map((each) => ({ ...each, command: "other" }));
        resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
      },
    });
  });
  expect(triggers).toMatchObject({ Identity: "a.contoso.com", More: "${var.more}" });
  expect(provisioner).toMatchObject([
    { "local-exec": { command: "other", environment: { LYNC_KIND: "AllowedDomain" } } },
  ]);
  expect(lifecycle).toEqual({ ignore_changes: ['triggers["Drift"]'], prevent_destroy: true });
});

test("a resource tells what it writes without being part of a synthesis", () => {
  const stack = new TerraformStack(new App(), "test");
  const { resource } = resourceOf(domain(stack)).toTerraform() as Configuration;
  expect(JSON.parse(JSON.stringify(resource)).null_resource.Domain.triggers).toEqual({
    Cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain",
    Comment: "A remark",
    Identity: "a.contoso.com",
  });
});

test("without validation, two resources of one address are merged, as with every resource of CDKTF", () => {
  const outdir = mkdtempSync(join(tmpdir(), "merged-"));
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, "test");
  domain(stack);
  class Other extends TerraformResource {
    protected override synthesizeAttributes() {
      return { triggers: { Other: "yes" } };
    }
  }
  new Other(stack, "Other", { terraformResourceType: "null_resource" }).overrideLogicalId("Domain");
  app.synth();
  const text = readFileSync(join(outdir, "stacks", "test", "cdk.tf.json"), "utf8");
  rmSync(outdir, { recursive: true });
  expect((JSON.parse(text) as Configuration).resource.null_resource.Domain.triggers).toMatchObject({
    Identity: "a.contoso.com",
    Other: "yes",
  });
});
