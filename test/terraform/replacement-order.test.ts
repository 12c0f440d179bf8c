// create_before_destroy, which Terraform forces on all that a resource depends on, and which then skips every removal.
import { Aspects, DataResource, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { AllowedDomain, LyncResourceType, LyncRunner, PushNotificationConfig } from "../../constructs";
import { messageOf, synthesize } from "../support/synth";

const FIRST = { createBeforeDestroy: true };

function build(more: (stack: TerraformStack, domain: AllowedDomain) => void) {
  return () =>
    synthesize((stack) => {
      LyncRunner.configure(stack, { resourceType: LyncResourceType.TERRAFORM_DATA });
      more(stack, new AllowedDomain(stack, "Domain", { domain: "fabrikam.com" }));
    });
}

test.each<[string, (stack: TerraformStack, domain: AllowedDomain) => void]>([
  [
    "by dependsOn",
    (stack, domain) => new DataResource(stack, "Switch", { dependsOn: [domain], lifecycle: FIRST }),
  ],
  [
    "by a reference, over a local value and another resource",
    (stack, domain) => {
      const local = new TerraformLocal(stack, "Id", `\${${domain.fqn}.id}`);
      const middle = new DataResource(stack, "Middle", { input: { value: local.asString } });
      new DataResource(stack, "Switch", { input: { value: middle.output }, lifecycle: FIRST });
    },
  ],
  [
    "with the lifecycle as an override",
    (stack, domain) =>
      new DataResource(stack, "Switch", { dependsOn: [domain] }).addOverride(
        "lifecycle.create_before_destroy",
        true,
      ),
  ],
  [
    "with an override of the stack",
    (stack, domain) => {
      new DataResource(stack, "Switch", { dependsOn: [domain] });
      stack.addOverride("resource.terraform_data.Switch.lifecycle.create_before_destroy", true);
    },
  ],
  [
    "with the lifecycle set by an Aspect",
    (stack, domain) => {
      const resource = new DataResource(stack, "Switch", { dependsOn: [domain] });
      Aspects.of(stack).add({ visit: (node) => void (node === resource && (resource.lifecycle = FIRST)) });
    },
  ],
])("a resource that is created first and depends on a construct is refused: %s", (_, more) => {
  const message = messageOf(build(more));
  expect(message).toContain('create_before_destroy of terraform_data.Switch at "test/Switch" is not allowed');
  expect(message).toContain("removes nothing from Lync Server that leaves the code");
});

test("a resource of the library that is created first is refused, the bookkeeping's included", () => {
  const message = messageOf(
    build((stack) => {
      new PushNotificationConfig(stack, "Push");
      Aspects.of(stack).add({
        visit(node) {
          if (TerraformResource.isTerraformResource(node)) node.lifecycle = FIRST;
        },
      });
    }),
  );
  for (const name of ["Domain", "Push", "LyncInventory", "LyncTeardown", "LyncPreflight"])
    expect(message).toContain(`create_before_destroy of terraform_data.${name} at "test/`);
});

test("a resource that is created first and depends on nothing of the library is none of its business", () => {
  const made = build((stack, domain) => {
    new DataResource(stack, "Own", { input: { text: "not terraform_data.Domain" }, lifecycle: FIRST });
    new DataResource(stack, "After", { dependsOn: [domain] });
  })();
  expect(made.resource.terraform_data.Own.lifecycle).toEqual({ create_before_destroy: true });
});
