// The pre-flight: all that the runner lacks in one message, before anything is changed.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  HostingProvider,
  LyncRunner,
  LyncRunnerProps,
  PushNotificationConfig,
  PushNotificationTest,
} from "../../constructs";
import { compiledApp } from "../support/copied-app";
import { Build, Deployment } from "../support/deployment";
import { powershell } from "../support/powershell";
import { hasRemoteRunners, POOL, remoteRunner, RemoteRunner } from "../support/remote-runner";
import { run } from "../support/run";
import { RemoteAccess, SimulatedLync } from "../support/simulated-lync";
import { synthesize } from "../support/synth";

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };

function declared(stack: TerraformStack): void {
  new HostingProvider(stack, "LyncOnline", provider);
  new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
}

const deployments: Deployment[] = [];
function deployment(runner: LyncRunnerProps = {}): Deployment {
  const made = new Deployment(new SimulatedLync(), { runner });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

test("all that is missing comes in one message, and nothing has been changed", async () => {
  const to = deployment();
  to.lync.change((state) => {
    state.missingCmdlets = ["Set-CsHostingProvider", "New-CsAllowedDomain"];
    state.denied = ["Get-CsPublicProvider"];
    state.accessEdgeConfiguration.RoutingMethod = "UseDefaultRouting";
  });
  const { code, stderr } = await to.tryApply(declared);
  const message = stderr.replace(/\s+/g, " ");
  expect(code).toBe(1);
  expect(message).toContain("The runner is not ready, and nothing that the code declares has been changed.");
  expect(message).toContain(
    "The module Lync gives this account no New-CsAllowedDomain, Set-CsHostingProvider.",
  );
  expect(message).toContain("Get-CsPublicProvider failed:");
  expect(message).toContain("the account needs the group RtcUniversalServerAdmins");
  expect(message).toContain("The Edge uses default routing, and no hosting provider works with it.");
  expect(to.lync.log()).toEqual([]);
});

test("an Edge whose routing the account may not read keeps nothing else out of the message", async () => {
  const to = deployment();
  to.lync.change((state) => {
    state.missingCmdlets = ["New-CsAllowedDomain"];
    state.denied = ["Get-CsAccessEdgeConfiguration"];
  });
  const { code, stderr } = await to.tryApply(declared);
  const message = stderr.replace(/[│╵╷]/g, "").replace(/\s+/g, " ");
  expect(code).toBe(1);
  expect(message).toContain("The runner is not ready, and nothing that the code declares has been changed.");
  expect(message).toContain("The module Lync gives this account no New-CsAllowedDomain.");
  expect(message.match(/Get-CsAccessEdgeConfiguration failed:/g)).toHaveLength(1);
});

test("a deploy that the pre-flight stopped goes on when the runner is ready, and the next one has nothing to do", async () => {
  const to = deployment();
  to.lync.change((state) => (state.missingCmdlets = ["New-CsAllowedDomain"]));
  expect((await to.tryApply(declared)).code).toBe(1);
  to.lync.change((state) => (state.missingCmdlets = []));
  expect(await to.apply(declared)).toContain("The runner is ready: PowerShell ");
  expect((await to.plan(declared)).changes).toBe(false);
});

test("what leaves the code after a deploy that the pre-flight stopped leaves Lync Server", async () => {
  const to = deployment();
  const domains =
    (...names: string[]): Build =>
    (stack) =>
      names.forEach((domain) => new AllowedDomain(stack, domain, { domain }));
  await to.apply(domains("a.com", "b.com"));
  to.lync.change((state) => (state.missingCmdlets = ["Get-CsBlockedDomain"]));
  expect((await to.tryApply(domains("a.com", "b.com", "c.com"))).code).toBe(1);
  to.lync.change((state) => (state.missingCmdlets = []));
  await to.apply(domains("a.com"));
  expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["a.com"]);
});

test("a removal is checked before it, too: nothing has been changed when it cannot be done", async () => {
  const to = deployment();
  await to.apply(declared);
  to.lync.clearLog();
  to.lync.change((state) => (state.missingCmdlets = ["Remove-CsAllowedDomain"]));
  const onlyProvider = (stack: TerraformStack) =>
    new HostingProvider(stack, "LyncOnline", { ...provider, enabled: false });
  const { code, stderr } = await to.tryApply(onlyProvider);
  expect(code).toBe(1);
  expect(stderr).toContain("Remove-CsAllowedDomain");
  expect(to.lync.log()).toEqual([]);
  to.lync.change((state) => (state.missingCmdlets = []));
  await to.apply(onlyProvider);
  expect(to.lync.state().allowedDomains).toEqual([]);
  expect(to.lync.state().hostingProviders[0].Enabled).toBe(false);
});

