// What a benchmark has measured: a table for the reader, and JSON for whoever compares two runs.

/** One thing that was measured. */
export interface Row {
  readonly what: string;
  readonly value: number;
  /** `x` is a ratio of two things that were measured side by side. */
  readonly unit: "x" | "ms" | "s" | "MB" | "µs" | "processes" | "loads";
  readonly target?: Target;
  /** How it was measured, where that is not the same as for the rest. */
  readonly note?: string;
}

export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** The rows of one part. */
export interface Measured {
  readonly part: string;
  readonly rows: readonly Row[];
}

/** Whether the target is met; undefined where there is none. */
function met({ value, target }: Row): boolean | undefined {
  if (!target) return undefined;
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}

/** The table of one part. */
export function table({ part, rows }: Measured): string {
  const cells = rows.map((row) => [row.what, `${digits(row.value)} ${row.unit}`, verdict(row)]);
  const widths = [0, 1].map((column) => Math.max(...cells.map((each) => each[column].length)));
  const lines = cells.map(([what, value, end]) =>
    `  ${what.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${end}`.trimEnd(),
  );
  const notes = rows.flatMap(({ what, note }) => (note === undefined ? [] : `  ${what}: ${note}`));
  return [part, ...lines, ...notes].join("\n");
}

/** The same for a program to read. */
export function json(all: readonly Measured[]): string {
  const rows = all.flatMap(({ part, rows: each }) =>
    each.map((row) => ({ part, ...row, met: met(row) ?? null })),
  );
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function verdict(row: Row): string {
  if (!row.target) return "";
  const [words, limit] =
    "atMost" in row.target ? ["at most", row.target.atMost] : ["at least", row.target.atLeast];
  return `target ${words} ${limit}: ${met(row) ? "met" : "MISSED"}`;
}

function digits(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
