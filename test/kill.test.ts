// Nothing is left half done: terraform and all that it started are killed at every cmdlet that changes something, before
// its effect; the next run of the same code is killed at it as well, after its effect; and the one after that ends where
// an uninterrupted run does.
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  HostingProvider,
  PushNotificationConfig,
  RemovalPolicy,
} from "../constructs";
import { Build, Deployment } from "./support/deployment";
import { essence, killAt, Operation, restore, share, Snapshot, snapshot } from "./support/kill-harness";
import { LogEntry } from "./support/simulated-lync";

interface Choice {
  proxyFqdn?: string;
  verificationLevel?: "AlwaysVerifiable";
  comment?: string;
  allowFederatedUsers?: boolean;
  /** Without it, the last two objects are not in the code. */
  complete?: boolean;
}

/** The whole procedure, one object after the other, so that the n-th cmdlet of a run is always the same. */
function procedure({ complete = true, proxyFqdn, verificationLevel, ...choice }: Choice): Build {
  return (stack: TerraformStack) => {
    const provider = new HostingProvider(stack, "LyncOnline", {
      identity: "LyncOnline",
      proxyFqdn: proxyFqdn ?? "sipfed.online.lync.com",
      verificationLevel,
    });
    const { comment, allowFederatedUsers } = choice;
    const domain = new AllowedDomain(stack, "Domain", {
      domain: "push.lync.com",
      comment,
      dependsOn: [provider],
    });
    const push = new PushNotificationConfig(stack, "Push", { dependsOn: [domain] });
    if (!complete) return;
    const site = new PushNotificationConfig(stack, "Site", { identity: "site:Redmond", dependsOn: [push] });
    const removalPolicy = RemovalPolicy.REMOVE;
    new AccessEdgeConfig(stack, "Edge", { allowFederatedUsers, removalPolicy, dependsOn: [site] });
  };
}

const apply =
  (choice: Choice): Operation =>
  (to, signal) =>
    to.tryApply(procedure(choice), signal);

const original = { comment: "a" };
const changed: Choice = { comment: "b", verificationLevel: "AlwaysVerifiable", allowFederatedUsers: false };

jest.setTimeout(300_000);

const workers = [new Deployment(), new Deployment()];
afterAll(() => workers.forEach((each) => each.remove()));

let deployed: Snapshot | undefined;
let tried = 0;

/** The whole procedure, deployed once for all tests that go on from there. */
async function afterDeploy(): Promise<Snapshot> {
  if (deployed) return deployed;
  await workers[0].apply(procedure(original));
  return (deployed = snapshot(workers[0]));
}

/** What the run does without interruption, tried out on the first worker. */
async function rehearse(start: Snapshot, operation: Operation) {
  const [first] = workers;
  restore(first, start);
  expect(await operation(first)).toMatchObject({ code: 0 });
  return { cmdlets: first.lync.log().length, end: essence(first) };
}

/** Lets two runs die at every cmdlet, and expects the third to end like one without interruption. */
async function killEverywhere(start: Snapshot, operation: Operation, floor: number): Promise<void> {
  const { cmdlets, end } = await rehearse(start, operation);
  expect(cmdlets).toBeGreaterThanOrEqual(floor);
  const numbers = Array.from({ length: cmdlets }, (_, index) => index + 1);
  await share(workers, numbers, async (to, nth) => {
    restore(to, start);
    await killAt(to, operation, "hangBefore", nth);
    const killed = to.lync.log().length;
    expect({ nth, killed }).toEqual({ nth, killed: nth });
    const reached = to.lync.log()[nth - 1];
    await killAt(to, operation, "hangAfter", 1);
    expect({ nth, again: to.lync.log().at(-1) }).toMatchObject({ nth, again: same(reached) });
    // Terraform writes a remote state at intervals only, so that a kill may lose all that the run has told it.
    if (nth === cmdlets) to.restoreState(start.terraform);
    expect({ nth, run: await operation(to) }).toMatchObject({ nth, run: { code: 0 } });
    expect({ nth, end: essence(to) }).toEqual({ nth, end });
    tried += 2;
  });
}

/** The same cmdlet on the same object, with its effect. */
function same({ cmdlet, parameters: { Identity } }: LogEntry): object {
  return { cmdlet, parameters: Identity === undefined ? {} : { Identity }, phase: "effect" };
}

test("a first deploy", () => killEverywhere(snapshot(workers[0]), apply(original), 5));

test("a change that is a Set- of each", async () => killEverywhere(await afterDeploy(), apply(changed), 3));

test("a change that is a removal and a creation", async () =>
  killEverywhere(await afterDeploy(), apply({ ...original, proxyFqdn: "sipfed2.online.lync.com" }), 2));

test("a removal from the code, of objects and of a setting", async () =>
  killEverywhere(await afterDeploy(), apply({ complete: false }), 3));

test("a destroy", async () =>
  killEverywhere(await afterDeploy(), (to, signal) => to.tryDestroy(procedure(original), signal), 5));

test("that were all points", () => {
  console.info(`${tried} deployments were killed, each at another point, and all were finished.`);
  expect(tried).toBeGreaterThanOrEqual(36);
});
