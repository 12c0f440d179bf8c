// Ids of constructs become names in Terraform: one that gives none, or another's, is refused, so that nothing is lost.
import { Construct } from "constructs";
import { DataResource, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Resource as NullResource } from "@cdktf/provider-null/lib/resource";
import {
  AllowedDomain,
  FederatedPartner,
  FederationTest,
  LyncResourceType,
  LyncRunner,
} from "../../constructs";
import { messageOf, synthesize } from "../support/synth";

const domain = (scope: Construct, id: string, name = "a.com") =>
  new AllowedDomain(scope, id, { domain: name });
const OWN_NAMES = [
  "LyncServer",
  "LyncInventory",
  "LyncTeardown",
  "LyncPreflight",
  "LyncClosing",
  "LyncDestroyCheck",
];
const refusal = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthesize((stack) => void build(stack)));

test.each([
  ["1st", "1st"],
  ["-x", "-x"],
  ["日本", ""],
  ["!!", ""],
  ["Default", ""],
])("the id %j is refused, together with all else that is wrong", (id, name) => {
  const message = refusal((stack) => domain(stack, id, "no domain"));
  expect(message).toContain(
    `id: "test/${id}" gives the Terraform name "${name}". Allowed: a name that begins with`,
  );
  expect(message).toContain('Begin the id with a letter, as in "Domain1".');
  expect(message).toContain('domain: "no domain"');
});

test.each(["A", "_x", "push.lync.com", "Kontakt: München"])("the id %j is taken", (id) => {
  expect(Object.keys(synthesize((stack) => void domain(stack, id)).resource.null_resource)).toHaveLength(1);
});

test("what comes first on the way to a construct counts, not its own id", () => {
  const names = (id: string) => (stack: TerraformStack) => domain(new Construct(stack, id), "1");
  const [name] = Object.keys(synthesize(names("Domains")).resource.null_resource);
  expect(name).toMatch(/^Domains_1_[0-9A-F]{8}$/);
  expect(refusal(names("1"))).toContain('gives the Terraform name "1_');
});

test("of two ids that differ only in what CDKTF drops the second is refused, since one of the two would be lost", () => {
  const message = refusal((stack) => {
    domain(stack, "push.lync.com", "push.lync.com");
    new FederationTest(stack, "pushlynccom", { targetFqdn: "edge.contoso.com", domain: "push.lync.com" });
  });
  expect(message).toContain(
    'FederationTest at "test/pushlynccom"\n  - id: "test/pushlynccom" gives the Terraform name "pushlynccom", which ' +
      '"test/push.lync.com" has.',
  );
  expect(message).toContain("Give one of the two another id.");
});

test("the names of the library's own resources are taken, with either type of resource", () => {
  for (const id of OWN_NAMES) {
    expect(refusal((stack) => domain(stack, id))).toContain(
      `gives the Terraform name "${id}", which the library itself has`,
    );
  }
  const message = refusal((stack) => {
    LyncRunner.configure(stack, { resourceType: LyncResourceType.TERRAFORM_DATA });
    new FederatedPartner(stack, "X", { domain: "a.com", proxyFqdn: "sip.a.com" });
    domain(stack, "X_Claim");
  });
  expect(message).toContain('gives the Terraform name "X_Claim", which "test/X" has.');
});

const elements: Record<string, (stack: TerraformStack, id: string) => unknown> = {
  "a variable": (stack, id) => new TerraformVariable(stack, id, { default: "x" }),
  "an output": (stack, id) => new TerraformOutput(stack, id, { value: "x" }),
  "a local value": (stack, id) => new TerraformLocal(stack, id, "x"),
  "a null_resource": (stack, id) => new NullResource(stack, id),
  "a terraform_data": (stack, id) => new DataResource(stack, id),
  "a construct of others": (stack, id) => new Construct(stack, id),
  "a local value of that name by an override": (stack, id) =>
    new TerraformLocal(stack, "Other", "x").overrideLogicalId(id),
  "a terraform_data deeper in the tree": (stack, id) => new DataResource(new Construct(stack, "Default"), id),
};

test.each(Object.keys(elements))("%s with a name of the library's own is refused, first or last", (name) => {
  for (const id of OWN_NAMES) {
    for (const first of [true, false]) {
      const message = refusal((stack) => {
        if (first) elements[name](stack, id);
        domain(stack, "Domain");
        if (!first) elements[name](stack, id);
      });
      expect(message).toContain("has a name that is this library's own. Allowed: any but LyncServer, Lync");
    }
  }
});

test("a stack without a construct of this library may use all names", () => {
  const made = synthesize((stack) => OWN_NAMES.forEach((id) => new TerraformLocal(stack, id, "x")));
  expect(Object.keys(made.locals).sort()).toEqual([...OWN_NAMES].sort());
});
