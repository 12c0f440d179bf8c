// Settings of the Windows runner: which product it serves, which PowerShell runs, how long one step may take.
import { Construct } from "constructs";
import { LyncScope } from "./private/lync-scope";
import { LyncProduct } from "./product";
import { LyncResourceType } from "./resource-type";

/** How the stack's runner reaches Lync Server. */
export interface LyncRunnerProps {
  /**
   * The product of the server. What it lacks is refused at synthesis: `verificationLevel` of an AllowedDomain on Lync
   * Server 2013, a PushNotificationTest on Skype for Business Server 2019.
   *
   * @default LyncProduct.LYNC_SERVER_2013
   */
  readonly product?: LyncProduct;
  /**
   * The PowerShell that runs the scripts: a name on the runner's PATH, or a path.
   *
   * @default "powershell.exe"
   */
  readonly powerShell?: string;
  /**
   * The PowerShell module that gives the Lync cmdlets: a name, or the path of a manifest.
   *
   * @default - the product's: Lync, or SkypeForBusiness
   */
  readonly module?: string;
  /**
   * Type of the Terraform resources that carry the objects. Changing it later applies every object once more, which
   * changes nothing in Lync Server.
   *
   * @default LyncResourceType.NULL_RESOURCE
   */
  readonly resourceType?: LyncResourceType;
  /**
   * How long one operation (applying one object, removing one, one test) may take, in seconds, from 1 to 86,400.
   * Past it the PowerShell process ends itself and the error names the operation and this limit.
   *
   * @default 600 (10 minutes)
   */
  readonly timeoutSeconds?: number;
  /**
   * Whether a deploy checks, before its first change, that the runner can make all of them: the PowerShell version, the
   * module, the cmdlets, that the account gets through to Lync Server, and DNS SRV routing of the Edge where a hosting
   * provider is declared. All that is missing comes in one message. `npx lync-preflight ENVIRONMENT` runs it by itself.
   *
   * @default true
   */
  readonly preflight?: boolean;
}

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
