// Nothing is left half done over a session either: at every cmdlet that changes something, before its effect or after it, the runner
// is killed, or the far end is lost; and the runs after it end where one without session and interruption does.
import { Deployment } from "../support/deployment";
import {
  cmdletsOf,
  essence,
  fired,
  interrupt,
  killWhen,
  rehearse,
  restore,
  Run,
  Snapshot,
  snapshot,
} from "../support/interruption";
import { hasRemoteRunners, POOL, remoteRunner, RemoteRunner } from "../support/remote-runner";
import { SimulatedLync } from "../support/simulated-lync";
import { apply, changed, Choice, original, procedure } from "../support/whole-procedure";

interface Point {
  readonly cmdlet: string;
  readonly place: Place;
}
type Place = "Before" | "After";

/** At each cmdlet of the run, before its effect or after it, by turns. */
function points({ cmdlets }: Run, first: Place, second: Place): Point[] {
  return cmdlets.map((cmdlet, index) => ({ cmdlet, place: index % 2 ? second : first }));
}

jest.setTimeout(300_000);

(hasRemoteRunners ? describe : describe.skip)("over a session", () => {
  const local = new Deployment(undefined, { runner: { preflight: false } });
  const lync = new SimulatedLync();
  const remotes: RemoteRunner[] = [];
  let fresh: Snapshot;
  let deploy: Run;
  /** Each script is a process with a session of its own. */
  let killed: Deployment;
  /** One process stays for all scripts; each has a session of its own. */
  let lost: Deployment;

  async function deployment(stays: boolean): Promise<Deployment> {
    const remote = await remoteRunner({ connectionUri: POOL }, { stays });
    remotes.push(remote);
    const runner = { ...remote.runner, preflight: false };
    // Both are the same runner, which keeps its notes of what is half done in one place.
    return new Deployment(lync, { runner, env: { ...remote.env, XDG_DATA_HOME: local.folder } });
  }

  beforeAll(async () => {
    [killed, lost] = [await deployment(false), await deployment(true)];
    fresh = snapshot(local);
    deploy = await rehearse(local, fresh, apply(original));
  });
  afterAll(() => {
    for (const each of [local, killed, lost]) each.remove();
    for (const each of remotes) each.remove();
  });
  beforeEach(() => lync.forgetSessions());

  /** How many sessions the pool allows. */
  const limit = (sessions: number) => lync.change(({ remote }) => (remote.limit = sessions));

  /**
   * Kills the run at its first cmdlet, then the next run at the second one, and so on, each while the sessions of all before it are
   * still open; the last one ends like one without interruption.
   */
  async function killOneByOne({ start, operation, end }: Run, places: Point[]): Promise<void> {
    restore(killed, start);
    limit(30);
    for (const [index, { cmdlet, place }] of places.entries()) {
      // A cmdlet that had no effect is the first of the next run.
      const before = places[index - 1];
      const reached =
        before?.place === "Before" && before.cmdlet !== cmdlet ? [before.cmdlet, cmdlet] : [cmdlet];
      await interrupt(killed, operation, { what: "kill", place, nth: reached.length });
      expect({ cmdlet, place, reached: cmdletsOf(killed) }).toEqual({ cmdlet, place, reached });
      expect(lync.sessions().open).toBe(index + 1);
      lync.clearLog();
    }
    lost.restoreState(killed.state());
    expect(await operation(lost)).toMatchObject({ code: 0 });
    expect(lync.sessions().open).toBe(places.length);
    expect(essence(lost)).toEqual(end);
  }

  /** The far end is lost at each of the cmdlets, in one run, which goes on over new sessions. Returns the cmdlets that ran. */
  async function loseFarEnd({ start, operation, end }: Run, places: Point[]): Promise<string[]> {
    restore(lost, start);
    lync.forgetSessions();
    const seen: Record<string, number> = {};
    for (const { cmdlet, place } of places) {
      // One that is lost before its effect is called once more.
      const nth = (seen[cmdlet] ?? 0) + 1;
      seen[cmdlet] = place === "Before" ? nth + 1 : nth;
      lync.fault({ cmdlet, kind: `die${place}`, nth });
    }
    const result = await operation(lost);
    expect(result).toMatchObject({ code: 0 });
    for (const { cmdlet } of places) expect(result.stdout).toContain(`broke: ${cmdlet} failed: `);
    expect(lync.sessions().open).toBe(0);
    expect(essence(lost)).toEqual(end);
    return cmdletsOf(lost);
  }

  /** Loses it at each cmdlet; one that has had its effect does not run again. */
  async function loseEverywhere(run: Run, first: Place, second: Place): Promise<void> {
    const places = points(run, first, second);
    const expected = places.flatMap(({ cmdlet, place }) =>
      place === "Before" ? [cmdlet, cmdlet] : [cmdlet],
    );
    expect(await loseFarEnd(run, places)).toEqual(expected);
  }

  test("a first deploy is finished, wherever it was interrupted", async () => {
    await killOneByOne(deploy, points(deploy, "Before", "After"));
    await loseEverywhere(deploy, "After", "Before");
    expect(deploy.cmdlets).toHaveLength(5);
  });

  test("a change with a removal from the code is finished, wherever it was interrupted", async () => {
    const { comment, verificationLevel } = changed;
    const run = await rehearse(local, deploy.after, apply({ comment, verificationLevel, complete: false }));
    await killOneByOne(run, points(run, "Before", "After"));
    await loseEverywhere(run, "After", "Before");
    expect(run.cmdlets.map((cmdlet) => cmdlet.split("-")[0])).toEqual(["Set", "Remove", "Set", "Set"]);
  });

  test("a change that is a removal and a creation is finished, wherever it was interrupted", async () => {
    const proxyFqdn = "sipfed2.online.lync.com";
    const run = await rehearse(local, deploy.after, apply({ ...original, proxyFqdn }));
    await killOneByOne(run, points(run, "After", "After"));
    // One process makes both, and goes on after one loss; where the old object had gone, it is put back first.
    const [remove, create] = points(run, "Before", "Before");
    expect(await loseFarEnd(run, [remove])).toEqual([remove.cmdlet, ...run.cmdlets]);
    expect(await loseFarEnd(run, [create])).toEqual([...run.cmdlets, create.cmdlet, ...run.cmdlets]);
  });

  test("a destroy is finished, wherever it was interrupted", async () => {
    const run = await rehearse(local, deploy.after, (to, signal) =>
      to.tryDestroy(procedure(original), signal),
    );
    await killOneByOne(run, points(run, "Before", "After"));
    await loseEverywhere(run, "After", "Before");
    expect(run.cmdlets).toHaveLength(5);
  });

  test("siblings that were all at work are finished while their sessions are still open, on a pool that has two more", async () => {
    const siblings = (choice: Choice) => apply({ ...choice, siblings: true });
    const { after } = await rehearse(local, fresh, siblings(original));
    const { start, operation, end } = await rehearse(local, after, siblings(changed));
    restore(killed, start);
    limit(5);
    lync.fault({ cmdlet: "*", kind: "hangAfter" });
    await killWhen(killed, operation, () => fired(lync) && lync.sessions().open === 3);
    lync.clearLog();
    expect(await operation(killed)).toMatchObject({ code: 0 });
    expect(cmdletsOf(killed)).toHaveLength(2);
    expect(lync.sessions().open).toBe(3);
    expect(essence(killed)).toEqual(end);
  });
});
