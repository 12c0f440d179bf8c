// The one global configuration of the Access Edge: federation, and how traffic to partners is routed.
import { Construct } from "constructs";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { Expression, FoundObject, writtenAs } from "./private/lync/written";
import { aWayOfRouting, refuseRouting } from "./private/lync/edge-routing-rules";
import { isMarked } from "./private/validation/mark";
import { boolean, fqdn, show } from "./private/validation/rules";
import { known, optional } from "./private/terraform/token-rules";
import { orderByRouting, refuseDefaultRouting } from "./private/lync/routing";
import { Rules } from "./private/validation/validation";
import { EdgeRouting } from "./edge-routing";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { IResolvable } from "./private/terraform/types";

/**
 * Properties of an {@link AccessEdgeConfig}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-csaccessedgeconfiguration
 */
export interface AccessEdgeConfigProps extends LyncObjectProps {
  /**
   * Whether users may communicate with federated partners, which push notifications need.
   *
   * @default true
   */
  readonly allowFederatedUsers?: boolean | IResolvable;
  /**
   * How traffic to partners is routed: `EdgeRouting.dnsSrv({ partnerDiscovery })`, which every enabled hosting provider
   * needs, or `EdgeRouting.defaultRoute(fqdn)`. Not beside the four properties that it replaces.
   *
   * @default - routing is left as it is
   */
  readonly routing?: EdgeRouting;
  /**
   * `true` finds partners by DNS SRV records. With `enablePartnerDiscovery`. `false` goes with `useDefaultRouting: true`
   * alone, since it does not say how the Edge routes instead.
   *
   * @default - routing is left as it is
   * @deprecated It goes with version 1.0. Use `routing: EdgeRouting.dnsSrv({ partnerDiscovery })`.
   */
  readonly useDnsSrvRouting?: boolean;
  /**
   * Whether partners that are not on the allowed list are discovered by DNS. Only with `useDnsSrvRouting`.
   *
   * @default - none
   * @deprecated It goes with version 1.0. Use `routing: EdgeRouting.dnsSrv({ partnerDiscovery })`.
   */
  readonly enablePartnerDiscovery?: boolean | IResolvable;
  /**
   * `true` sends all traffic to `defaultRouteFqdn`. `false` goes with `useDnsSrvRouting: true` alone.
   *
   * @default - routing is left as it is
   * @deprecated It goes with version 1.0. Use `routing: EdgeRouting.defaultRoute(fqdn)`.
   */
  readonly useDefaultRouting?: boolean;
  /**
   * FQDN of the server that gets all traffic. Only with `useDefaultRouting`.
   *
   * @default - none
   * @deprecated It goes with version 1.0. Use `routing: EdgeRouting.defaultRoute(fqdn)`.
   */
  readonly defaultRouteFqdn?: string;
}

const RULES: Rules<AccessEdgeConfigProps> = {
  ...OBJECT_RULES,
  allowFederatedUsers: optional(boolean),
  routing: aWayOfRouting,
  useDnsSrvRouting: known(boolean),
  enablePartnerDiscovery: optional(boolean),
  useDefaultRouting: known(boolean),
  defaultRouteFqdn: optional(fqdn),
};

/**
 * The configuration of the Access Edge. There is one, and it cannot be removed: with `RemovalPolicy.REMOVE`,
 * AllowFederatedUsers goes back to False when the construct leaves the code. Retained by default, since other partners
 * may need federation as well; routing always stays as it is.
 *
 * @example
 * new AccessEdgeConfig(stack, "Edge", {
 *   allowFederatedUsers: true,
 *   routing: EdgeRouting.dnsSrv({ partnerDiscovery: false }),
 * });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-csaccessedgeconfiguration
 * @noInheritDoc
 */
export class AccessEdgeConfig extends LyncObject {
  /** Whether it is an AccessEdgeConfig, of this copy of the package or of another one. */
  public static isAccessEdgeConfig(value: unknown): value is AccessEdgeConfig {
    return isMarked(value, "AccessEdgeConfig");
  }

  /** Whether users may communicate with federated partners. */
  public readonly allowFederatedUsers: boolean | IResolvable;
  /** How traffic to partners is routed; undefined is left as it is in Lync Server. */
  public readonly routing?: EdgeRouting;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: AccessEdgeConfigProps = {}) {
    super(scope, id, "AccessEdgeConfig");
    const read = this.validate(props, RULES, (problems, each) => {
      this.refuseTwice(problems, "AccessEdgeConfig", "global");
      refuseRouting(problems, each);
      const property = each.routing ? "routing" : "useDefaultRouting";
      if (routingOf(each)?.way === "defaultRoute")
        refuseDefaultRouting(problems, property, this.shared.objects);
    });
    this.allowFederatedUsers = read.allowFederatedUsers ?? true;
    this.routing = routingOf(read);
    const { way, partnerDiscovery, defaultRouteFqdn } = this.routing ?? {};
    this.declare(
      {
        identity: "global",
        settings: {
          Identity: "global",
          AllowFederatedUsers: this.allowFederatedUsers,
          UseDnsSrvRouting: way === "dnsSrv" || undefined,
          EnablePartnerDiscovery: partnerDiscovery,
          UseDefaultRouting: way === "defaultRoute" || undefined,
          DefaultRouteFqdn: defaultRouteFqdn,
        },
        traits: { federates: true },
        cmdlets: "Set-CsAccessEdgeConfiguration",
        removalPolicy: read.removalPolicy ?? RemovalPolicy.RETAIN,
      },
      read,
    );
    orderByRouting(this.shared.objects);
  }
}

/** The way of routing that is described, whether by the one property or by the four former ones. */
export function routingOf(read: AccessEdgeConfigProps): EdgeRouting | undefined {
  if (read.routing !== undefined) return EdgeRouting.isEdgeRouting(read.routing) ? read.routing : undefined;
  if (read.useDnsSrvRouting === true)
    return EdgeRouting.dnsSrv({ partnerDiscovery: read.enablePartnerDiscovery as boolean });
  return read.useDefaultRouting === true
    ? EdgeRouting.defaultRoute(read.defaultRouteFqdn as string)
    : undefined;
}

writtenAs(AccessEdgeConfig, {
  props: (found) => ({
    allowFederatedUsers: found.value("AllowFederatedUsers"),
    routing: writtenRouting(found),
  }),
  inProcedure: () => true,
});

/** The way of routing that was found. The procedure leaves it as it is, but works with DNS SRV routing alone. */
function writtenRouting(found: FoundObject): Expression | undefined {
  const uses = "EdgeRouting";
  if (found.value("UseDefaultRouting") === true) {
    const fqdn = String(found.value("DefaultRouteFqdn") ?? "");
    return { uses, code: `EdgeRouting.defaultRoute(${show(fqdn)})`, value: EdgeRouting.defaultRoute(fqdn) };
  }
  const partnerDiscovery = found.value("EnablePartnerDiscovery");
  if (found.onlyProcedure || typeof partnerDiscovery !== "boolean") return undefined;
  const value = EdgeRouting.dnsSrv({ partnerDiscovery });
  return { uses, code: `EdgeRouting.dnsSrv({ partnerDiscovery: ${partnerDiscovery} })`, value };
}
