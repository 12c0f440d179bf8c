// Whether an Edge of Office Communications Server 2007 R2 federates at all.
import { Construct } from "constructs";
import { IResolvable } from "cdktf";
import { computerName, onComputer, THIS_COMPUTER } from "./private/lync/edge-computer";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { boolean } from "./private/validation/rules";
import { optional } from "./private/terraform/token-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";

/**
 * Properties of an {@link ExternalEdgeSetting}.
 *
 * @see https://learn.microsoft.com/previous-versions/office/developer/communication-server-2007-R2/dd146658(v=office.13)
 */
export interface ExternalEdgeSettingProps extends LyncObjectProps {
  /**
   * Whether the Edge lets users communicate with federated partners, which push notifications need (EnableFederation).
   *
   * @default true
   */
  readonly enableFederation?: boolean | IResolvable;
  /**
   * Name of the Edge Server, which WMI on the runner connects to: an FQDN or a name without a domain, no IP address.
   * Must be known at synthesis.
   *
   * @default - the runner itself
   */
  readonly computerName?: string;
}

const RULES: Rules<ExternalEdgeSettingProps> = {
  ...OBJECT_RULES,
  enableFederation: optional(boolean),
  computerName,
};

/**
 * The settings of the external edge of Office Communications Server 2007 R2: MSFT_SIPFederationExternalEdgeSetting, by
 * WMI. Each Edge has them once, and they cannot be removed: with `RemovalPolicy.REMOVE`, EnableFederation goes back to
 * False when the construct leaves the code. Retained by default, since other partners may need federation as well. All
 * other properties stay as they are.
 *
 * @see https://learn.microsoft.com/previous-versions/office/developer/communication-server-2007-R2/dd146658(v=office.13)
 */
export class ExternalEdgeSetting extends LyncObject {
  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, given: ExternalEdgeSettingProps = {}) {
    super(scope, id, "ExternalEdgeSetting");
    const props = this.validate(given, RULES, (problems, read) =>
      this.refuseTwice(problems, "ExternalEdgeSetting", onComputer("global", read.computerName)),
    );
    const identity = onComputer("global", props.computerName);
    this.declare(
      {
        identity,
        settings: { Identity: identity, EnableFederation: props.enableFederation ?? true },
        traits: { federates: true, edge: props.computerName ?? THIS_COMPUTER },
        cmdlets: "Set-WmiInstance on MSFT_SIPFederationExternalEdgeSetting",
        removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      },
      props,
    );
  }
}
