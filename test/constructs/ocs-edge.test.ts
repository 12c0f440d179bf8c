// The road from code to an Edge of Office Communications Server 2007 R2 and back, by WMI, with the real terraform.
import { hostname } from "node:os";
import { resolve } from "node:path";
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  ExternalEdgeSetting,
  FederatedPartner,
  FederatedPartnerProps,
} from "../../constructs";
import { FederationTest, LyncResourceType, LyncRunnerProps } from "../../constructs";
import { PushNotificationConfig, PushNotificationTest, RemovalPolicy } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { addOcsEdge, EDGE, ocsEdge } from "../support/ocs-edge";
import { runPowerShell } from "../support/powershell";
import { LogEntry, OcsPartner, SimulatedLync } from "../support/simulated-lync";

const script = (name: string): string => resolve(__dirname, "..", "..", "constructs", "powershell", name);

const push = { domain: "push.lync.com", proxyFqdn: "sipfed.online.lync.com", computerName: EDGE };
const pushRow = {
  Domain: "push.lync.com",
  EdgeProxyAddress: "sipfed.online.lync.com",
  UserVerificationLevel: "UseSourceVerification",
};

const partner =
  (props: Partial<FederatedPartnerProps> = {}): Build =>
  (stack) =>
    new FederatedPartner(stack, "Push", { ...push, ...props });

function procedure(stack: TerraformStack, props: Partial<FederatedPartnerProps> = {}): void {
  const accessEdgeFqdn = "accessproxy.contoso.com";
  const federated = new FederatedPartner(stack, "Push", { ...push, ...props });
  const notifications = new PushNotificationConfig(stack, "Notifications", { dependsOn: [federated] });
  const external = new ExternalEdgeSetting(stack, "External", {
    computerName: EDGE,
    dependsOn: [notifications],
  });
  const edge = new AccessEdgeConfig(stack, "Edge", { dependsOn: [external] });
  const test = { domain: push.domain, dependsOn: [edge] };
  new FederationTest(stack, "Federation", { targetFqdn: accessEdgeFqdn, ...test });
  // The push notification service has one Access Edge, and is tested where the partner has it.
  if (!props.proxyFqdn) new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn, dependsOn: [edge] });
}

const deployments: Deployment[] = [];
function deployment(
  partners: OcsPartner[] = [],
  runner: LyncRunnerProps = { preflight: false },
  ownProcesses = false,
): Deployment {
  const made = new Deployment(new SimulatedLync(), { runner, ownProcesses });
  deployments.push(made);
  addOcsEdge(made.lync, partners, { InternalFqdn: "accessproxy.contoso.com" });
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

/** The mutating calls that `action` made, and their arguments. */
async function callsOf(lync: SimulatedLync, action: () => Promise<unknown>): Promise<[string, unknown][]> {
  lync.clearLog();
  await action();
  return lync.log().map((entry: LogEntry) => [entry.cmdlet, entry.parameters.Arguments]);
}

/** Runs `action` with the stacks called `test` compared with this server at synthesis. */
async function detecting<T>(lync: SimulatedLync, action: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, lync.env, { LYNC_DETECT_DRIFT: "test" });
  try {
    return await action();
  } finally {
    process.env = before;
  }
}

