// A deploy that is killed while several of its objects are at work: the next one finishes all of them.
import { TerraformStack } from "cdktf";
import {
  AllowedDomain,
  FederationTest,
  HostingProvider,
  LyncResourceType,
  PushNotificationConfig,
} from "../../constructs";
import { Build, Deployment, DeploymentOptions } from "../support/deployment";
import {
  essence,
  everyKill,
  fired,
  interrupt,
  Interruption,
  killWhen,
  namesIn,
  Operation,
  restore,
  Snapshot,
  snapshot,
} from "../support/interruption";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `partner${index + 1}`);
const names = (count: number) => ids(count).map((id) => `${id}.com`);

/** Siblings, which Terraform applies side by side. */
const siblings =
  (count: number, comment?: string): Build =>
  (stack) => {
    for (const id of ids(count)) new AllowedDomain(stack, id, { domain: `${id}.com`, comment });
  };

const KINDS = ["LyncOnline", "partner1", "Everywhere", "Redmond"];

/** Siblings of several kinds, one of which is there already. */
const mixed =
  (on: boolean, comment?: string): Build =>
  (stack) => {
    new HostingProvider(stack, "LyncOnline", {
      identity: "LyncOnline",
      proxyFqdn: "sipfed.online.lync.com",
      enabledSharedAddressSpace: on,
    });
    siblings(1, comment)(stack);
    const enableApplePushNotificationService = on;
    new PushNotificationConfig(stack, "Everywhere", { enableApplePushNotificationService });
    new PushNotificationConfig(stack, "Redmond", {
      identity: "site:Redmond",
      enableApplePushNotificationService,
    });
  };

const domains = (to: Deployment) =>
  to.lync
    .state()
    .allowedDomains.map((each) => each.Identity)
    .sort();

/** Siblings that are created, or edited where something was deployed before. */
interface Row {
  readonly what: string;
  readonly before?: Build;
  readonly build: Build;
  /** Names of their resources; each runs one cmdlet that changes something. */
  readonly siblings: readonly string[];
  readonly kills: readonly Interruption[];
}

const kill = (place: "Before" | "After", nth: number): Interruption => ({ what: "kill", place, nth });

const ROWS: Record<LyncResourceType, readonly Row[]> = {
  [LyncResourceType.TERRAFORM_DATA]: [
    { what: "4 that are created", build: siblings(4), siblings: ids(4), kills: everyKill(4) },
    {
      what: "4 kinds that are edited",
      before: mixed(true),
      build: mixed(false, "b"),
      siblings: KINDS,
      kills: [kill("After", 1), kill("Before", 3)],
    },
  ],
  [LyncResourceType.NULL_RESOURCE]: [
    { what: "2 that are created", build: siblings(2), siblings: ids(2), kills: [kill("Before", 2)] },
    {
      what: "6 that are created",
      build: siblings(6),
      siblings: ids(6),
      kills: [kill("After", 5)],
    },
    {
      what: "4 that are edited",
      before: siblings(4),
      build: siblings(4, "b"),
      siblings: ids(4),
      kills: [kill("Before", 2), kill("After", 3)],
    },
    {
      what: "4 kinds that are created",
      build: mixed(true),
      siblings: KINDS,
      kills: [kill("After", 2)],
    },
  ],
};

jest.setTimeout(300_000);

const made: Deployment[] = [];
afterAll(() => made.forEach((each) => each.remove()));

function deployment(options: DeploymentOptions = {}): Deployment {
  const to = new Deployment(undefined, { runner: { preflight: false }, ownPowerShell: true, ...options });
  made.push(to);
  return to;
}

/** What Lync Server and Terraform have before the row, and where an uninterrupted deploy ends. */
async function rehearse(to: Deployment, fresh: Snapshot, { before, build, siblings }: Row) {
  restore(to, fresh);
  if (before) await to.apply(before);
  const start = snapshot(to);
  restore(to, start);
  await to.apply(build);
  expect(to.lync.log()).toHaveLength(siblings.length);
  return { start, end: essence(to) };
}

/** Kills the deploy when all siblings are at work; from the second cmdlet on, Terraform's state has all of them. */
async function killAt(to: Deployment, { build, siblings }: Row, { nth, place }: Interruption): Promise<void> {
  to.lync.fault({ cmdlet: "*", kind: `hang${place}`, nth });
  const taken = () => siblings.every((name) => namesIn(to).includes(name));
  const operation: Operation = (it, signal) => it.tryApply(build, signal);
  await killWhen(to, operation, () => fired(to.lync) && (nth === 1 || taken()));
}

test.each(Object.values(LyncResourceType))(
  "with %s, siblings whose deploy was killed, at whatever cmdlet, are finished by the next one",
  async (resourceType) => {
    const to = deployment({ resourceType });
    const fresh = snapshot(to);
    for (const row of ROWS[resourceType]) {
      const { start, end } = await rehearse(to, fresh, row);
      for (const point of row.kills) {
        const at = `${row.what}, killed ${point.place} cmdlet ${point.nth}`;
        restore(to, start);
        await killAt(to, row, point);
        expect({ at, next: await to.tryApply(row.build) }).toMatchObject({ at, next: { code: 0 } });
        expect({ at, end: essence(to) }).toEqual({ at, end });
        // Without a further synthesis.
        expect({ at, plan: await to.terraform(["plan", "-detailed-exitcode"]) }).toMatchObject({
          at,
          plan: { code: 0 },
        });
      }
    }
  },
);

test("a test waits until all is as declared, and nothing runs where nothing has changed", async () => {
  const to = deployment();
  to.lync.change((state) => (state.accessEdgeConfiguration.AllowFederatedUsers = true));
  const build = (stack: TerraformStack) => {
    siblings(2)(stack);
    new FederationTest(stack, "Test", {
      targetFqdn: "accessproxy.contoso.com",
      domain: "partner1.com",
    });
  };
  await interrupt(to, (it, signal) => it.tryApply(build, signal), {
    what: "kill",
    place: "Before",
    nth: 2,
  });
  expect(to.lync.calls("Test-CsFederatedPartner")).toBe(0);
  const output = await to.apply(build);
  expect(to.lync.calls("Test-CsFederatedPartner")).toBe(1);
  expect(output).toMatch(
    /is not as declared: a deploy was interrupted[^]*All 2 objects are as declared; 1 of them only now/,
  );
  const calls = to.lync.calls("Get-CsAllowedDomain");
  await to.apply(build);
  expect(to.lync.calls("Get-CsAllowedDomain")).toBe(calls);
});

test("a deploy that is killed while it finishes another is itself finished by the next one", async () => {
  const to = deployment();
  const row: Row = { what: "3", build: siblings(3), siblings: ids(3), kills: [] };
  await killAt(to, row, kill("Before", 2));
  await killAt(to, row, kill("Before", 1));
  await to.apply(row.build);
  expect(domains(to)).toEqual(names(3));
});

test("an object that fails at the end does not keep the others", async () => {
  const to = deployment();
  await interrupt(to, (it, signal) => it.tryApply(siblings(4), signal), {
    what: "kill",
    place: "Before",
    nth: 2,
  });
  const missing = 4 - domains(to).length;
  to.lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "throwBefore", message: "no" });
  const result = await to.tryApply(siblings(4));
  expect(result.code).not.toBe(0);
  expect(result.stderr.replace(/\W+/g, " ")).toMatch(/New CsAllowedDomain failed no/);
  expect(4 - domains(to).length).toBeLessThan(missing);
  await to.apply(siblings(4));
  expect(domains(to)).toEqual(names(4));
});
