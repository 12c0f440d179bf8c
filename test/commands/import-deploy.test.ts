// The command lync-import: what it prints is deployed by the real Terraform, changes nothing, and has not drifted.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { LyncProduct, LyncResourceType, LyncRunnerProps } from "../../constructs";
import { compiledApp } from "../support/copied-app";
import { Deployment } from "../support/deployment";
import { HYBRID_PROVIDER } from "../support/hybrid-provider";
import { importedFrom } from "../support/imported";
import { addOcsEdge, EDGE } from "../support/ocs-edge";
import { hasRemoteRunners, POOL, remoteRunner } from "../support/remote-runner";
import { run } from "../support/run";
import { LyncState, SimulatedLync } from "../support/simulated-lync";
import { sharedPowerShell } from "../support/staying-powershell";

const app = compiledApp("import");
afterAll(() => rmSync(app, { recursive: true }));

const PROVIDER = { ...HYBRID_PROVIDER, AutodiscoverUrl: null };

async function lyncImport(lync: SimulatedLync, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const command = join(app, "constructs", "commands", "import.ts");
  const line = ["-r", "ts-node/register/transpile-only", command, ...args];
  return run(process.execPath, line, { cwd: app, env: { ...lync.env, ...env } });
}

/** Deploys what was printed, twice, the second time with a look for drift; the server is afterwards what it was. */
async function takeOver(
  lync: SimulatedLync,
  printed: string,
  runner: LyncRunnerProps,
  env?: NodeJS.ProcessEnv,
) {
  const to = new Deployment(lync, { resourceType: LyncResourceType.NULL_RESOURCE, runner, env });
  const variables = { ...process.env };
  try {
    const before = content(lync.state());
    const out = await to.apply(importedFrom(printed));
    expect(content(lync.state())).toEqual(before);
    Object.assign(process.env, lync.env, env, { LYNC_DETECT_DRIFT: "test" });
    expect((await to.plan(importedFrom(printed))).changes).toBe(false);
    return out;
  } finally {
    process.env = variables;
    to.remove();
  }
}

function content(state: LyncState): object {
  return { ...state, calls: {} };
}

test("an Edge of Office Communications Server 2007 R2 is taken over with the server behind it", async () => {
  const lync = new SimulatedLync();
  addOcsEdge(lync, [
    {
      Domain: "push.lync.com",
      EdgeProxyAddress: "sipfed.online.lync.com",
      UserVerificationLevel: "useSourceVerification",
    },
    { Domain: "adatum.com", EdgeProxyAddress: null, UserVerificationLevel: "AlwaysVerifiable" },
  ]);
  const powerShell = await sharedPowerShell();
  const { stdout, stderr, code } = await lyncImport(lync, ["--powershell", powerShell, "--edge", EDGE]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    '  // Not declared, and left as it is: FederatedPartner "adatum.com on edge01.contoso.com"',
  );
  expect(stderr).toContain("WARNING: Not everything is declared. Objects that this library would refuse: 1.");
  const out = await takeOver(lync, stdout, { powerShell });
  expect(out.match(/is as declared; nothing to do/g)).toHaveLength(4);
});

test("Skype for Business Server 2019 is taken over", async () => {
  const lync = new SimulatedLync();
  lync.change((state) => {
    state.product = "SkypeForBusinessServer2019";
    const others = { ProxyFqdn: null, Comment: 'Ken "Kenny" Myer', MarkForMonitoring: true };
    state.allowedDomains = [{ Identity: "Fabrikam.com", ...others, VerificationLevel: "AlwaysVerifiable" }];
  });
  const runner = {
    product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019,
    powerShell: await sharedPowerShell(),
  };
  const options = ["--product", runner.product, "--powershell", runner.powerShell];
  const { stdout, stderr, code } = await lyncImport(lync, options);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(stdout).toContain("    verificationLevel: VerificationLevel.ALWAYS_VERIFIABLE,\n");
  await takeOver(lync, stdout, runner);
});

