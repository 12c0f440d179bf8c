// Values that are known once the whole stack is. CDKTF's own Lazy captures a stack trace for each, which costs more than all
// else of a resource.
import { IResolvable, IResolveContext, Token } from "cdktf";

/** A value that is asked for when the stack is written. */
export class Late<T = unknown> implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(public readonly resolve: () => T) {}

  public toString(): string {
    return Token.asString(this);
  }
}

/** A text that is asked for when the stack is written. */
export function lateText(produce: () => string): string {
  return new Late(produce).toString();
}

/** Puts into a value what its Tokens stand for. */
export type Resolve = (value: unknown) => unknown;

/** A value that is made of what Tokens stand for. */
export class LateOfTokens<T = unknown> implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly produce: (resolve: Resolve) => T) {}

  public resolve(context: IResolveContext): T {
    return this.produce((value) => context.resolve(value));
  }

  public toString(): string {
    return Token.asString(this);
  }
}
