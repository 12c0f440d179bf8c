// Drift: what somebody changed in Lync Server by hand is found, shown in the plan, and healed; without asking nothing runs.
import { rmSync } from "node:fs";
import { TerraformStack, TerraformVariable } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  HostingProvider,
  LyncResourceType,
  PushNotificationConfig,
} from "../../constructs";
import { compiledApp } from "../support/copied-app";
import { Build, Deployment } from "../support/deployment";
import { powershell } from "../support/powershell";
import { run } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";
import { messageOf, synthesize } from "../support/synth";

function declared(stack: TerraformStack): void {
  const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };
  const hosting = new HostingProvider(stack, "LyncOnline", provider);
  new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: "ours ${x}", dependsOn: [hosting] });
  new PushNotificationConfig(stack, "Global");
  new AccessEdgeConfig(stack, "Edge", { useDnsSrvRouting: true, enablePartnerDiscovery: false });
}

/** Runs `action` with the stacks called `test` compared with this Lync Server at synthesis. */
async function detecting<T>(lync: SimulatedLync, action: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, lync.env, { LYNC_DETECT_DRIFT: " test," });
  try {
    return await action();
  } finally {
    process.env = before;
  }
}

/** Somebody's work: a flag, a comment and a removed configuration. */
function changeByHand(lync: SimulatedLync): void {
  lync.change((state) => {
    state.hostingProviders[0].Enabled = false;
    state.allowedDomains[0].Comment = "theirs\n$x";
    state.accessEdgeConfiguration.AllowFederatedUsers = false;
  });
}

