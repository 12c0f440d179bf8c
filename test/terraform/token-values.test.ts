// Values that only Terraform knows: what they turn out to be is judged before anything of their object is changed.
import { TerraformVariable, Token } from "cdktf";
import { AllowedDomain, HostingProvider } from "../../constructs";
import { Build, Deployment } from "../support/deployment";

const deployments: Deployment[] = [];
function deployment(): Deployment {
  const made = new Deployment(undefined, { runner: { preflight: false } });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

/** The error output in one line, without the frame that terraform draws. */
const flat = (text: string) => text.replace(/[│╵╷]/g, "").replace(/\s+/g, " ");

test("a Token that is null is not declared", async () => {
  const to = deployment();
  await to.apply((stack) => {
    const type = { type: "string", default: Token.nullValue(), nullable: true };
    const comment = new TerraformVariable(stack, "comment", type).stringValue;
    new AllowedDomain(stack, "D", { domain: "a.com", comment, markForMonitoring: true });
  });
  expect(to.lync.state().allowedDomains).toEqual([
    expect.objectContaining({ Identity: "a.com", Comment: null, MarkForMonitoring: true }),
  ]);
});

test("Tokens of the wrong kind fail with all properties, their values and what is allowed, before a change", async () => {
  const to = deployment();
  const { code, stderr } = await to.tryApply((stack) => {
    const value = (name: string, text: string) =>
      Token.asAny(new TerraformVariable(stack, name, { type: "string", default: text }).stringValue);
    new HostingProvider(stack, "P", {
      identity: "P",
      proxyFqdn: "sip.p.com",
      enabled: value("enabled", "yes"),
      verificationLevel: value("level", "Verified") as never,
      sipClientPort: new TerraformVariable(stack, "port", { type: "number", default: 443.5 }).numberValue,
    });
  });
  expect(code).toBe(1);
  expect(flat(stderr)).toContain('HostingProvider "P" has values that cannot be right');
  expect(flat(stderr)).toContain('Enabled: "yes" is not allowed. Allowed: true, false.');
  expect(flat(stderr)).toContain('SipClientPort: "443.5" is not allowed. Allowed: whole numbers');
  expect(flat(stderr)).toContain('VerificationLevel: "Verified" is not allowed. Allowed: AlwaysVerifiable,');
  expect(to.lync.log()).toEqual([]);
});

test("a list where one value is allowed fails the plan with the object and the property", async () => {
  const to = deployment();
  const build: Build = (stack) => {
    const list = new TerraformVariable(stack, "list", { type: "list(string)", default: ["a"] });
    new AllowedDomain(stack, "D", { domain: "a.com", comment: Token.asString(list.value) });
  };
  await expect(to.plan(build)).rejects.toThrow(/AllowedDomain "a\.com": Comment is a list or a\s+map/);
});
