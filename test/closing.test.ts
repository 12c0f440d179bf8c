// A deploy that is killed while several of its objects are at work: the next one finishes all of them.
import { TerraformStack } from "cdktf";
import { AllowedDomain, FederationTest, LyncResourceType } from "../constructs";
import { Deployment } from "./support/deployment";
import { interrupt } from "./support/interruption";

const names = (count: number) => Array.from({ length: count }, (_, index) => `partner${index + 1}.com`);

/** Siblings, which Terraform applies side by side. */
const siblings = (count: number, comment?: string) => (stack: TerraformStack) => {
  for (const domain of names(count)) new AllowedDomain(stack, domain.split(".")[0], { domain, comment });
};

const domains = (to: Deployment) =>
  to.lync
    .state()
    .allowedDomains.map((each) => each.Identity)
    .sort();

test.each([
  [LyncResourceType.TERRAFORM_DATA, 2, "Before", 2],
  [LyncResourceType.TERRAFORM_DATA, 6, "Before", 2],
  [LyncResourceType.TERRAFORM_DATA, 6, "After", 4],
  [LyncResourceType.NULL_RESOURCE, 3, "Before", 2],
  [LyncResourceType.NULL_RESOURCE, 3, "After", 1],
] as const)("%s, %i siblings, killed %s cmdlet %i: the next deploy finishes all", async (...row) => {
  const [resourceType, count, place, nth] = row;
  const deployment = new Deployment(undefined, { resourceType });
  const build = siblings(count);
  await interrupt(deployment, (to, signal) => to.tryApply(build, signal), { what: "kill", place, nth });
  expect(domains(deployment).length).toBeLessThanOrEqual(nth);
  await deployment.apply(build);
  expect(domains(deployment)).toEqual(names(count));
  expect((await deployment.plan(build)).changes).toBe(false);
});

test("an edit of siblings that was killed is finished by the next deploy", async () => {
  const deployment = new Deployment();
  await deployment.apply(siblings(3));
  const edited = siblings(3, "Partner of the sales team");
  await interrupt(deployment, (to, signal) => to.tryApply(edited, signal), {
    what: "kill",
    place: "Before",
    nth: 2,
  });
  await deployment.apply(edited);
  const comments = deployment.lync.state().allowedDomains.map((each) => each.Comment);
  expect(comments).toEqual(Array(3).fill("Partner of the sales team"));
});

test("a test waits until all is as declared, and nothing runs where nothing has changed", async () => {
  const deployment = new Deployment();
  deployment.lync.change((state) => (state.accessEdgeConfiguration.AllowFederatedUsers = true));
  const build = (stack: TerraformStack) => {
    siblings(2)(stack);
    new FederationTest(stack, "Test", {
      targetFqdn: "accessproxy.contoso.com",
      domain: "partner1.com",
    });
  };
  await interrupt(deployment, (to, signal) => to.tryApply(build, signal), {
    what: "kill",
    place: "Before",
    nth: 2,
  });
  expect(deployment.lync.calls("Test-CsFederatedPartner")).toBe(0);
  const output = await deployment.apply(build);
  expect(deployment.lync.calls("Test-CsFederatedPartner")).toBe(1);
  expect(output).toMatch(
    /is not as declared: a deploy was interrupted[^]*All 2 objects are as declared; 1 of them only now/,
  );
  const calls = deployment.lync.calls("Get-CsAllowedDomain");
  await deployment.apply(build);
  expect(deployment.lync.calls("Get-CsAllowedDomain")).toBe(calls);
});

test("an object that fails at the end does not keep the others", async () => {
  const deployment = new Deployment();
  await interrupt(deployment, (to, signal) => to.tryApply(siblings(4), signal), {
    what: "kill",
    place: "Before",
    nth: 2,
  });
  const missing = 4 - domains(deployment).length;
  deployment.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "throwBefore", message: "no" });
  const result = await deployment.tryApply(siblings(4));
  expect(result.code).not.toBe(0);
  expect(result.stderr.replace(/\W+/g, " ")).toMatch(/New CsAllowedDomain failed no/);
  expect(4 - domains(deployment).length).toBeLessThan(missing);
  await deployment.apply(siblings(4));
  expect(domains(deployment)).toEqual(names(4));
});
