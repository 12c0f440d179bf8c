// Whether an Edge of Office Communications Server 2007 R2 federates at all.
import { Construct } from "constructs";
import { computerName, onComputer, THIS_COMPUTER } from "./private/lync/edge-computer";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { writtenAs } from "./private/lync/written";
import { isMarked } from "./private/validation/mark";
import { boolean } from "./private/validation/rules";
import { optional } from "./private/terraform/token-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { IResolvable } from "./private/terraform/types";

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
 * @example
 * new ExternalEdgeSetting(stack, "Federation", { computerName: "edge01.contoso.com" });
 *
 * @see https://learn.microsoft.com/previous-versions/office/developer/communication-server-2007-R2/dd146658(v=office.13)
 * @noInheritDoc
 */
export class ExternalEdgeSetting extends LyncObject {
  /** Whether it is an ExternalEdgeSetting, of this copy of the package or of another one. */
  public static isExternalEdgeSetting(value: unknown): value is ExternalEdgeSetting {
    return isMarked(value, "ExternalEdgeSetting");
  }

  /** Whether the Edge lets users communicate with federated partners. */
  public readonly enableFederation: boolean | IResolvable;
  /** Name of the Edge Server; undefined is the runner itself. */
  public readonly computerName?: string;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: ExternalEdgeSettingProps = {}) {
    super(scope, id, "ExternalEdgeSetting");
    const read = this.validate(props, RULES, (problems, { computerName }) =>
      this.refuseTwice(problems, "ExternalEdgeSetting", onComputer("global", computerName)),
    );
    this.enableFederation = read.enableFederation ?? true;
    this.computerName = read.computerName;
    const identity = onComputer("global", this.computerName);
    this.declare(
      {
        identity,
        settings: { Identity: identity, EnableFederation: this.enableFederation },
        traits: { federates: true, edge: this.computerName ?? THIS_COMPUTER },
        cmdlets: "Set-WmiInstance on MSFT_SIPFederationExternalEdgeSetting",
        removalPolicy: read.removalPolicy ?? RemovalPolicy.RETAIN,
      },
      read,
    );
  }
}

writtenAs(ExternalEdgeSetting, {
  props: (found) => ({
    enableFederation: found.value("EnableFederation"),
    computerName: found.computerName,
  }),
  inProcedure: () => true,
});
