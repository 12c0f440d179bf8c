// What is wrong with several constructs, gathered so that one error lists all of it.
import { Problem, ValidationError } from "./validation-error";

/** The problems of all that is made through it. */
export class Gathered {
  private readonly problems: Problem[] = [];

  /** What was made, or nothing and more entries among the problems. */
  public attempt<T>(make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.problems.push(...error.problems);
      return undefined;
    }
  }

  /** Throws where anything is wrong. */
  public throwIfAny(): void {
    if (this.problems.length > 0) throw new ValidationError(this.problems);
  }
}