describe("the procedure's other half", () => {
  const to = deployment([], { preflight: true });

  test("a deploy adds the partner on the Edge, switches federation on there and in Lync, and the tests pass", async () => {
    const before = ocsEdge(to.lync).externalEdgeSetting;
    expect(await callsOf(to.lync, () => to.apply(procedure))).toEqual([
      ["Set-WmiInstance", pushRow],
      ["Set-CsPushNotificationConfiguration", undefined],
      ["Set-WmiInstance", { EnableFederation: true }],
      ["Set-CsAccessEdgeConfiguration", undefined],
    ]);
    expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
    expect(ocsEdge(to.lync).externalEdgeSetting).toEqual({ ...before, EnableFederation: true });
    expect(to.lync.calls("Test-CsFederatedPartner")).toBe(1);
    expect(to.lync.calls("Test-CsMcxPushNotification")).toBe(1);
  });

  test("a second deploy plans nothing", async () => {
    expect((await to.plan(procedure)).changes).toBe(false);
  });

  test("an edit of the Access Edge is made in place, with what differs and nothing else, and is tested", async () => {
    const moved = { proxyFqdn: "sipfed2.online.lync.com" };
    let output = "";
    const apply = async () => (output = await to.apply((stack) => procedure(stack, moved)));
    expect(await callsOf(to.lync, apply)).toEqual([
      ["Set-WmiInstance", { EdgeProxyAddress: "sipfed2.online.lync.com" }],
    ]);
    expect(ocsEdge(to.lync).partners).toEqual([{ ...pushRow, EdgeProxyAddress: "sipfed2.online.lync.com" }]);
    expect(to.lync.calls("Test-CsFederatedPartner")).toBe(2);
    expect(output).toContain(
      'EdgeProxyAddress: expected "sipfed2.online.lync.com", actual "sipfed.online.lync.com"',
    );
    expect(output).toContain(
      `  > Set-WmiInstance -Arguments @{EdgeProxyAddress = "sipfed2.online.lync.com"} -InputObject "\\\\${EDGE}\\root\\cimv2:` +
        'MSFT_SIPFederationPartnerTable.Domain=`"push.lync.com`"" -PutType "UpdateOnly"',
    );
  });

  test("what somebody changed on the Edge by hand is found, shown in the plan, and put right in place", async () => {
    to.lync.change(({ ocsEdges: [edge] }) => {
      edge.partners[0].EdgeProxyAddress = "theirs.fabrikam.com";
      edge.externalEdgeSetting.EnableFederation = false;
    });
    let output = "";
    const apply = async () => (output = await detecting(to.lync, () => to.apply(procedure)));
    const calls = await callsOf(to.lync, apply);
    expect(calls).toHaveLength(2);
    expect(calls).toContainEqual(["Set-WmiInstance", { EdgeProxyAddress: "sipfed.online.lync.com" }]);
    expect(calls).toContainEqual(["Set-WmiInstance", { EnableFederation: true }]);
    expect(output).toContain("EnableFederation: expected $True, actual $False (seen 2");
    expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
  });

  test("what leaves the code leaves the Edge, and federation stays on, since it is retained", async () => {
    const notifications: Build = (stack) => new PushNotificationConfig(stack, "Notifications");
    expect(await callsOf(to.lync, () => to.apply(notifications))).toEqual([["Remove-WmiObject", undefined]]);
    expect(ocsEdge(to.lync).partners).toEqual([]);
    expect(ocsEdge(to.lync).externalEdgeSetting.EnableFederation).toBe(true);
  });
});

test("a row that is there already is taken over, whatever the case of its values, and destroyed with the stack, without a Lync module", async () => {
  const row = {
    Domain: "PUSH.lync.com",
    EdgeProxyAddress: "SipFed.online.lync.com",
    UserVerificationLevel: "usesourceverification",
  };
  const to = deployment([row], { module: "NoSuchModule" });
  expect(await callsOf(to.lync, () => to.apply(partner()))).toEqual([]);
  expect(ocsEdge(to.lync).partners).toEqual([row]);
  expect(await callsOf(to.lync, () => to.destroy(partner()))).toEqual([["Remove-WmiObject", undefined]]);
  expect(ocsEdge(to.lync).partners).toEqual([]);
  expect(to.state()?.resources).toEqual([]);
});

