// Deploys over a remote session: the whole life of an environment, from a runner that has nothing of Lync.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import {
  AllowedDomain,
  AllowedDomainEntry,
  AllowedDomains,
  FederationTest,
  HostingProvider,
  LyncProduct,
  VerificationLevel,
} from "../../constructs";
import { rehearse } from "../../constructs/private/review/rehearsal";
import { readPlan } from "../../constructs/private/terraform/plan";
import { Build, Deployment } from "../support/deployment";
import { interrupt, Operation } from "../support/interruption";
import { hasRemoteRunners, POOL, remoteRunner, RemoteRunner } from "../support/remote-runner";
import { SimulatedLync } from "../support/simulated-lync";

const DEAD = "https://pool02.contoso.com/OcsPowerShell";

(hasRemoteRunners ? describe : describe.skip)("over a session", () => {
  const lync = new SimulatedLync();
  let remote: RemoteRunner;
  let to: Deployment;

  const domain = (stack: TerraformStack, comment?: string) =>
    new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment });
  const environment =
    (comment?: string): Build =>
    (stack) => {
      const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };
      new HostingProvider(stack, "Provider", provider);
      new FederationTest(stack, "Test", {
        targetFqdn: "accessproxy.contoso.com",
        domain: domain(stack, comment),
        replication: { replicas: ["edge01.contoso.com"] },
        reportDirectory: join(to.folder, "reports"),
      });
    };

  beforeAll(async () => {
    remote = await remoteRunner({ connectionUri: [DEAD, POOL] }, { stays: true });
    to = new Deployment(lync, remote);
    lync.change((state) => (state.accessEdgeConfiguration.AllowFederatedUsers = true));
  });
  afterAll(() => {
    to.remove();
    remote.remove();
  });
  beforeEach(() => {
    lync.forgetSessions();
    lync.clearLog();
    lync.change((state) => (state.faults = []));
  });

  const changes = () => lync.log().map(({ cmdlet, phase }) => `${cmdlet} ${phase}`);

  test("a deploy takes the first pool that answers, with one session for each process", async () => {
    const out = await to.apply(environment());
    expect(lync.state()).toMatchObject({
      hostingProviders: [{ Identity: "LyncOnline", VerificationLevel: "UseSourceVerification" }],
      allowedDomains: [{ Identity: "push.lync.com", Comment: null }],
    });
    expect(out).toContain(`WARNING: No session with ${DEAD}: `);
    // The look whether a test has run asks the server nothing.
    const processes = [...out.matchAll(/Executing: .*?(\w+-\w+)\.ps1/g)].map(([, name]) => name);
    const asking = processes.filter((name) => name !== "Confirm-LyncTest");
    expect(lync.sessions()).toEqual({ opened: asking.map(() => POOL), open: 0 });
  });

  test("a test has left its result, and no page", () => {
    const files = readdirSync(join(to.folder, "reports"));
    expect(files.map((name) => name.split(".").pop()).sort()).toEqual(["json", "xml"]);
    const json = files.find((name) => name.endsWith("json")) as string;
    expect(JSON.parse(readFileSync(join(to.folder, "reports", json), "utf8"))).toMatchObject({
      result: "Success",
      latencyMs: expect.any(Number),
      report: null,
    });
  });

  test("what somebody changed by hand is found, shown by a review of the real server, and healed with an edit", async () => {
    expect((await to.plan(environment())).changes).toBe(false);
    lync.change((state) => (state.hostingProviders[0].VerificationLevel = "AlwaysVerifiable"));
    const before = { ...process.env };
    Object.assign(process.env, lync.env, remote.env, { LYNC_DETECT_DRIFT: "test" });
    try {
      const plan = await to.planJson(environment("edited"));
      expect(plan).toMatch(
        /VerificationLevel: expected \W+UseSourceVerification\W+ actual \W+AlwaysVerifiable/,
      );
      const { steps } = rehearse(readPlan(plan), { live: true });
      expect(steps.flatMap(({ outcomes }) => outcomes).flatMap(({ Lines }) => Lines)).toEqual(
        expect.arrayContaining([
          expect.stringContaining(
            'Set-CsHostingProvider -Identity "LyncOnline" -VerificationLevel "UseSourceVerification"',
          ),
          expect.stringContaining('Set-CsAllowedDomain -Identity "push.lync.com" -Comment "edited"'),
        ]),
      );
      expect(changes()).toEqual([]);
    } finally {
      process.env = before;
    }
    await to.apply(environment("edited"));
    expect(changes().sort()).toEqual(["Set-CsAllowedDomain effect", "Set-CsHostingProvider effect"]);
    expect(lync.sessions().open).toBe(0);
  });

  test("what leaves the code leaves the server", async () => {
    await to.apply((stack) => domain(stack, "edited"));
    expect(changes()).toEqual(["Remove-CsHostingProvider effect"]);
    expect(lync.state().hostingProviders).toEqual([]);
    expect(lync.sessions().open).toBe(0);
  });

  test("a destroy that was interrupted is finished by the next one", async () => {
    const code: Build = (stack) => domain(stack, "edited");
    const operation: Operation = (it, signal) => it.tryDestroy(code, signal);
    // Terraform kills what it has started, so that has to be a process of its own.
    const own = await remoteRunner({ connectionUri: [DEAD, POOL] });
    const killed = new Deployment(lync, own);
    killed.restoreState(to.state());
    await interrupt(killed, operation, { what: "stop", place: "Before", nth: 1 });
    expect(lync.sessions().opened).toEqual([POOL]);
    lync.forgetSessions();
    await killed.destroy(code);
    expect(lync.state().allowedDomains).toEqual([]);
    expect(lync.sessions().open).toBe(0);
    killed.remove();
    own.remove();
  });
});

