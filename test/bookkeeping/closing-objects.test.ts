// What the closing check gets of each object: a text where all of it is known at synthesis, and else a reference to what
// Terraform has.
import { TerraformStack, TerraformVariable } from "cdktf";
import { AllowedDomain, HostingProvider, LyncResourceType, LyncRunner } from "../../constructs";
import { NullResource } from "../../constructs/private/terraform/null-resource";
import { synthesize } from "../support/synth";

type Change = (child: NullResource, stack: TerraformStack, name: string) => void;

const unchanged: Change = () => {};
const CHANGES: [string, Change][] = [
  ["the resource", (child) => child.addOverride("triggers.Comment", "other")],
  ["the stack", (_, stack, name) => stack.addOverride(`${name}.Comment`, "other")],
  ["what Terraform ignores", (child) => (child.lifecycle = { ignoreChanges: "all" })],
];

/** The objects of a stack with three of them; of the second one something is changed. */
function objects(type: LyncResourceType, change: Change, comment = 'a "remark" $${x}, ${y}'): unknown[] {
  const { locals } = synthesize((stack) => {
    LyncRunner.configure(stack, { resourceType: type });
    new AllowedDomain(stack, "A", { domain: "a.contoso.com", comment });
    const second = new AllowedDomain(stack, "B", { domain: "b.contoso.com", comment: "remark" });
    new AllowedDomain(stack, "C", { domain: "c.contoso.com" });
    const name = type === LyncResourceType.NULL_RESOURCE ? "resource.null_resource.B.triggers" : "locals.B";
    change(second.node.defaultChild as NullResource, stack, name);
  });
  return locals.LyncClosing.Objects as unknown as unknown[];
}

describe.each(Object.values(LyncResourceType))("%s", (type) => {
  test("what is known is one text", () => {
    const [text, ...others] = objects(type, unchanged) as string[];
    expect(others).toEqual([]);
    expect(JSON.parse(`[${text}]`).map((each: { Settings: unknown }) => each.Settings)).toEqual([
      { Identity: ":a.contoso.com", Comment: ':a "remark" $$${x}, $${y}' },
      { Identity: ":b.contoso.com", Comment: ":remark" },
      { Identity: ":c.contoso.com" },
    ]);
  });

  test.each(CHANGES)("an object counts as Terraform has it where %s is overridden", (_, change) => {
    const rows = objects(type, change).filter((each) => typeof each !== "string");
    expect(JSON.stringify(rows)).toMatch(/(null_resource|terraform_data)\.B\.trigger/);
  });
});

test("an object counts as Terraform has it where its triggers were given anew", () => {
  const change: Change = (child) => (child.triggers = { Identity: "b.contoso.com" });
  const [before, row, after] = objects(LyncResourceType.NULL_RESOURCE, change);
  expect([typeof before, typeof row, typeof after]).toEqual(["string", "object", "string"]);
});

test("a value that only Terraform knows, and a claim, are references", () => {
  const { locals } = synthesize((stack) => {
    const variable = new TerraformVariable(stack, "remark", { type: "string" });
    new AllowedDomain(stack, "A", { domain: "a.contoso.com", comment: variable.stringValue });
    new HostingProvider(stack, "P", { identity: "P", proxyFqdn: "sip.contoso.com" });
  });
  expect(locals.LyncClosing.Objects).toEqual([
    expect.objectContaining({ Settings: expect.stringContaining("null_resource.A.triggers") }),
    expect.objectContaining({ Claim: "${terraform_data.P_Claim.id}" }),
  ]);
});