describe("a domain that somebody else has given another Access Edge", () => {
  const theirs = { ...pushRow, EdgeProxyAddress: "sip.fabrikam.com" };
  const to = deployment([theirs]);

  test("is refused, by the second deploy as by the first, and left as it is", async () => {
    for (const attempt of [1, 2]) {
      const { code, stderr } = await to.tryApply(partner());
      const message = stderr.replace(/\s+/g, " ");
      expect([attempt, code]).toEqual([attempt, 1]);
      expect(message).toContain(
        'ERROR: FederatedPartner "push.lync.com on edge01.contoso.com" is there already, and is not what this stack would ' +
          'have made. It is left as it is: EdgeProxyAddress: it has "sip.fabrikam.com", this stack would have made ' +
          '"sipfed.online.lync.com"',
      );
    }
    expect(ocsEdge(to.lync).partners).toEqual([theirs]);
  });

  test("stays when the construct leaves the code after that", async () => {
    await to.apply(() => undefined);
    expect(to.lync.log()).toEqual([]);
    expect(ocsEdge(to.lync).partners).toEqual([theirs]);
  });

  test("is taken over by declaring what is there first, and is then edited in place", async () => {
    await to.apply(partner({ proxyFqdn: "sip.fabrikam.com" }));
    expect(to.lync.log()).toEqual([]);
    await to.apply(partner());
    expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
    expect(to.lync.log().map((entry) => entry.cmdlet)).toEqual(["Set-WmiInstance"]);
  });

  test("stays as well where they have given it that address since the stack's last deploy", async () => {
    to.lync.clearLog();
    to.lync.change((state) => (state.ocsEdges[0].partners = [theirs]));
    expect(await to.apply(() => undefined)).toContain("left as it is");
    expect(to.lync.log()).toEqual([]);
    expect(ocsEdge(to.lync).partners).toEqual([theirs]);
  });
});

describe("a mistyped computerName", () => {
  const at = (computerName: string) => (stack: TerraformStack) => {
    new FederatedPartner(stack, "Push", { ...push, computerName });
    new ExternalEdgeSetting(stack, "External", { computerName, removalPolicy: RemovalPolicy.REMOVE });
  };

  test("leaves the partner on the right Edge, and no name that later deploys or a destroy stumble over", async () => {
    const to = deployment([], {});
    await to.apply(at(EDGE));
    to.lync.clearLog();
    const { code, stderr } = await to.tryApply(at("edge10.contoso.com"));
    expect([code, stderr]).toEqual([1, expect.stringContaining("edge10.contoso.com")]);
    expect(to.lync.log()).toEqual([]);
    expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
    await to.apply(at(EDGE));
    expect(to.lync.log()).toEqual([]);
    await to.destroy(at(EDGE));
    expect(ocsEdge(to.lync).partners).toEqual([]);
  });

  test.each([true, false])(
    "on a first deploy is corrected by the next one (pre-flight: %s)",
    async (preflight) => {
      const to = deployment([], { preflight });
      expect((await to.tryApply(at("edge10.contoso.com"))).code).toBe(1);
      await to.apply(at(EDGE));
      expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
      await to.destroy(at(EDGE));
      expect(ocsEdge(to.lync).partners).toEqual([]);
    },
  );

  test("in a list that nothing has checked is told from an Edge that does not answer: DNS does not know it", async () => {
    const to = deployment([], { preflight: false });
    const setting = (computerName: string) => (stack: TerraformStack) =>
      void new ExternalEdgeSetting(stack, "External", { computerName, removalPolicy: RemovalPolicy.REMOVE });
    expect((await to.tryApply(setting("edge10.invalid"))).code).toBe(1);
    expect(await to.apply(setting(EDGE))).toContain("is on a computer that DNS does not know");
    expect(ocsEdge(to.lync).externalEdgeSetting.EnableFederation).toBe(true);
    // A computer that DNS knows may be an Edge that is switched off: what is there has to be removed.
    expect((await to.tryApply(setting(hostname()))).code).toBe(1);
    const { code, stderr } = await to.tryApply(setting(EDGE));
    expect([code, stderr]).toEqual([1, expect.stringContaining(hostname())]);
  });
});

