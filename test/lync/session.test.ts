// The settings of a remote session: what is refused at synthesis, and what arrives at the scripts.
import { App, TerraformStack } from "cdktf";
import { AllowedDomain, LyncProduct, LyncRunner, LyncRunnerProps } from "../../constructs";
import { messageOf, synthesize } from "../support/synth";

const POOL = "https://pool01.contoso.com/OcsPowerShell";
const configured = (props: unknown) => (stack: TerraformStack) => {
  LyncRunner.configure(stack, props as LyncRunnerProps);
  new AllowedDomain(stack, "X", { domain: "push.lync.com" });
};
const build = (session: unknown, others: object = {}) =>
  configured({ session, ...others })(new TerraformStack(new App(), "test"));
const refusal = (session: unknown, others: object = {}) => messageOf(() => build(session, others));
const variables = (props?: LyncRunnerProps) =>
  synthesize(configured(props ?? {})).resource.terraform_data.LyncTeardown.provisioner[0]["local-exec"]
    .environment;

test("the scripts get the pools in their order and the way to sign in; without a session both are empty", () => {
  const second = POOL.replace("01", "02");
  expect(variables({ session: { connectionUri: [POOL, second], authentication: "Kerberos" } })).toMatchObject(
    {
      LYNC_SESSION_URI: `${POOL} ${second}`,
      LYNC_SESSION_AUTHENTICATION: "Kerberos",
    },
  );
  expect(variables({ session: { connectionUri: POOL } }).LYNC_SESSION_AUTHENTICATION).toBe("Default");
  expect(variables()).toMatchObject({ LYNC_SESSION_URI: "", LYNC_SESSION_AUTHENTICATION: "" });
});

test.each([
  ["a port", "https://pool01.contoso.com:4443/OcsPowerShell"],
  ["another case", "HTTPS://POOL01.contoso.com/ocspowershell"],
])("an address with %s is taken", (_, connectionUri) => {
  expect(() => build({ connectionUri })).not.toThrow();
});

const PLACE = "session.connectionUri";
test.each([
  ["http", POOL.replace("https", "http"), "does not begin with https"],
  ["no scheme", "pool01.contoso.com/OcsPowerShell", "is no address. Allowed: "],
  ["an IP address", "https://192.0.2.1/OcsPowerShell", '"192.0.2.1" is an IP address.'],
  ["a single label", "https://pool01/OcsPowerShell", '"pool01" is a single label.'],
  ["another path", "https://pool01.contoso.com/PowerShell", `Did you mean "${POOL}"?`],
  ["no path", "https://pool01.contoso.com", `Did you mean "${POOL}"?`],
  ["a slash at its end", `${POOL}/`, `Did you mean "${POOL}"?`],
  ["a port that is none", "https://pool01.contoso.com:70000/OcsPowerShell", "has the port 70000."],
  ["a list that is empty", [], "is an empty list."],
  ["a list with one twice", [POOL, POOL.toUpperCase()], "is there twice."],
  ["a number", 5, "5 is not text."],
  ["nothing", undefined, "is missing, and it has no default."],
])("an address with %s is refused", (_, connectionUri, message) => {
  const text = refusal({ connectionUri });
  expect(text).toContain(`${PLACE}: `);
  expect(text).toContain(message);
});

test.each([
  ["in the address", { connectionUri: "https://lync:hunter2@pool01.contoso.com/OcsPowerShell" }],
  ["in an address that is none", { connectionUri: "lync:hunter2@pool01.contoso.com" }],
  ["in the query", { connectionUri: `${POOL}?password=hunter2` }],
  ["as a property", { connectionUri: POOL, password: "hunter2" }],
  ["as a credential", { connectionUri: POOL, credential: { user: "lync", password: "hunter2" } }],
  ["in the place of the group", "https://lync:hunter2@pool01.contoso.com/OcsPowerShell"],
])("a password %s is refused, and not shown", (_, session) => {
  const text = refusal(session);
  expect(text).not.toBe("");
  expect(text).not.toContain("hunter2");
});

test("who writes a credential into the code reads where it belongs", () => {
  const text = refusal({ connectionUri: POOL, userName: "lync" });
  expect(text).toContain("session.userName: is no setting, and its value is not shown here.");
  expect(text).toContain("Set LYNC_SESSION_USER and LYNC_SESSION_PASSWORD in the environment of the deploy");
});

test.each([
  ["Basic", "sends the password itself"],
  ["CredSSP", "leaves the password on the pool"],
  ["Digest", "rests on MD5"],
  ["kerberos", 'Did you mean "Kerberos"?'],
])("to sign in by %s is refused", (authentication, reason) => {
  const text = refusal({ connectionUri: POOL, authentication });
  expect(text).toContain(`session.authentication: "${authentication}" `);
  expect(text).toContain(reason);
});

test("a module beside a session is refused, a product is not", () => {
  expect(refusal({ connectionUri: POOL }, { module: "Lync" })).toContain("Leave one of the two out.");
  const product = LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019;
  expect(() => build({ connectionUri: POOL }, { product })).not.toThrow();
});

test("two sessions for one stack are refused, and two that are the same are not", () => {
  const twice = (other: string) => () => {
    const stack = new TerraformStack(new App(), "test");
    LyncRunner.configure(stack, { session: { connectionUri: POOL } });
    LyncRunner.configure(stack, { session: { connectionUri: [other], authentication: "Default" } });
  };
  expect(twice(POOL)).not.toThrow();
  expect(messageOf(twice(POOL.replace("01", "02")))).toContain("session: ");
});
