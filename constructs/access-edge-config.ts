// The one global configuration of the Access Edge: federation, and how traffic to partners is routed.
import { Construct } from "constructs";
import { IResolvable } from "cdktf";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { boolean, fqdn } from "./private/validation/rules";
import { known, optional } from "./private/terraform/token-rules";
import { orderByRouting, refuseDefaultRouting } from "./private/lync/routing";
import { Problems, Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";

/**
 * Properties of an {@link AccessEdgeConfig}. The routing properties are parameter sets of the cmdlet: DNS SRV routing
 * (`useDnsSrvRouting` with `enablePartnerDiscovery`) or default routing (`useDefaultRouting` with `defaultRouteFqdn`);
 * without either, routing is left as it is.
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
   * `true` finds partners by DNS SRV records, which every hosting provider needs. With `enablePartnerDiscovery`. Every
   * HostingProvider of the stack comes after this construct, which therefore may not depend on one. `false` goes with
   * `useDefaultRouting: true` alone, since it does not say how the Edge routes instead.
   *
   * @default - routing is left as it is
   */
  readonly useDnsSrvRouting?: boolean;
  /**
   * Whether partners that are not on the allowed list are discovered by DNS. Only with `useDnsSrvRouting`.
   *
   * @default - none
   */
  readonly enablePartnerDiscovery?: boolean | IResolvable;
  /**
   * `true` sends all traffic to `defaultRouteFqdn`. No hosting provider works with it, so that every HostingProvider of
   * the stack must have `enabled: false`. Lync Server takes a new default route only while it has no hosting or public
   * provider at all. `false` goes with `useDnsSrvRouting: true` alone.
   *
   * @default - routing is left as it is
   */
  readonly useDefaultRouting?: boolean;
  /**
   * FQDN of the server that gets all traffic. Only with `useDefaultRouting`.
   *
   * @default - none
   */
  readonly defaultRouteFqdn?: string;
}

const RULES: Rules<AccessEdgeConfigProps> = {
  ...OBJECT_RULES,
  allowFederatedUsers: optional(boolean),
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
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-csaccessedgeconfiguration
 */
export class AccessEdgeConfig extends LyncObject {
  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, given: AccessEdgeConfigProps = {}) {
    super(scope, id, "AccessEdgeConfig");
    const props = this.validate(given, RULES, (problems, read) => {
      this.refuseTwice(problems, "AccessEdgeConfig", "global");
      refuseMixedRouting(problems, read);
      if (read.useDefaultRouting) refuseDefaultRouting(problems, this.shared.objects);
    });
    this.declare(
      {
        identity: "global",
        settings: {
          Identity: "global",
          AllowFederatedUsers: props.allowFederatedUsers ?? true,
          UseDnsSrvRouting: props.useDnsSrvRouting || undefined,
          EnablePartnerDiscovery: props.enablePartnerDiscovery,
          UseDefaultRouting: props.useDefaultRouting || undefined,
          DefaultRouteFqdn: props.defaultRouteFqdn,
        },
        traits: { federates: true },
        cmdlets: "Set-CsAccessEdgeConfiguration",
        removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      },
      props,
    );
    orderByRouting(this.shared.objects);
  }
}

type Name = keyof AccessEdgeConfigProps;

/** The cmdlet's parameters for the ways of routing are switches: false is as good as not given. */
function isGiven(props: AccessEdgeConfigProps, name: Name): boolean {
  return props[name] !== undefined && (name === "enablePartnerDiscovery" || props[name] !== false);
}

function refuseMixedRouting(problems: Problems, props: AccessEdgeConfigProps): void {
  const needs = (one: Name, other: Name): void => {
    if (!isGiven(props, one) || isGiven(props, other)) return;
    problems.add(
      one,
      `needs ${other}: the cmdlet takes the two together. Add ${other}, or leave ${one} out.`,
    );
  };
  if (isGiven(props, "useDnsSrvRouting") && isGiven(props, "useDefaultRouting")) {
    problems.add(
      "useDefaultRouting",
      "excludes useDnsSrvRouting: they are two parameter sets of the cmdlet. Allowed: one of them. Leave the other out.",
    );
  }
  refuseOpenRouting(problems, props, "useDnsSrvRouting", "useDefaultRouting", "defaultRouteFqdn");
  refuseOpenRouting(problems, props, "useDefaultRouting", "useDnsSrvRouting", "enablePartnerDiscovery");
  needs("useDnsSrvRouting", "enablePartnerDiscovery");
  needs("enablePartnerDiscovery", "useDnsSrvRouting");
  needs("useDefaultRouting", "defaultRouteFqdn");
  needs("defaultRouteFqdn", "useDefaultRouting");
}

/** One way of routing cannot be switched off; another can be taken. */
function refuseOpenRouting(
  problems: Problems,
  props: AccessEdgeConfigProps,
  one: Name,
  other: Name,
  companion: Name,
): void {
  if (props[one] !== false || isGiven(props, other)) return;
  problems.add(
    one,
    `false does not say how the Edge routes instead. Allowed: true, or false beside ${other}: true and ${companion}. ` +
      `Name the other way, or leave ${one} out, and routing stays as it is.`,
  );
}
