// Nothing is left half done: at every cmdlet that changes something a run is killed with all that it started or the cmdlet
// fails, before its effect and after it, or it hangs; and the next run of the same code ends where an uninterrupted one does.
// Runs that fail follow each other, each at the next cmdlet, and the last one ends there.
import { Deployment } from "../support/deployment";
import {
  cmdletsOf,
  essence,
  everyKill,
  interrupt,
  Interruption,
  Operation,
  rehearse,
  restore,
  Run,
  share,
  snapshot,
} from "../support/interruption";
import { RunResult } from "../support/run";
import { apply, changed, original, procedure } from "../support/whole-procedure";

jest.setTimeout(300_000);

const TIME_LIMIT = 6;
const workers = [1, 2].map(
  () => new Deployment(undefined, { runner: { preflight: false }, ownPowerShell: true }),
);
const slowWorker = new Deployment(undefined, {
  runner: { preflight: false, timeoutSeconds: TIME_LIMIT },
  ownProcesses: true,
});
afterAll(() => [...workers, slowWorker].forEach((each) => each.remove()));

const fresh = snapshot(workers[0]);
const tried: Record<string, number> = {};

/** Interrupts the run, and expects the next one to end like one without interruption. */
async function interruptOnce(to: Deployment, run: Run, point: Interruption): Promise<void> {
  const { start, operation, cmdlets } = run;
  restore(to, start);
  expectInterrupted({ ...point }, cmdlets[point.nth - 1], await interrupt(to, operation, point));
  const entry = to.lync.log()[point.nth - 1];
  const reached = { cmdlet: cmdlets[point.nth - 1], phase: point.place === "Before" ? "begin" : "effect" };
  expect({ point, entry }).toMatchObject({ point, entry: reached });
  // Terraform writes a remote state at intervals only, so that a kill may lose all that the run has told it.
  if (point.what === "kill" && point.nth === cmdlets.length) to.restoreState(start.terraform);
  await expectFinished(to, run, { ...point });
  count(point.what, 1);
}

/** The next run works, and ends like one without interruption. */
async function expectFinished(to: Deployment, { operation, end }: Run, point: object): Promise<void> {
  expect({ point, next: await operation(to) }).toMatchObject({ point, next: { code: 0 } });
  expect({ point, end: essence(to) }).toEqual({ point, end });
}

/**
 * Interrupts the run at its first cmdlet, then the next run at the second one, and so on: each goes on exactly where the one
 * before it was interrupted, and the last one ends like one without interruption.
 */
async function interruptOneByOne(
  to: Deployment,
  run: Run,
  what: "throw" | "hang",
  place: "Before" | "After",
) {
  restore(to, run.start);
  for (const [index, cmdlet] of run.cmdlets.entries()) {
    // A cmdlet that had no effect is the first of the next run.
    const reached = index > 0 && place === "Before" ? run.cmdlets.slice(index - 1, index + 1) : [cmdlet];
    const point = { what, place, nth: reached.length };
    expectInterrupted({ ...point, cmdlet }, cmdlet, await interrupt(to, run.operation, point));
    const log = cmdletsOf(to);
    // Where a creation fails after a removal, the run puts the old object back, or tries to.
    expect({ point, reached: log.slice(0, reached.length) }).toEqual({ point, reached });
    expect(log.at(-1)).toBe(cmdlet);
    to.lync.clearLog();
  }
  await expectFinished(to, run, { what, place });
  count(what, run.cmdlets.length);
}

/** One process removes everything, and goes on after a failure: each cmdlet fails, and the next run does it all. */
async function failEverywhere(to: Deployment, run: Run, place: "Before" | "After"): Promise<void> {
  restore(to, run.start);
  const result = await interrupt(to, run.operation, {
    what: "throw",
    place,
    nth: 1,
    times: run.cmdlets.length,
  });
  for (const cmdlet of run.cmdlets) expectInterrupted({ what: "throw", place, cmdlet }, cmdlet, result);
  expect(cmdletsOf(to)).toEqual(run.cmdlets);
  await expectFinished(to, run, { place });
  count("throw", run.cmdlets.length);
}

function count(what: string, interruptions: number): void {
  tried[what] = (tried[what] ?? 0) + interruptions;
}

/** Without those between two cmdlets: closing.test.ts has them, of siblings at work. */
function everyKillBefore(cmdlets: number): Interruption[] {
  return everyKill(cmdlets).filter(({ place, nth }) => place === "Before" || nth === cmdlets);
}

/** Each run is tried out once for all tests that interrupt it, and all but the first go on from what that has deployed. */
const deploy = once(() => rehearse(workers[0], fresh, apply(original)));
const removal = onceDeployed(apply({ complete: false }));
const destroy = onceDeployed((to, signal) => to.tryDestroy(procedure(original), signal));

