// The one global configuration of the Access Edge: federation, and how traffic to partners is routed.
import { Construct } from "constructs";
import { IResolvable } from "cdktf";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync-object";
import { boolean, fqdn, known, optional, Rule, show } from "./private/rules";
import { orderByRouting, refuseDefaultRouting } from "./private/routing";
import { Problems, Rules } from "./private/validation";
import { RemovalPolicy } from "./removal-policy";

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
   * HostingProvider of the stack comes after this construct, which therefore may not depend on one.
   *
   * @default - routing is left as it is
   */
  readonly useDnsSrvRouting?: true;
  /**
   * Whether partners that are not on the allowed list are discovered by DNS. Only with `useDnsSrvRouting`.
   *
   * @default - none
   */
  readonly enablePartnerDiscovery?: boolean | IResolvable;
  /**
   * `true` sends all traffic to `defaultRouteFqdn`. No hosting provider works with it, so that every HostingProvider of
   * the stack must have `enabled: false`. Lync Server takes a new default route only while it has no hosting or public
   * provider at all.
   *
   * @default - routing is left as it is
   */
  readonly useDefaultRouting?: true;
  /**
   * FQDN of the server that gets all traffic. Only with `useDefaultRouting`.
   *
   * @default - none
   */
  readonly defaultRouteFqdn?: string;
}

const onlyTrue: Rule = (value) =>
  value === true
    ? undefined
    : `${show(value)} has no meaning: the cmdlet's parameter is a switch. Allowed: true. Leave it out instead.`;

const RULES: Rules<AccessEdgeConfigProps> = {
  ...OBJECT_RULES,
  allowFederatedUsers: optional(boolean),
  useDnsSrvRouting: known(onlyTrue),
  enablePartnerDiscovery: optional(boolean),
  useDefaultRouting: known(onlyTrue),
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
          UseDnsSrvRouting: props.useDnsSrvRouting,
          EnablePartnerDiscovery: props.enablePartnerDiscovery,
          UseDefaultRouting: props.useDefaultRouting,
          DefaultRouteFqdn: props.defaultRouteFqdn,
        },
        cmdlets: "Set-CsAccessEdgeConfiguration",
        removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
        resets: ["AllowFederatedUsers"],
      },
      props,
    );
    orderByRouting(this.shared.objects);
  }
}

function refuseMixedRouting(problems: Problems, props: AccessEdgeConfigProps): void {
  const given = (name: keyof AccessEdgeConfigProps): boolean => props[name] !== undefined;
  const needs = (one: keyof AccessEdgeConfigProps, other: keyof AccessEdgeConfigProps): void => {
    if (given(one) && !given(other)) {
      problems.add(
        one,
        `needs ${other}: the cmdlet takes the two together. Add ${other}, or leave ${one} out.`,
      );
    }
  };
  if (given("useDnsSrvRouting") && given("useDefaultRouting")) {
    problems.add(
      "useDefaultRouting",
      "excludes useDnsSrvRouting: they are two parameter sets of the cmdlet. Allowed: one of them. Leave the other out.",
    );
  }
  needs("useDnsSrvRouting", "enablePartnerDiscovery");
  needs("enablePartnerDiscovery", "useDnsSrvRouting");
  needs("useDefaultRouting", "defaultRouteFqdn");
  needs("defaultRouteFqdn", "useDefaultRouting");
}
