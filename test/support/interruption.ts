// Interrupts deployments at a cmdlet that changes something: kills them, or lets the cmdlet fail or hang.
import { setTimeout as sleep } from "node:timers/promises";
import { Deployment } from "./deployment";
import { RunResult } from "./run";
import { FaultKind, LyncState, SimulatedLync } from "./simulated-lync";

/** One run of terraform against a deployment: an apply or a destroy of some code. */
export type Operation = (to: Deployment, signal?: AbortSignal) => Promise<RunResult>;

/** What Lync Server and Terraform have at one time. */
export interface Snapshot {
  readonly lync: LyncState;
  readonly terraform: ReturnType<Deployment["state"]>;
}

export function snapshot(to: Deployment): Snapshot {
  return { lync: to.lync.state(), terraform: to.state() };
}

/** Puts both back, with no faults, counters and log. */
export function restore(to: Deployment, { lync, terraform }: Snapshot): void {
  to.lync.change((state) =>
    Object.assign(state, structuredClone(lync), {
      faults: [],
      calls: {},
      log: [],
    } satisfies Partial<LyncState>),
  );
  to.restoreState(terraform);
}

/** A run that is to be interrupted: from where, and what it does without interruption. */
export interface Run {
  readonly start: Snapshot;
  readonly operation: Operation;
  /** The cmdlets that change something, in their order. */
  readonly cmdlets: string[];
  readonly end: unknown;
  /** What is there when it has ended. */
  readonly after: Snapshot;
}

/** Tries the run out. */
export async function rehearse(to: Deployment, start: Snapshot, operation: Operation): Promise<Run> {
  restore(to, start);
  expect(await operation(to)).toMatchObject({ code: 0 });
  return { start, operation, cmdlets: cmdletsOf(to), end: essence(to), after: snapshot(to) };
}

/** The cmdlets that changed something since the log was cleared, or tried to. */
export function cmdletsOf(to: Deployment): string[] {
  return to.lync.log().map(({ cmdlet }) => cmdlet);
}

/** What counts of both: no times, no counters, and no ids, which are new in every run. */
export function essence(to: Deployment): unknown {
  const state = to.lync.state();
  const resources = to.state()?.resources ?? [];
  const ids = resources.flatMap(({ instances }) => instances.map(idOf));
  return {
    hostingProviders: sorted(state.hostingProviders, "Identity"),
    allowedDomains: sorted(state.allowedDomains, "Identity"),
    pushNotificationConfigurations: sorted(state.pushNotificationConfigurations, "Identity"),
    accessEdgeConfiguration: state.accessEdgeConfiguration,
    resources: sorted(resources, "name").map(({ type, name, instances }) => ({
      address: `${type}.${name}`,
      instances: instances.map((each) => withoutIds(each, ids)),
    })),
  };
}

function idOf(instance: { attributes?: { id: string } }): string {
  return instance.attributes?.id ?? "";
}

/** Triggers hold the ids of other resources. */
function withoutIds(instance: object, ids: readonly string[]): unknown {
  const text = JSON.stringify(instance, (key, value) => (key === "id" ? undefined : value));
  return JSON.parse(ids.reduce((left, id) => (id === "" ? left : left.replaceAll(id, "(id)")), text));
}

/** What happens to a run, at which of its cmdlets that change something, before or after the effect. */
export interface Interruption {
  /** `stop` is Ctrl-C. */
  readonly what: "kill" | "stop" | "throw" | "hang";
  readonly place: "Before" | "After";
  /** The first cmdlet that it happens at. */
  readonly nth: number;
  /** At how many cmdlets it happens from there. @default 1 */
  readonly times?: number;
}

/** Every place at which a run with so many cmdlets can be killed. */
export function everyKill(cmdlets: number): Interruption[] {
  const numbers = Array.from({ length: cmdlets }, (_, index) => index + 1);
  const places = ["Before", "After"] as const;
  return numbers.flatMap((nth) => places.map((place) => ({ what: "kill" as const, place, nth })));
}

/** Runs the operation until it is interrupted. Afterwards nothing stands in the way of another run. */
export async function interrupt(
  to: Deployment,
  operation: Operation,
  { what, place, nth, times }: Interruption,
): Promise<RunResult> {
  // Whoever is to be killed has to wait for it.
  const kind: FaultKind = what === "throw" ? `throw${place}` : `hang${place}`;
  to.lync.fault({ cmdlet: "*", kind, nth, times });
  if (what === "kill" || what === "stop") {
    return killWhen(to, operation, () => fired(to.lync), what === "stop" ? "SIGINT" : undefined);
  }
  const result = await operation(to);
  to.lync.change((state) => (state.faults = []));
  return result;
}

/** Kills the operation as soon as something is so. Afterwards no fault stands in the way of another run. */
export async function killWhen(
  to: Deployment,
  operation: Operation,
  happens: () => boolean,
  signal?: "SIGINT",
): Promise<RunResult> {
  const killer = new AbortController();
  const running = operation(to, killer.signal);
  await during(running, happens);
  killer.abort(signal);
  const result = await running;
  to.lync.change((state) => (state.faults = []));
  return result;
}

/** Waits until a call of the run has met a fault. */
export function faultFires(lync: SimulatedLync, running: Promise<unknown>): Promise<void> {
  return during(running, () => fired(lync));
}

/** Whether a call has met a fault. */
export function fired(lync: SimulatedLync): boolean {
  return lync.state().faults.some((fault) => (fault.fired ?? 0) > 0);
}

/** The resources in the state; none while Terraform is writing it. */
export function resourcesIn(to: Deployment): NonNullable<ReturnType<Deployment["state"]>>["resources"] {
  try {
    return to.state()?.resources ?? [];
  } catch {
    return [];
  }
}

/** The names of the resources in the state, while Terraform may be at work. */
export function namesIn(to: Deployment): string[] {
  return resourcesIn(to).map(({ name }) => name);
}

/** Waits for something that has to happen during the run. */
export async function during(running: Promise<unknown>, happens: () => boolean): Promise<void> {
  let over = false;
  const end = () => (over = true);
  running.then(end, end);
  while (!happens()) {
    if (over) throw new Error(`It ended before that: ${JSON.stringify(await running)}`);
    await sleep(20);
  }
}

/** Works off the tasks, as many at a time as there are workers. After a failure no further one is begun. */
export async function share<Worker, Task>(
  workers: Worker[],
  tasks: Task[],
  work: (worker: Worker, task: Task) => Promise<void>,
): Promise<void> {
  const left = [...tasks];
  const results = await Promise.allSettled(
    workers.map(async (worker) => {
      try {
        for (let task = left.shift(); task !== undefined; task = left.shift()) await work(worker, task);
      } finally {
        left.length = 0;
      }
    }),
  );
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

function sorted<T>(list: T[], property: keyof T): T[] {
  return [...list].sort((one, other) => String(one[property]).localeCompare(String(other[property])));
}