function onceDeployed(operation: Operation): () => Promise<Run> {
  return once(async () => rehearse(workers[0], (await deploy()).after, operation));
}

function once(work: () => Promise<Run>): () => Promise<Run> {
  let done: Promise<Run> | undefined;
  return () => (done ??= work());
}

/** Two tests: one kills the run at each of its cmdlets, the other lets each of them fail or hang. */
function interruptEverywhere(
  what: string,
  rehearsal: () => Promise<Run>,
  expected: string[],
  fail: typeof failEverywhere = (to, run, place) => interruptOneByOne(to, run, "throw", place),
  kills = everyKill,
): void {
  test(`${what} is finished by the next run, wherever it was killed`, async () => {
    const run = await rehearsal();
    expect(run.cmdlets).toEqual(expected);
    await share(workers, kills(expected.length), (to, point) => interruptOnce(to, run, point));
  });

  test(`${what} is finished by the runs after it, wherever a cmdlet failed or hung`, async () => {
    const run = await rehearsal();
    await Promise.all([
      // Before its effect, Lync Server is as a kill leaves it there, and Terraform as a failure does.
      interruptOneByOne(slowWorker, run, "hang", "After"),
      share(workers, ["Before", "After"] as const, (to, place) => fail(to, run, place)),
    ]);
  });
}

/** The run failed, and said why unless it was ended from outside. */
function expectInterrupted(
  point: { what: Interruption["what"]; [detail: string]: unknown },
  cmdlet: string,
  result: RunResult,
): void {
  const said = {
    kill: "",
    stop: "",
    throw: `${cmdlet} failed: `,
    hang: `timed out: ${cmdlet} took longer than ${TIME_LIMIT} s`,
  }[point.what];
  const text = result.stderr.replace(/[\s│]+/g, " ");
  expect({ point, failed: result.code !== 0, text }).toEqual({
    point,
    failed: true,
    text: expect.stringContaining(said),
  });
}

interruptEverywhere(
  "a first deploy",
  deploy,
  [
    "New-CsHostingProvider",
    "New-CsAllowedDomain",
    "Set-CsPushNotificationConfiguration",
    "New-CsPushNotificationConfiguration",
    "Set-CsAccessEdgeConfiguration",
  ],
  undefined,
  everyKillBefore,
);

interruptEverywhere(
  "a change that is a Set- of each",
  onceDeployed(apply(changed)),
  ["Set-CsHostingProvider", "Set-CsAllowedDomain", "Set-CsAccessEdgeConfiguration"],
  undefined,
  everyKillBefore,
);

interruptEverywhere(
  "a change that is a removal and a creation",
  onceDeployed(apply({ ...original, proxyFqdn: "sipfed2.online.lync.com" })),
  ["Remove-CsHostingProvider", "New-CsHostingProvider"],
);

interruptEverywhere(
  "a removal from the code, of objects and of a setting,",
  removal,
  ["Set-CsAccessEdgeConfiguration", "Remove-CsPushNotificationConfiguration", "Set-CsAllowedDomain"],
  failEverywhere,
);

interruptEverywhere(
  "a destroy",
  destroy,
  [
    "Set-CsAccessEdgeConfiguration",
    "Remove-CsPushNotificationConfiguration",
    "Remove-CsPushNotificationConfiguration",
    "Remove-CsAllowedDomain",
    "Remove-CsHostingProvider",
  ],
  failEverywhere,
);

test("that were all points", () => {
  console.info(`Interrupted, each at another point, and finished: ${JSON.stringify(tried)}`);
  expect(tried).toEqual({ kill: 30, throw: 36, hang: 18 });
});

// What Ctrl-C reaches on Windows depends on the console.
(process.platform === "win32" ? test.skip : test)(
  "a deploy and a destroy that Ctrl-C has ended are finished by the next run",
  async () => {
    await share(workers, [await deploy(), await destroy()], async (to, run) => {
      await interruptOnce(to, run, { what: "stop", place: "Before", nth: 2 });
      await interruptOnce(to, run, { what: "stop", place: "After", nth: 3 });
    });
  },
);

test("a removal that is killed when its list is destroyed and the new one not yet made is finished by the next run", async () => {
  const { start, operation, end, after } = await removal();
  const [to] = workers;
  restore(to, after);
  // No cmdlet runs in between, so nothing can hold Terraform there: this is the state that it would have written.
  const resources = (start.terraform?.resources ?? []).filter(({ name }) => name !== "LyncInventory");
  to.restoreState({ ...start.terraform, resources });
  expect(await operation(to)).toMatchObject({ code: 0 });
  expect(essence(to)).toEqual(end);
  await to.destroy(() => undefined);
  expect(to.lync.state()).toMatchObject({ hostingProviders: [], allowedDomains: [] });
});
