// Secrets that terraform's environment holds stay there: a deploy, its failures and its reports show none of them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AccessEdgeConfig, AllowedDomain, FederationTest, HostingProvider } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { run, RunResult } from "../support/run";

const CANARY = "c4n4ry-0f-4-s3cr3t";
const SECRETS = [
  "ARM_ACCESS_KEY",
  "ARM_CLIENT_SECRET",
  "AWS_SECRET_ACCESS_KEY",
  "CONSUL_HTTP_TOKEN",
  "GITHUB_TOKEN",
  "PG_CONN_STR",
  "PGPASSWORD",
  "TF_HTTP_PASSWORD",
  "TF_TOKEN_app_terraform_io",
];

const before = { ...process.env };
beforeAll(() => {
  for (const name of SECRETS) process.env[name] = `${CANARY} ${name}`;
  delete process.env.TF_LOG;
});
afterAll(() => {
  for (const name of [...SECRETS, "TF_LOG"]) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

/** Every file below the folder that holds the text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

test("a secret of the environment is in no output, plan, state, report or synthesised file, also when things fail", async () => {
  const to = new Deployment(undefined, { runner: { timeoutSeconds: 5 }, ownProcesses: true });
  const procedure: Build = (stack) => {
    const { proxyFqdn } = new HostingProvider(stack, "P", { identity: "P", proxyFqdn: "sip.p.com" });
    new AllowedDomain(stack, "Domain", { domain: "push.lync.com", comment: "marked" });
    new AccessEdgeConfig(stack, "Edge");
    const target = { targetFqdn: "accessproxy.contoso.com", domain: "push.lync.com", proxyFqdn };
    new FederationTest(stack, "Test", { ...target, reportDirectory: join(to.folder, "reports") });
  };
  const cwd = join(to.folder, "stacks", "test");
  const outputs: RunResult[] = [];
  const deploy = async () => outputs.push(await to.tryApply(procedure));

  to.lync.change((state) => (state.denied = ["Get-CsAllowedDomain"]));
  await deploy(); // fails in the pre-flight
  to.lync.change((state) => (state.denied = ["New-CsHostingProvider"]));
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "hangBefore" });
  await deploy(); // fails in a cmdlet, and at the time limit
  to.lync.change((state) => {
    state.denied = [];
    state.testResults = [{ cmdlet: "Test-CsFederatedPartner", result: "Failure", error: "no answer" }];
  });
  await deploy(); // fails in the test
  outputs.push(await to.terraform(["plan", "-out=saved.tfplan"]));
  for (const file of [["saved.tfplan"], []])
    outputs.push(await run("terraform", ["show", "-json", ...file], { cwd }));
  await deploy();
  outputs.push(await to.tryDestroy(procedure));

  expect(outputs.map((each) => each.code)).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  const text = JSON.stringify(outputs);
  // Looking for what is there shows that the search would find a secret.
  expect(text).toContain("marked");
  expect(filesWith(to.folder, "marked").length).toBeGreaterThan(1);
  expect(filesWith(join(to.folder, "reports"), "push.lync.com").length).toBeGreaterThan(0);
  expect(text).not.toContain(CANARY);
  expect(filesWith(to.folder, CANARY)).toEqual([]);
  expect(JSON.stringify(to.lync.state())).not.toContain(CANARY);
  to.remove();
});
