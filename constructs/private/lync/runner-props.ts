// Settings of a stack's runner.
import { LyncResourceType } from "../terraform/resource-type";
import { LyncProduct } from "./product";
import { RemoteSessionProps } from "./session-props";

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
   * A remote session to a pool, which gives the cmdlets in place of a module: the runner then needs nothing of Lync.
   * `product` still says what can be declared. `module` cannot be given with it.
   *
   * @default - none: the runner has the administrative tools of the server
   */
  readonly session?: RemoteSessionProps;
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