(hasRemoteRunners ? test : test.skip)(
  "over a session it prints the same, with a role that only looks",
  async () => {
    const lync = new SimulatedLync();
    lync.change((state) => {
      state.hostingProviders = [PROVIDER];
      state.remote.withheld = [
        "New-CsHostingProvider",
        "Set-CsHostingProvider",
        "Set-CsAccessEdgeConfiguration",
      ];
    });
    const { runner, env, remove } = await remoteRunner();
    const far = await lyncImport(lync, ["--session", POOL, "--powershell", String(runner.powerShell)], env);
    const here = await lyncImport(lync, ["--powershell", String(runner.powerShell)]);
    remove();
    expect(lync.sessions()).toMatchObject({ opened: [POOL], open: 0 });
    expect(far.stderr).toBe(here.stderr);
    const session = `session: { connectionUri: "${POOL}" }`;
    expect(far.stdout).toContain(session);
    expect(withoutRunner(far.stdout)).toBe(withoutRunner(here.stdout));
  },
);

function withoutRunner(printed: string): string {
  return printed.replace(/LyncRunner\.configure\([\s\S]*?\);/, "");
}

test("--only push --json has the procedure's own objects, and says what somebody has to decide", async () => {
  const lync = new SimulatedLync();
  lync.change((state) => {
    state.hostingProviders = [PROVIDER, { ...PROVIDER, Identity: "Other", ProxyFqdn: "sip.adatum.com" }];
    const domain = { ProxyFqdn: null, Comment: null, MarkForMonitoring: false };
    state.allowedDomains = ["Push.lync.com", "fabrikam.com"].map((Identity) => ({ Identity, ...domain }));
    state.blockedDomains = [{ Identity: "spam.com", Comment: null }];
  });
  const options = ["--powershell", await sharedPowerShell(), "--only", "push", "--json"];
  const { stdout, stderr } = await lyncImport(lync, options);
  const { objects, beside, ...others } = JSON.parse(stdout);
  expect(objects.map(({ kind, props }: { kind: string; props: object }) => [kind, props])).toEqual([
    ["HostingProvider", expect.objectContaining({ identity: "LyncOnline", removalPolicy: "retain" })],
    ["AllowedDomain", { domain: "Push.lync.com" }],
    ["PushNotificationConfig", expect.objectContaining({ identity: "global" })],
    ["AccessEdgeConfig", { allowFederatedUsers: false }],
  ]);
  expect({ beside, others }).toEqual({ beside: [], others: { format: 1, undeclarable: [] } });
  expect(stderr).toMatch(/^WARNING: HostingProvider "LyncOnline" carries a hybrid deployment: /);
});

test("a server that cannot be read as a whole, and options that are wrong, end with 1 and all that is wrong", async () => {
  const lync = new SimulatedLync();
  lync.change((state) => (state.denied = ["Get-CsBlockedDomain", "Get-CsHostingProvider"]));
  const unread = await lyncImport(lync, ["--powershell", await sharedPowerShell()]);
  expect(unread).toMatchObject({ code: 1, stdout: "" });
  for (const name of ["Get-CsBlockedDomain", "Get-CsHostingProvider"])
    expect(unread.stderr).toContain(`${name} failed: `);
  const wrong = await lyncImport(lync, [
    "x",
    "--only",
    "y",
    "--product",
    "z",
    "--edge",
    "10.0.0.1",
    "--json",
  ]);
  expect(wrong).toMatchObject({ code: 1, stdout: "" });
  expect(wrong.stderr.split("\n").slice(0, 4)).toEqual([
    'No name is expected, and there is "x". Leave it out.',
    '--only "y" is none. Allowed: push.',
    expect.stringMatching(/^--product "z" is none. Allowed: "Lync Server 2013", /),
    expect.stringMatching(/^--edge "10.0.0.1" is an IP address. /),
  ]);
  const session = await lyncImport(lync, ["--session", "http://pool01.contoso.com/OcsPowerShell"]);
  expect(session).toMatchObject({ code: 1, stdout: "" });
  expect(session.stderr).toContain("does not begin with https");
});
