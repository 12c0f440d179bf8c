// Settings of the Windows runner: which product it serves, which PowerShell runs, how long one step may take.
import { Construct } from "constructs";
import { LyncScope } from "./private/lync/lync-scope";
import { LyncRunnerProps } from "./private/lync/runner-props";

/** The runner of a stack. */
export class LyncRunner {
  /**
   * Sets how the stack's runner reaches Lync Server, for all constructs of this library in the stack.
   *
   * Keep the call when the last construct leaves the code: it keeps the stack's inventory in place, which then removes
   * that construct's object from Lync Server. Where it is called more than once for a stack, all calls must agree.
   *
   * @param scope The stack, or any construct in it.
   * @throws ValidationError where a setting cannot be right, or where an earlier call or an earlier construct has given the
   * stack other settings: with each that differs, both values and both places.
   */
  public static configure(scope: Construct, props: LyncRunnerProps): void {
    LyncScope.configure(scope, props);
  }
}