(hasRemoteRunners ? test : test.skip)(
  "over a session with Skype for Business Server, what only that has is deployed, and a drift of it is found",
  async () => {
    const lync = new SimulatedLync();
    lync.change((state) => (state.product = "SkypeForBusinessServer2019"));
    const remote = await remoteRunner({ connectionUri: POOL }, { stays: true });
    const { runner, env } = remote;
    const product = LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019;
    const to = new Deployment(lync, { env, runner: { ...runner, product } });
    const verificationLevel = VerificationLevel.ALWAYS_VERIFIABLE;
    const build: Build = (stack) =>
      void new AllowedDomain(stack, "Push", { domain: "push.lync.com", verificationLevel });
    expect(await to.apply(build)).toContain(`a session with ${POOL}`);
    expect(lync.state().allowedDomains).toMatchObject([{ VerificationLevel: "AlwaysVerifiable" }]);
    lync.change((state) => (state.allowedDomains[0].VerificationLevel = "AlwaysUnverifiable"));
    const before = { ...process.env };
    Object.assign(process.env, lync.env, env, { LYNC_DETECT_DRIFT: "test" });
    const { text } = await to.plan(build).finally(() => (process.env = before));
    expect(text).toMatch(/VerificationLevel: expected \W+AlwaysVerifiable\W+ actual \W+AlwaysUnverifiable/);
    expect(new Set(lync.sessions().opened)).toEqual(new Set([POOL]));
    to.remove();
    remote.remove();
  },
);

(hasRemoteRunners ? test : test.skip)(
  "over a session that breaks, a list of domains goes on over a new one, from what the server has then",
  async () => {
    const lync = new SimulatedLync();
    const remote = await remoteRunner({ connectionUri: POOL }, { stays: true });
    const to = new Deployment(lync, remote);
    const list =
      (...domains: AllowedDomainEntry[]): Build =>
      (stack) =>
        void new AllowedDomains(stack, "Partners", { domains });
    const [one, two, three] = ["one.com", "two.com", "three.com"].map((domain) => ({ domain }));
    lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "dieAfter", nth: 2 });
    const out = await to.apply(list(one, two, three));
    expect(out).toContain("broke: New-CsAllowedDomain failed: ");
    expect(out).toContain("All 3 objects are as declared; 3 of them only now.");
    lync.fault({ cmdlet: "*", kind: "dieBefore", nth: 1 });
    await to.apply(list(one, { ...two, comment: "edited" }));
    expect(lync.log().map(({ cmdlet, parameters }) => `${cmdlet} ${String(parameters.Identity)}`)).toEqual([
      "New-CsAllowedDomain one.com",
      "New-CsAllowedDomain three.com",
      "New-CsAllowedDomain two.com",
      "Remove-CsAllowedDomain three.com",
      "Remove-CsAllowedDomain three.com",
      "Set-CsAllowedDomain two.com",
    ]);
    expect(lync.sessions().open).toBe(0);
    to.remove();
    remote.remove();
  },
);
