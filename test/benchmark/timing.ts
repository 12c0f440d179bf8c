// Times that can be compared: things are done in turns, so that whatever else the machine does hits all of them alike.

/** Milliseconds that it takes. */
export async function taken(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** The median time of each, all of them done in turns; the first turn only warms up where there is one to spare. */
export async function medians<Names extends string>(
  rounds: number,
  actions: Readonly<Record<Names, () => unknown>>,
  warmUp = true,
): Promise<Record<Names, number>> {
  const names = Object.keys(actions) as Names[];
  const times = new Map<Names, number[]>(names.map((name) => [name, []]));
  for (let round = warmUp ? -1 : 0; round < rounds; round++) {
    for (const name of names) {
      const time = await taken(actions[name]);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Names,
    number
  >;
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
