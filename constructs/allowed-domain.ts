// A domain on the list of domains that Lync Server federates with.
import { Construct } from "constructs";
import { IResolvable } from "cdktf";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { boolean, fqdn, oneOf } from "./private/validation/rules";
import { knownAtSynthesis, optional } from "./private/terraform/token-rules";
import { text } from "./private/terraform/text-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { VerificationLevel } from "./verification-level";

/**
 * Properties of an {@link AllowedDomain}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-csalloweddomain
 */
export interface AllowedDomainProps extends LyncObjectProps {
  /** FQDN of the domain, such as `push.lync.com`. Must be known at synthesis. Unique without regard to case. */
  readonly domain: string;
  /**
   * FQDN of the domain's Access Edge.
   *
   * @default - left as it is in Lync Server (a new domain has none, and is found by DNS SRV records)
   */
  readonly proxyFqdn?: string;
  /**
   * A remark of any text; line breaks are kept. `""` clears it.
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

const RULES: Rules<AllowedDomainProps> = {
  ...OBJECT_RULES,
  domain: knownAtSynthesis(fqdn),
  proxyFqdn: optional(fqdn),
  comment: optional(text),
  markForMonitoring: optional(boolean),
  verificationLevel: optional(oneOf(Object.values(VerificationLevel))),
};

/**
 * An allowed domain of Lync Server. Removed from Lync Server with the code by default.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-csalloweddomain
 */
export class AllowedDomain extends LyncObject {
  /** The domain that is allowed. */
  public readonly domain: string;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, given: AllowedDomainProps) {
    super(scope, id, "AllowedDomain");
    const props = this.validate(given, RULES, (problems, read) =>
      this.refuseTwice(problems, "domain", read.domain),
    );
    this.domain = props.domain;
    this.declare(
      {
        identity: props.domain,
        settings: {
          Identity: props.domain,
          ProxyFqdn: props.proxyFqdn,
          Comment: props.comment,
          MarkForMonitoring: props.markForMonitoring,
          VerificationLevel: props.verificationLevel,
        },
        traits: { allowsDomain: props.domain },
        cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain",
        removalPolicy: props.removalPolicy ?? RemovalPolicy.REMOVE,
      },
      props,
    );
  }
}
