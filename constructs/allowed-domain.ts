// A domain on the list of domains that Lync Server federates with.
import { Construct } from "constructs";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { DomainReference, IAllowedDomain } from "./private/lync/domain-reference";
import { constant, writtenAs } from "./private/lync/written";
import { PUSH_DOMAIN } from "./private/lync/procedure";
import { isNamed } from "./private/bookkeeping/declared-objects";
import { isMarked } from "./private/validation/mark";
import { boolean, fqdn, oneOf } from "./private/validation/rules";
import { knownAtSynthesis, optional } from "./private/terraform/token-rules";
import { text } from "./private/terraform/text-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { IResolvable } from "./private/terraform/types";
import { VerificationLevel } from "./verification-level";

/**
 * Properties of an {@link AllowedDomain}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-csalloweddomain
 */
export interface AllowedDomainProps extends LyncObjectProps {
  /**
   * FQDN (253 characters at most, no IP address, no wildcard) of the domain, such as `push.lync.com`. Must be
   * known at synthesis. Unique without regard to case.
   */
  readonly domain: string;
  /**
   * FQDN (253 characters at most, no IP address, no wildcard) of the domain's Access Edge.
   *
   * @default - left as it is in Lync Server (a new domain has none, and is found by DNS SRV records)
   */
  readonly proxyFqdn?: string;
  /**
   * A remark of any text, of some 32,000 characters at most; line breaks are kept. `""` clears it.
   *
   * @default - left as it is in Lync Server (a new domain has none)
   */
  readonly comment?: string;
  /**
   * Whether Monitoring Server watches the connection.
   *
   * @default - left as it is in Lync Server (false for a new domain)
   */
  readonly markForMonitoring?: boolean | IResolvable;
  /**
   * How messages from the domain are verified. Skype for Business Server 2015 and later only: the cmdlet of Lync Server
   * 2013 has no such parameter, so that it is refused at synthesis unless the runner's `product` is a later one.
   *
   * @default - left as it is in Lync Server (UseSourceVerification for a new domain)
   */
  readonly verificationLevel?: VerificationLevel;
}

/** The rules of what describes an allowed domain, alone or among others. */
export const ALLOWED_DOMAIN_RULES: Rules<Omit<AllowedDomainProps, "dependsOn">> = {
  domain: knownAtSynthesis(fqdn),
  proxyFqdn: optional(fqdn),
  comment: optional(text),
  markForMonitoring: optional(boolean),
  verificationLevel: optional(oneOf(Object.values(VerificationLevel))),
  removalPolicy: OBJECT_RULES.removalPolicy,
};

const RULES: Rules<AllowedDomainProps> = { ...OBJECT_RULES, ...ALLOWED_DOMAIN_RULES };

/**
 * An allowed domain of Lync Server. Removed from Lync Server with the code by default.
 *
 * @example
 * new AllowedDomain(stack, "PushDomain", {
 *   domain: AllowedDomain.PUSH_DOMAIN,
 *   comment: "Push notification service",
 * });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-csalloweddomain
 * @noInheritDoc
 */
export class AllowedDomain extends LyncObject implements IAllowedDomain {
  /** The domain of the push notification service: `push.lync.com`. */
  public static readonly PUSH_DOMAIN = PUSH_DOMAIN;

  /** Whether it is an AllowedDomain, of this copy of the package or of another one. */
  public static isAllowedDomain(value: unknown): value is AllowedDomain {
    return isMarked(value, "AllowedDomain");
  }

  /**
   * A reference to a domain that something other than this stack allows, for a {@link FederationTest}. It makes nothing.
   *
   * @param domain FQDN of the domain; the construct that gets the reference looks at it.
   */
  public static fromDomain(domain: string): IAllowedDomain {
    return new DomainReference(domain);
  }

  /** The domain that is allowed. */
  public readonly domain: string;
  /** FQDN of the domain's Access Edge; undefined is left as it is in Lync Server. */
  public readonly proxyFqdn?: string;
  /** A remark; undefined is left as it is in Lync Server. */
  public readonly comment?: string;
  /** Whether Monitoring Server watches the connection; undefined is left as it is in Lync Server. */
  public readonly markForMonitoring?: boolean | IResolvable;
  /** How messages from the domain are verified; undefined is left as it is in Lync Server. */
  public readonly verificationLevel?: VerificationLevel;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: AllowedDomainProps) {
    super(scope, id, "AllowedDomain");
    const read = this.validate(props, RULES, (problems, { domain }) =>
      this.refuseTwice(problems, "domain", domain),
    );
    this.domain = read.domain;
    this.proxyFqdn = read.proxyFqdn;
    this.comment = read.comment;
    this.markForMonitoring = read.markForMonitoring;
    this.verificationLevel = read.verificationLevel;
    this.declare(
      {
        identity: this.domain,
        settings: {
          Identity: this.domain,
          ProxyFqdn: this.proxyFqdn,
          Comment: this.comment,
          MarkForMonitoring: this.markForMonitoring,
          VerificationLevel: this.verificationLevel,
        },
        traits: { allowsDomain: this.domain },
        cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain",
        removalPolicy: read.removalPolicy ?? RemovalPolicy.REMOVE,
      },
      read,
    );
  }
}

writtenAs(AllowedDomain, {
  props: (found) => ({
    domain: found.identity,
    proxyFqdn: found.special("ProxyFqdn"),
    comment: found.special("Comment"),
    markForMonitoring: found.special("MarkForMonitoring"),
    verificationLevel: constant("VerificationLevel", VerificationLevel, found.special("VerificationLevel")),
  }),
  inProcedure: ({ identity }) => isNamed(identity, PUSH_DOMAIN),
  list: { construct: "AllowedDomains", property: "domains", name: "domain" },
});
