// A value that may be sensitive stands in no line of a deploy, also where it fails and Terraform prints all of them.
import { TerraformStack, TerraformVariable } from "cdktf";
import { AllowedDomain, FederationTest, HostingProvider, LyncResourceType } from "../../constructs";
import { Deployment } from "../support/deployment";
import { Fault } from "../support/simulated-lync";

const SECRET = 'call "425-555-0100"\nafter hours';
const OLD = "call 425-555-0199";
const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

function deployment(resourceType: LyncResourceType = LyncResourceType.TERRAFORM_DATA): Deployment {
  const to = new Deployment(undefined, { resourceType, runner: { preflight: false } });
  deployments.push(to);
  return to;
}

const commented =
  (value: string, sensitive = true) =>
  (stack: TerraformStack): void => {
    const comment = new TerraformVariable(stack, "comment", { type: "string", sensitive, default: value });
    new AllowedDomain(stack, "Domain", { domain: "fabrikam.com", comment: `Sales: ${comment.stringValue}` });
  };

async function failure(to: Deployment, value: string, fault: Omit<Fault, "kind">): Promise<string> {
  to.lync.fault({ kind: "throwBefore", ...fault });
  const { code, stdout, stderr } = await to.tryApply(commented(value));
  expect(code).toBe(1);
  to.lync.change((state) => (state.faults = []));
  return stdout + stderr;
}

test.each([LyncResourceType.TERRAFORM_DATA, LyncResourceType.NULL_RESOURCE])(
  "with %s neither the declared value nor the one that it replaces is shown, and the error still tells all else",
  async (resourceType) => {
    const to = deployment(resourceType);
    const created = await failure(to, OLD, {
      cmdlet: "New-CsAllowedDomain",
      message: `"Sales: ${OLD}" is too long`,
    });
    expect(created).not.toContain("425-555");
    expect(created).toContain("Comment: expected (not shown: it may be sensitive), actual (none)");
    expect(created.replace(/[\s│]+/g, " ")).toContain(
      'New-CsAllowedDomain failed: "(not shown)" is too long',
    );
    await to.apply(commented(OLD));
    const edited = await failure(to, SECRET, { cmdlet: "Set-CsAllowedDomain" });
    expect(edited).not.toContain("425-555");
    expect(edited).toContain(
      '> Set-CsAllowedDomain -Identity "fabrikam.com" -Comment (not shown: it may be sensitive)',
    );
    await to.apply(commented(SECRET));
    expect(to.lync.state().allowedDomains).toContainEqual(
      expect.objectContaining({ Comment: `Sales: ${SECRET}` }),
    );
  },
);

test("the step that finishes an interrupted deploy, a claim and a test show none either", async () => {
  const to = deployment();
  const host = "secret-edge.contoso.com";
  const build = (stack: TerraformStack): void => {
    const name = new TerraformVariable(stack, "host", { type: "string", sensitive: true, default: host });
    new HostingProvider(stack, "Provider", { identity: "LyncOnline", proxyFqdn: name.stringValue });
    new FederationTest(stack, "Test", { targetFqdn: name.stringValue, domain: "push.lync.com" });
    new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
  };
  to.lync.fault({ cmdlet: "Get-CsHostingProvider", kind: "throwBefore", nth: 2, message: `no ${host}` });
  const { code, stdout, stderr } = await to.tryApply(build);
  expect([code, (stdout + stderr).includes(host)]).toEqual([1, false]);
  const tested = await to.tryApply(build);
  expect(tested.code).toBe(1); // the simulated Edge has another name
  expect(tested.stderr).toContain("did not succeed");
  expect(tested.stdout + tested.stderr).not.toContain(host);
});

test("a variable that is not sensitive is shown like any other value", async () => {
  const to = deployment();
  expect(await to.apply(commented("open all day", false))).toContain('-Comment "Sales: open all day"');
});
