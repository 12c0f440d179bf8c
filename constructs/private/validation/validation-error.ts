// The error that every refused input ends in: it lists all that is wrong at once.

/** One thing that is wrong: which property, and a sentence with the value, what is allowed and the fix. */
export interface Problem {
  /** Kind and path of the construct, such as `HostingProvider at "production/LyncOnline"`. */
  readonly where: string;
  /** Name of the property as it is written in the code. */
  readonly property: string;
  /** What is wrong, the value given, what is allowed, and the fix. */
  readonly message: string;
}

/** Thrown at synthesis where declared settings cannot be right. Lists every problem, not only the first. */
export class ValidationError extends Error {
  /** All that is wrong, in the order in which the message lists it. */
  public readonly problems!: readonly Problem[];

  public constructor(problems: readonly Problem[]) {
    super(describe(problems));
    this.name = "ValidationError";
    // Node prints the enumerable properties of an uncaught error once more, under what the message has said.
    Object.defineProperty(this, "problems", { value: problems, enumerable: false });
  }
}

function describe(problems: readonly Problem[]): string {
  const places = [...new Set(problems.map((problem) => problem.where))];
  const lines = places.map((where) => {
    const here = problems.filter((problem) => problem.where === where);
    return [where, ...here.map((problem) => `  - ${problem.property}: ${problem.message}`)].join("\n");
  });
  return `${problems.length} invalid ${problems.length === 1 ? "setting" : "settings"}:\n${lines.join("\n")}`;
}