test("where the rest of a deploy cannot be made, nothing is removed either, and the next deploy does both", async () => {
  const to = deployment();
  const domains = (...names: string[]) => {
    return (stack: TerraformStack): void => {
      for (const domain of names) new AllowedDomain(stack, domain.split(".")[0], { domain });
    };
  };
  await to.apply(domains("a.com", "b.com"));
  to.lync.clearLog();
  to.lync.change((state) => (state.missingCmdlets = ["New-CsPushNotificationConfiguration"]));
  const next = (stack: TerraformStack): void => {
    domains("b.com", "c.com")(stack);
    new PushNotificationConfig(stack, "Notifications");
  };
  const { code, stderr } = await to.tryApply(next);
  expect(code).toBe(1);
  expect(stderr).toContain("The runner is not ready, and nothing has been changed.");
  expect(to.lync.log()).toEqual([]);
  to.lync.change((state) => (state.missingCmdlets = []));
  await to.apply(next);
  expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["b.com", "c.com"]);
});

test("what a deploy that never got ready has declared is not taken for the stack's when it leaves the code", async () => {
  const to = deployment();
  const byHand = { Identity: "fabrikam.com", Comment: "by hand", ProxyFqdn: null, MarkForMonitoring: false };
  to.lync.change((state) =>
    Object.assign(state, { allowedDomains: [byHand], denied: ["Get-CsBlockedDomain"] }),
  );
  const build = (domain: string) => (stack: TerraformStack) =>
    void new AllowedDomain(stack, "Domain", { domain });
  expect((await to.tryApply(build("fabrikam.com"))).code).toBe(1);
  to.lync.change((state) => (state.denied = []));
  await to.apply(build("push.lync.com"));
  expect(to.lync.state().allowedDomains).toContainEqual(byHand);
});

test("a check that fails beside a removal does not say that nothing has been changed", async () => {
  const to = deployment();
  await to.apply((stack) => void new AllowedDomain(stack, "Push", { domain: "push.lync.com" }));
  // The first reading is that of the removal, which checks the whole deploy first.
  to.lync.fault({ cmdlet: "Get-CsPublicProvider", kind: "throwBefore", nth: 2 });
  const { code, stderr } = await to.tryApply(
    (stack) => void new HostingProvider(stack, "LyncOnline", provider),
  );
  expect(code).toBe(1);
  expect(to.lync.state()).toMatchObject({ allowedDomains: [], hostingProviders: [] });
  expect(stderr).not.toContain("nothing has been changed");
  expect(stderr.replace(/[│╵╷]/g, "").replace(/\s+/g, " ")).toContain(
    "nothing that the code declares has been changed. What has left the code is removed by a step of its own",
  );
});

test("an Edge on default routing is no obstacle where the stack itself switches it to DNS SRV routing", async () => {
  const to = deployment();
  to.lync.change((state) => (state.accessEdgeConfiguration.RoutingMethod = "UseDefaultRouting"));
  await to.apply((stack) => {
    const edge = new AccessEdgeConfig(stack, "Edge", {
      useDnsSrvRouting: true,
      enablePartnerDiscovery: false,
    });
    new HostingProvider(stack, "LyncOnline", { ...provider, dependsOn: [edge] });
  });
  expect(to.lync.state().hostingProviders).toHaveLength(1);
});

test("a module that is not there is told with what to install", async () => {
  const to = deployment({ module: "NoSuchModule" });
  const { code, stderr } = await to.tryApply(declared);
  expect(code).toBe(1);
  expect(stderr.replace(/\s+/g, " ")).toContain(
    'This machine has no PowerShell module "NoSuchModule". Install the administrative tools of the server',
  );
  expect(stderr.replace(/\s+/g, " ")).toContain("set product in the settings of the runner");
});

test("it checks the cmdlets of what the stack uses, tests included, and no others", () => {
  const { LyncPreflight } = synthesize((stack) => {
    new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
    new PushNotificationTest(stack, "Test", { accessEdgeFqdn: "edge.contoso.com" });
  }).resource.terraform_data;
  expect(LyncPreflight.provisioner[0]["local-exec"].environment).toMatchObject({
    LYNC_KINDS: "AllowedDomain PushNotificationTest",
    LYNC_NEEDS_DNS_SRV_ROUTING: "false",
  });
});