describe.each(Object.values(LyncResourceType))("with %s", (resourceType) => {
  const to = new Deployment(new SimulatedLync(), { resourceType, runner: { preflight: false } });
  afterAll(() => to.remove());

  test("where nothing has drifted, looking for drift plans nothing", async () => {
    await to.apply(declared);
    expect((await detecting(to.lync, () => to.plan(declared))).changes).toBe(false);
  });

  test("a plan shows exactly the objects that have drifted, with what was expected and what is there", async () => {
    changeByHand(to.lync);
    expect((await to.plan(declared)).changes).toBe(false);
    const { text } = await detecting(to.lync, () => to.plan(declared));
    const replaced = [...text.matchAll(/# \w+\.(\w+) must be replaced/g)].map((each) => each[1]);
    expect(replaced.sort()).toEqual(["Edge", "LyncClosing", "LyncOnline", "Push"]);
    expect(text).toContain("Enabled: expected $True, actual $False (seen 2");
    expect(text).toContain('Comment: expected \\"ours `${x}\\", actual \\"theirs`n`$x\\" (seen 2');
  });

  test("a deploy heals it with Set- alone, and the deploys after that, looking or not, have nothing to do", async () => {
    to.lync.clearLog();
    await detecting(to.lync, () => to.apply(declared));
    expect(
      to.lync
        .log()
        .map((each) => each.cmdlet)
        .sort(),
    ).toEqual(
      ["Set-CsAccessEdgeConfiguration", "Set-CsAllowedDomain", "Set-CsHostingProvider"], // prettier-ignore
    );
    expect(to.lync.state().allowedDomains[0].Comment).toBe("ours ${x}");
    expect((await detecting(to.lync, () => to.plan(declared))).changes).toBe(false);
    expect((await to.plan(declared)).changes).toBe(false);
  });

  test("an edit after a healed drift is still seen", async () => {
    const edited: Build = (stack) => {
      new HostingProvider(stack, "LyncOnline", {
        identity: "LyncOnline",
        proxyFqdn: "sipfed.online.lync.com",
        enabled: false,
      });
      new AllowedDomain(stack, "Push", {
        domain: "push.lync.com",
        comment: "ours ${x}",
        markForMonitoring: true,
      });
      new PushNotificationConfig(stack, "Global");
      new AccessEdgeConfig(stack, "Edge", { useDnsSrvRouting: true, enablePartnerDiscovery: false });
    };
    await to.apply(edited);
    expect(to.lync.state().hostingProviders[0].Enabled).toBe(false);
    expect(to.lync.state().allowedDomains[0].MarkForMonitoring).toBe(true);
    expect((await to.plan(edited)).changes).toBe(false);
  });

  test("the same drift a second time is healed a second time", async () => {
    to.lync.change((state) => (state.allowedDomains[0].Comment = "theirs"));
    await detecting(to.lync, () => to.apply(declared));
    to.lync.change((state) => (state.allowedDomains[0].Comment = "theirs"));
    await detecting(to.lync, () => to.apply(declared));
    expect(to.lync.state().allowedDomains[0].Comment).toBe("ours ${x}");
  });

  test("an object that somebody removed is created again", async () => {
    to.lync.change((state) => (state.allowedDomains = []));
    const { text } = await detecting(to.lync, () => to.plan(declared));
    expect(text).toContain("expected the object, actual: it is not there (seen 2");
    await detecting(to.lync, () => to.apply(declared));
    expect(to.lync.state().allowedDomains.map((each) => each.Identity)).toEqual(["push.lync.com"]);
  });
});

test("without being asked, synthesis starts no PowerShell; asked, one that does not start is a clear error", () => {
  const build = (stack: TerraformStack) => new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
  expect(synthesize(build).resource.null_resource.Push).toBeDefined();
  process.env.LYNC_DETECT_DRIFT = "test";
  try {
    const message = messageOf(() => synthesize(build));
    expect(message).toContain('PowerShell did not start: "powershell.exe"');
    expect(message).toContain("or give the right powerShell in the settings of the runner.");
  } finally {
    delete process.env.LYNC_DETECT_DRIFT;
  }
});

test("a name that is no stack of the app is refused, and does not pass for nothing has drifted", () => {
  process.env.LYNC_DETECT_DRIFT = "tset";
  try {
    const message = messageOf(() =>
      synthesize((stack) => new AllowedDomain(stack, "Push", { domain: "push.lync.com" })),
    );
    expect(message).toContain('LYNC_DETECT_DRIFT names "tset", which is no stack of this app. It has: test.');
  } finally {
    delete process.env.LYNC_DETECT_DRIFT;
  }
});

describe("npm run drift", () => {
  const lync = new SimulatedLync();
  const app = compiledApp("drift");
  afterAll(() => rmSync(app, { recursive: true }));
  const drift = async (...args: string[]) => {
    const env = { ...lync.env, DEMO_POWERSHELL: await powershell(), TS_NODE_TRANSPILE_ONLY: "true" };
    return run("npm", ["run", "--silent", "drift", "--", ...args], { cwd: app, env });
  };

  test("prints object, property, declared and actual, with an exit code of 2, and changes nothing", async () => {
    lync.change((state) =>
      state.allowedDomains.push({
        Identity: "fabrikam.com",
        ProxyFqdn: null,
        Comment: "theirs",
        MarkForMonitoring: false,
      }),
    );
    lync.clearLog();
    const { code, stdout } = await drift("demo");
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/^Object +Property +Declared +Actual$/),
      expect.stringMatching(/^HostingProvider LyncOnline +\(the object\) +there +not there$/),
      expect.stringMatching(/^AllowedDomain push\.lync\.com +\(the object\) +there +not there$/),
    ]);
    expect(stdout).toMatch(/^AllowedDomain fabrikam\.com +Comment +"Partner of the sales team" +"theirs"$/m);
    expect(stdout).toContain("demo: 5 of 5 objects have drifted.");
    expect(code).toBe(2);
    expect(lync.log()).toEqual([]);
    // Two domains, one look at the list: with thousands it must not be read for each.
    expect(lync.calls("Get-CsAllowedDomain")).toBe(1);
  });

  test("prints the findings as JSON", async () => {
    const { code, stdout } = await drift("demo", "--json");
    const report = JSON.parse(stdout);
    expect(code).toBe(2);
    expect(report).toMatchObject({ environment: "demo", drift: true });
    expect(report.findings[2]).toMatchObject({
      kind: "AllowedDomain",
      identity: "fabrikam.com",
      found: true,
      differences: [{ Property: "Comment", Declared: '"Partner of the sales team"', Actual: '"theirs"' }],
    });
  });

  test("ends with 1 and says why where it cannot tell", async () => {
    const unknown = await drift("dmeo");
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('There is no environment "dmeo". The app has: demo, ');
    lync.change((state) => (state.missingCmdlets = ["Get-CsHostingProvider"]));
    const missing = await drift("demo");
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain("Get-CsHostingProvider");
    lync.change((state) => (state.missingCmdlets = []));
    expect((await drift()).code).toBe(1);
    expect((await drift("--help")).stdout).toContain(
      "Exit code: 0 no drift, 2 drift, 1 it could not be told.",
    );
  });
});

test("what only Terraform knows is not compared, and said to be so", async () => {
  const to = new Deployment();
  await to.apply((stack) => new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: "x" }));
  const withToken: Build = (stack) => {
    const comment = new TerraformVariable(stack, "comment", { type: "string", default: "x" });
    new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: comment.stringValue });
  };
  to.lync.change((state) => (state.allowedDomains[0].Comment = "y"));
  // The pre-flight runs for the edit of the code; the object stays.
  expect((await detecting(to.lync, () => to.plan(withToken))).text).not.toContain("Push must be replaced");
  to.remove();
});
