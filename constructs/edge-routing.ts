// How the Access Edge routes traffic to partners: by DNS SRV records, or all of it to one server.
import { isMarked, mark } from "./private/validation/mark";
import { IResolvable } from "./private/terraform/types";

/**
 * Properties of {@link EdgeRouting.dnsSrv}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-csaccessedgeconfiguration
 */
export interface DnsSrvRoutingProps {
  /** Whether partners that are not on the allowed list are discovered by DNS (EnablePartnerDiscovery). */
  readonly partnerDiscovery: boolean | IResolvable;
}

/**
 * A way of routing, one of the two that the cmdlet has as parameter sets. What is wrong with it is told by the construct
 * that gets it, at synthesis.
 *
 * @example
 * new AccessEdgeConfig(stack, "Edge", { routing: EdgeRouting.dnsSrv({ partnerDiscovery: false }) });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-csaccessedgeconfiguration
 */
export class EdgeRouting {
  /** Whether it is an EdgeRouting, of this copy of the package or of another one. */
  public static isEdgeRouting(value: unknown): value is EdgeRouting {
    return isMarked(value, "EdgeRouting");
  }

  /**
   * Finds partners by DNS SRV records (UseDnsSrvRouting), which every enabled hosting provider needs. Every HostingProvider
   * of the stack comes after the AccessEdgeConfig with it, which therefore may not depend on one.
   */
  public static dnsSrv(props: DnsSrvRoutingProps): EdgeRouting {
    return new EdgeRouting("dnsSrv", (props as DnsSrvRoutingProps | undefined)?.partnerDiscovery, undefined);
  }

  /**
   * Sends all traffic to one server (UseDefaultRouting with DefaultRouteFqdn). No hosting provider works with it, so that
   * every HostingProvider of the stack must have `enabled: false`. Lync Server takes a new default route only while it has
   * no hosting or public provider at all.
   *
   * @param fqdn FQDN (253 characters at most, no IP address, no wildcard) of the server.
   */
  public static defaultRoute(fqdn: string): EdgeRouting {
    return new EdgeRouting("defaultRoute", undefined, fqdn);
  }

  private constructor(
    /** Which of the two ways it is. */
    public readonly way: "dnsSrv" | "defaultRoute",
    /** Whether partners are discovered by DNS; undefined with a default route. */
    public readonly partnerDiscovery: boolean | IResolvable | undefined,
    /** FQDN of the server that gets all traffic; undefined with DNS SRV routing. */
    public readonly defaultRouteFqdn: string | undefined,
  ) {
    mark(this, "EdgeRouting");
  }
}
