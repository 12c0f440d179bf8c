// A federated partner on an Edge of Office Communications Server 2007 R2: a domain and the partner's Access Edge.
import { Construct } from "constructs";
import { computerName, onComputer, THIS_COMPUTER } from "./private/lync/edge-computer";
import {
  ADOPTION_RULES,
  AdoptionProps,
  LyncObject,
  LyncObjectProps,
  OBJECT_RULES,
  refuseTwoWays,
} from "./private/lync/lync-object";
import { IAllowedDomain } from "./private/lync/domain-reference";
import { constant, writtenAs } from "./private/lync/written";
import { needOneName } from "./private/lync/former-names";
import { PUSH_DOMAIN, PUSH_PROXY_FQDN } from "./private/lync/procedure";
import { isNamed } from "./private/bookkeeping/declared-objects";
import { isMarked } from "./private/validation/mark";
import { fqdn, oneOf } from "./private/validation/rules";
import { knownAtSynthesis, knownIfGiven, optional } from "./private/terraform/token-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { VerificationLevel } from "./verification-level";

/**
 * Properties of a {@link FederatedPartner}.
 *
 * @see https://learn.microsoft.com/previous-versions/office/developer/communication-server-2007-R2/dd146633(v=office.13)
 */
export interface FederatedPartnerProps extends LyncObjectProps, AdoptionProps {
  /**
   * FQDN of the partner's domain, such as `push.lync.com`, of 253 characters at most. No IP address. Must be known at
   * synthesis. Unique on an Edge, without regard to case.
   */
  readonly domain: string;
  /**
   * FQDN (253 characters at most, no IP address, no wildcard) of the partner's Access Edge
   * (EdgeProxyAddress), such as `sipfed.online.lync.com`. Must be known at synthesis. An edit is made in place. A domain
   * that is there with another Access Edge before the stack's first deploy of it is somebody else's: the deploy fails and
   * leaves it as it is.
   *
   * Needed: the type calls it optional only as long as there is its former name.
   *
   * @default - none: without it, or its former name, the construct is refused
   */
  readonly proxyFqdn?: string;
  /**
   * The former name of `proxyFqdn`. Both together are refused.
   *
   * @default - none
   * @deprecated It goes with version 1.0. Use `proxyFqdn`.
   */
  readonly accessEdgeFqdn?: string;
  /**
   * How messages from the partner are verified (UserVerificationLevel).
   *
   * @default VerificationLevel.USE_SOURCE_VERIFICATION
   */
  readonly verificationLevel?: VerificationLevel;
  /**
   * Name of the Edge Server, which WMI on the runner connects to: an FQDN or a name without a domain, no IP address.
   * Must be known at synthesis. Keep to one spelling: by another name it is another Edge to the stack.
   *
   * @default - the runner itself
   */
  readonly computerName?: string;
}

const RULES: Rules<FederatedPartnerProps> = {
  ...OBJECT_RULES,
  ...ADOPTION_RULES,
  domain: knownAtSynthesis(fqdn),
  proxyFqdn: knownIfGiven(fqdn),
  accessEdgeFqdn: knownIfGiven(fqdn),
  verificationLevel: optional(oneOf(Object.values(VerificationLevel))),
  computerName,
};

/**
 * A federated partner on the Access Edge of Office Communications Server 2007 R2: a row of
 * MSFT_SIPFederationPartnerTable, which WMI adds, changes in place and removes. Such an Edge has it instead of a
 * {@link HostingProvider} and an {@link AllowedDomain}. Removed from the Edge with the code by default, unless somebody
 * has given the domain another Access Edge meanwhile.
 *
 * A second resource, `..._Claim`, looks once, before the first deploy, that the domain is not somebody else's: it is taken
 * over without a word only if it is exactly what this stack would have made. See `adoptExisting`.
 *
 * The runner is a machine with Windows PowerShell 3.0; PowerShell 6 and later have no WMI cmdlets. A deploy fails where
 * the computer cannot be reached, refuses the account, or is no Access Edge.
 *
 * @example
 * new FederatedPartner(stack, "Push", {
 *   ...FederatedPartner.LYNC_ONLINE,
 *   computerName: "edge01.contoso.com",
 * });
 *
 * @see https://learn.microsoft.com/previous-versions/office/developer/communication-server-2007-R2/dd146633(v=office.13)
 * @noInheritDoc
 */
export class FederatedPartner extends LyncObject implements IAllowedDomain {
  /** Domain and Access Edge of the push notification service: `push.lync.com`, `sipfed.online.lync.com`. */
  public static readonly LYNC_ONLINE: Readonly<
    Required<Pick<FederatedPartnerProps, "domain" | "proxyFqdn">>
  > = Object.freeze({ domain: PUSH_DOMAIN, proxyFqdn: PUSH_PROXY_FQDN });

  /** Whether it is a FederatedPartner, of this copy of the package or of another one. */
  public static isFederatedPartner(value: unknown): value is FederatedPartner {
    return isMarked(value, "FederatedPartner");
  }

  /** The partner's domain. */
  public readonly domain: string;
  /** FQDN of the partner's Access Edge. */
  public readonly proxyFqdn: string;
  /** How messages from the partner are verified. */
  public readonly verificationLevel: VerificationLevel;
  /** Name of the Edge Server that has the partner; undefined is the runner itself. */
  public readonly computerName?: string;
  /** Whether the first deploy takes over a partner that is there and differs. */
  public readonly adoptExisting: boolean;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: FederatedPartnerProps) {
    super(scope, id, "FederatedPartner");
    const read = this.validate(props, RULES, (problems, each) => {
      const { domain, computerName } = each;
      const identity = typeof domain === "string" ? onComputer(domain, computerName) : domain;
      this.refuseTwice(problems, "domain", identity);
      refuseTwoWays(problems, each);
      needOneName(problems, each, "proxyFqdn", "accessEdgeFqdn");
    });
    const identity = onComputer(read.domain, read.computerName);
    this.domain = read.domain;
    this.proxyFqdn = read.proxyFqdn ?? (read.accessEdgeFqdn as string);
    this.verificationLevel = read.verificationLevel ?? VerificationLevel.USE_SOURCE_VERIFICATION;
    this.computerName = read.computerName;
    this.adoptExisting = read.adoptExisting ?? false;
    this.declare(
      {
        identity,
        settings: {
          Identity: identity,
          EdgeProxyAddress: this.proxyFqdn,
          UserVerificationLevel: this.verificationLevel,
        },
        traits: {
          allowsDomain: this.domain,
          proxyFqdn: this.proxyFqdn,
          edge: this.computerName ?? THIS_COMPUTER,
        },
        cmdlets: "Set-WmiInstance on MSFT_SIPFederationPartnerTable",
        removalPolicy: read.removalPolicy ?? RemovalPolicy.REMOVE,
        ownSetting: "EdgeProxyAddress",
        claimed: true,
      },
      read,
    );
  }

  /**
   * The former name of `proxyFqdn`.
   *
   * @deprecated It goes with version 1.0. Use `proxyFqdn`.
   */
  public get accessEdgeFqdn(): string {
    return this.proxyFqdn;
  }
}

writtenAs(FederatedPartner, {
  props: (found) => ({
    domain: found.identity,
    proxyFqdn: found.value("EdgeProxyAddress"),
    verificationLevel: constant("VerificationLevel", VerificationLevel, found.value("UserVerificationLevel")),
    computerName: found.computerName,
  }),
  inProcedure: ({ identity }) => isNamed(identity, PUSH_DOMAIN),
});