test("with null_resource, an allowed domain on the runner itself becomes the partner in place, and stays when it is retained", async () => {
  const options = { resourceType: LyncResourceType.NULL_RESOURCE, runner: { preflight: false } };
  const to = new Deployment(new SimulatedLync(), options);
  deployments.push(to);
  addOcsEdge(to.lync, [{ ...pushRow, EdgeProxyAddress: null }], { ComputerName: "." });
  const declared: Build = (stack) => {
    new FederatedPartner(stack, "Push", {
      ...push,
      computerName: undefined,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new ExternalEdgeSetting(stack, "External", { removalPolicy: RemovalPolicy.REMOVE });
  };
  expect(await callsOf(to.lync, () => to.apply(declared))).toContainEqual([
    "Set-WmiInstance",
    { EdgeProxyAddress: "sipfed.online.lync.com" },
  ]);
  expect(ocsEdge(to.lync).externalEdgeSetting.EnableFederation).toBe(true);
  expect(await callsOf(to.lync, () => to.apply(() => undefined))).toEqual([
    ["Set-WmiInstance", { EnableFederation: false }],
  ]);
  expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
});

test("a deploy that died after the row was written is finished by the next one, which finds it as declared", async () => {
  const to = deployment([], undefined, true);
  to.lync.fault({ cmdlet: "Set-WmiInstance", kind: "dieAfter" });
  expect((await to.tryApply(partner())).code).not.toBe(0);
  expect(ocsEdge(to.lync).partners).toEqual([pushRow]);
  expect(await callsOf(to.lync, () => to.apply(partner()))).toEqual([]);
});

test("the pre-flight finds an Edge that cannot be reached, and whatever else is missing, before anything is changed", async () => {
  const to = deployment([], { module: "NoSuchModule" });
  const { code, stderr } = await to.tryApply((stack) => {
    new PushNotificationConfig(stack, "Notifications");
    new FederatedPartner(stack, "Push", push);
    new FederatedPartner(stack, "Other", { ...push, computerName: "edge02.contoso.com" });
    new ExternalEdgeSetting(stack, "External", { computerName: "edge02.contoso.com" });
  });
  const message = stderr.replace(/\s+/g, " ");
  expect(code).toBe(1);
  expect(message).toContain("The runner is not ready, and nothing that the code declares has been changed.");
  expect(message).toContain('no PowerShell module "NoSuchModule"');
  expect(message.match(/WMI of the computer "[^"]+" does not answer/g)).toEqual([
    'WMI of the computer "edge02.contoso.com" does not answer',
  ]);
  expect(ocsEdge(to.lync).partners).toEqual([]);
});

describe("an error of WMI is told by its type and code, with what to do", () => {
  const lync = new SimulatedLync();
  lync.change((state) => (state.language = "de"));
  addOcsEdge(lync);
  addOcsEdge(lync, [], { ComputerName: "denied.contoso.com", accessDenied: true });
  addOcsEdge(lync, [], { ComputerName: "server.contoso.com", accessEdge: false });

  /** Applies a partner with the script itself; the result is its error output. */
  async function failure(
    settings: Record<string, string>,
    env: NodeJS.ProcessEnv = lync.env,
  ): Promise<string> {
    const given = {
      EdgeProxyAddress: "sip.contoso.com",
      UserVerificationLevel: "AlwaysVerifiable",
      ...settings,
    };
    const marked = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, `=${value}`]));
    const variables = {
      LYNC_KIND: "FederatedPartner",
      LYNC_SETTINGS: JSON.stringify(marked),
      LYNC_TIMEOUT_SECONDS: "60",
    };
    const result = await runPowerShell(
      ["-NoProfile", "-NonInteractive", "-File", script("Set-LyncObject.ps1")],
      {
        env: { ...env, ...variables },
      },
    );
    expect(result.code).toBe(1);
    return result.stderr;
  }

  test.each([
    ["edge02.contoso.com", 'WMI of the computer "edge02.contoso.com" does not answer.'],
    ["denied.contoso.com", 'may not use WMI of the computer "denied.contoso.com".'],
    [
      "server.contoso.com",
      'There is no Access Edge of Office Communications Server 2007 R2 on the computer "server.contoso.com"',
    ],
  ])("from %s", async (computer, reason) => {
    expect(await failure({ Identity: `push.lync.com on ${computer}` })).toContain(reason);
  });

  test("from values that the Edge refuses", async () => {
    const message = await failure({ Identity: `push.lync.com on ${EDGE}`, EdgeProxyAddress: "10.0.0.1" });
    expect(message).toContain(
      "Allowed: fully qualified domain names (no IP address, at most 256 characters)",
    );
    expect(ocsEdge(lync).partners).toEqual([]);
  });

  test("from a PowerShell without WMI", async () => {
    const message = await failure({ Identity: "push.lync.com" }, { PSModulePath: "" });
    expect(message).toContain("This PowerShell has no Get-WmiObject: only Windows PowerShell has it");
    expect(message).toContain('Let the runner use "powershell.exe"');
  });
});