test("a setting of the runner switches it off", async () => {
  const to = deployment({ preflight: false });
  const output = await to.apply(declared);
  expect(output).not.toContain("The runner is ready");
  expect(
    to
      .state()
      ?.resources.map((each) => each.name)
      .sort(),
  ).toEqual([
    "LyncClosing",
    "LyncDestroyCheck",
    "LyncInventory",
    "LyncOnline",
    "LyncOnline_Claim",
    "LyncTeardown",
    "Push",
  ]);
});

test("npm run preflight runs it by itself, changes nothing, and tells the result by its exit code", async () => {
  const lync = new SimulatedLync();
  const app = compiledApp("preflight");
  const env = { ...lync.env, DEMO_POWERSHELL: await powershell(), TS_NODE_TRANSPILE_ONLY: "true" };
  const preflight = () => run("npm", ["run", "--silent", "preflight", "--", "demo"], { cwd: app, env });
  const ready = await preflight();
  expect(ready.stdout).toMatch(/^The runner is ready: PowerShell \S+, module Lync, 19 cmdlets\.$/m);
  expect(ready.code).toBe(0);
  lync.change((state) => (state.denied = ["Get-CsAllowedDomain"]));
  const refused = await preflight();
  expect(refused.stderr).toContain("Get-CsAllowedDomain failed:");
  expect(refused.code).toBe(1);
  expect(lync.log()).toEqual([]);
  rmSync(app, { recursive: true });
});

(hasRemoteRunners ? describe : describe.skip)("over a session, npm run preflight", () => {
  const lync = new SimulatedLync();
  const folder = mkdtempSync(join(tmpdir(), "preflight-"));
  let remote: RemoteRunner;

  beforeAll(async () => {
    remote = await remoteRunner({ connectionUri: POOL }, { stays: true });
    const app = new App({ outdir: join(folder, "synthesised") });
    const stack = new TerraformStack(app, "contoso");
    LyncRunner.configure(stack, remote.runner);
    declared(stack);
    app.synth();
    const command = 'cp -R synthesised/. "$CDKTF_OUTDIR"';
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: command }));
  });
  afterAll(() => {
    remote.remove();
    rmSync(folder, { recursive: true });
  });

  const ROOT = resolve(__dirname, "..", "..");
  const preflight = () => {
    const command = join(ROOT, "constructs", "commands", "preflight.ts");
    const typescript = require.resolve("ts-node/register/transpile-only");
    const credential = { LYNC_SESSION_USER: "CONTOSO\\lync", LYNC_SESSION_PASSWORD: "secret-word" };
    const env = { ...lync.env, ...remote.env, ...credential, TS_NODE_PROJECT: join(ROOT, "tsconfig.json") };
    return run(process.execPath, ["-r", typescript, command, "contoso"], { cwd: folder, env });
  };

  test("tells the pool that it has reached, with an exit code of 0", async () => {
    const { code, stdout } = await preflight();
    expect(stdout).toMatch(
      new RegExp(`^The runner is ready: PowerShell \\S+, a session with ${POOL}, \\d+ cmdlets\\.$`, "m"),
    );
    expect(code).toBe(0);
  });

  const refused: [what: string, remote: Partial<RemoteAccess>, advice: string][] = [
    [
      "no pool answers",
      { pools: [{ name: "pool01.contoso.com", error: -2144108250 }] },
      `No session with ${POOL}: .*The pool does not answer\\. Is the name right, does DNS know pool01\\.contoso\\.com`,
    ],
    [
      "the pool refuses the account",
      { credential: "CONTOSO\\lync another-word" },
      "does not let the account CONTOSO\\\\lync in\\. Check the password .*Get-CsAdminRole in a Management Shell",
    ],
    [
      "the role lacks a cmdlet",
      { withheld: ["New-CsAllowedDomain"] },
      `The session with ${POOL} has no New-CsAllowedDomain\\. .*-match "New-CsAllowedDomain"`,
    ],
  ];
  test.each(refused)("where %s, says what to do, with an exit code of 1", async (_, values, advice) => {
    const before = lync.state().remote;
    lync.change((state) => Object.assign(state.remote, values));
    const { code, stderr } = await preflight();
    lync.change((state) => (state.remote = before));
    expect(stderr).toContain("The runner is not ready, and nothing that the code declares has been changed.");
    expect(stderr).toMatch(new RegExp(advice, "s"));
    expect(stderr).not.toContain("secret-word");
    expect(code).toBe(1);
    expect(lync.sessions().open).toBe(0);
  });
});
