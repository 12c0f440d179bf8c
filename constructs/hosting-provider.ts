// A hosting provider: the partner whose Access Edge carries the traffic to the push notification service.
import { Construct } from "constructs";
import { isNamed, sameName } from "./private/bookkeeping/declared-objects";
import {
  ADOPTION_RULES,
  AdoptionProps,
  LyncObject,
  LyncObjectProps,
  OBJECT_RULES,
  refuseTwoWays,
} from "./private/lync/lync-object";
import { orderByRouting, refuseProvider } from "./private/lync/routing";
import { isMarked } from "./private/validation/mark";
import { PUSH_PROVIDER, PUSH_PROXY_FQDN } from "./private/lync/procedure";
import { boolean, fqdn, oneOf, port, show } from "./private/validation/rules";
import { httpUrl } from "./private/terraform/text-rules";
import { identity } from "./private/lync/name-rules";
import { constant, FoundObject, writtenAs } from "./private/lync/written";
import { knownAtSynthesis, optional, required } from "./private/terraform/token-rules";
import { isToken } from "./private/terraform/terraform-text";
import { Problems, Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { IResolvable } from "./private/terraform/types";
import { VerificationLevel } from "./verification-level";

/**
 * Properties of a {@link HostingProvider}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-cshostingprovider
 */
export interface HostingProviderProps extends LyncObjectProps, AdoptionProps {
  /**
   * Name of the provider in Lync Server, such as `LyncOnline`: 1 to 255 characters on one line, without `* ? [ ] :`.
   * Must be known at synthesis. Unique over hosting and public providers, without regard to case.
   */
  readonly identity: string;
  /**
   * FQDN (253 characters at most, no IP address, no wildcard) of the provider's proxy server. Unique over
   * hosting and public providers. Set-CsHostingProvider cannot change it: an edit here removes the provider and creates it
   * anew, in one step.
   */
  readonly proxyFqdn: string;
  /**
   * Whether the federation relationship is in use. `true` is refused in a stack whose AccessEdgeConfig sets default
   * routing. Where the AccessEdgeConfig sets the routing, the provider comes after it.
   *
   * @default true
   */
  readonly enabled?: boolean | IResolvable;
  /**
   * How messages from the provider are verified.
   *
   * @default VerificationLevel.USE_SOURCE_VERIFICATION
   */
  readonly verificationLevel?: VerificationLevel;
  /**
   * Whether users on this provider share the SIP address space of the organisation (a split domain).
   *
   * @default - left as it is in Lync Server (false for a new provider)
   */
  readonly enabledSharedAddressSpace?: boolean | IResolvable;
  /**
   * Whether the provider hosts Lync Server accounts.
   *
   * @default - left as it is in Lync Server (false for a new provider)
   */
  readonly hostsOcsUsers?: boolean | IResolvable;
  /**
   * Whether the provider's proxy server is part of the own topology.
   *
   * @default - left as it is in Lync Server (false for a new provider)
   */
  readonly isLocal?: boolean | IResolvable;
  /**
   * URL (http or https) of the provider's Autodiscover service (Lync Server 2013 and later).
   *
   * @default - left as it is in Lync Server
   */
  readonly autodiscoverUrl?: string;
  /**
   * TCP port for SIP clients, 1 to 65,535 (Lync Server 2013 and later).
   *
   * @default - left as it is in Lync Server (443 for a new provider)
   */
  readonly sipClientPort?: number;
}

const RULES: Rules<HostingProviderProps> = {
  ...OBJECT_RULES,
  ...ADOPTION_RULES,
  identity: knownAtSynthesis(identity),
  proxyFqdn: required(fqdn),
  enabled: optional(boolean),
  verificationLevel: optional(oneOf(Object.values(VerificationLevel))),
  enabledSharedAddressSpace: optional(boolean),
  hostsOcsUsers: optional(boolean),
  isLocal: optional(boolean),
  autodiscoverUrl: optional(httpUrl),
  sipClientPort: optional(port),
};

/** What the cmdlet's syntax asks for, where nobody has written it. */
const CREATION = { EnabledSharedAddressSpace: false, HostsOCSUsers: false, IsLocal: false };

/**
 * A hosting provider of Lync Server. Removed from Lync Server with the code by default.
 *
 * A second resource, `..._Claim`, looks once, before the first deploy, that a provider of this identity is not somebody
 * else's: a hybrid deployment uses the very same one. It is taken over without a word only if it is exactly what this stack
 * would have made. Otherwise the deploy stops before its first change, and names the two ways on: `RemovalPolicy.RETAIN`
 * and `adoptExisting`. No first deploy changes a ProxyFqdn that it has not set.
 *
 * @example
 * new HostingProvider(stack, "LyncOnline", {
 *   ...HostingProvider.LYNC_ONLINE,
 *   verificationLevel: VerificationLevel.USE_SOURCE_VERIFICATION,
 * });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-cshostingprovider
 * @noInheritDoc
 */
export class HostingProvider extends LyncObject {
  /** Identity and ProxyFqdn of the provider that Microsoft's procedure makes: `LyncOnline`, `sipfed.online.lync.com`. */
  public static readonly LYNC_ONLINE: Readonly<Pick<HostingProviderProps, "identity" | "proxyFqdn">> =
    Object.freeze({ identity: PUSH_PROVIDER, proxyFqdn: PUSH_PROXY_FQDN });

  /** Whether it is a HostingProvider, of this copy of the package or of another one. */
  public static isHostingProvider(value: unknown): value is HostingProvider {
    return isMarked(value, "HostingProvider");
  }

  /** Name of the provider in Lync Server. */
  public readonly identity: string;
  /** FQDN of the provider's proxy server. */
  public readonly proxyFqdn: string;
  /** Whether the federation relationship is in use. */
  public readonly enabled: boolean | IResolvable;
  /** How messages from the provider are verified. */
  public readonly verificationLevel: VerificationLevel;
  /** Whether users on this provider share the SIP address space; undefined is left as it is in Lync Server. */
  public readonly enabledSharedAddressSpace?: boolean | IResolvable;
  /** Whether the provider hosts Lync Server accounts; undefined is left as it is in Lync Server. */
  public readonly hostsOcsUsers?: boolean | IResolvable;
  /** Whether the proxy server is part of the own topology; undefined is left as it is in Lync Server. */
  public readonly isLocal?: boolean | IResolvable;
  /** URL of the provider's Autodiscover service; undefined is left as it is in Lync Server. */
  public readonly autodiscoverUrl?: string;
  /** TCP port for SIP clients; undefined is left as it is in Lync Server. */
  public readonly sipClientPort?: number;
  /** Whether the first deploy takes over a provider that is there and differs. */
  public readonly adoptExisting: boolean;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: HostingProviderProps) {
    super(scope, id, "HostingProvider");
    const read = this.validate(props, RULES, (problems, each) => {
      this.refuseTwins(problems, each);
      refuseTwoWays(problems, each);
      refuseProvider(problems, this.shared.objects, each.enabled ?? true);
    });
    this.identity = read.identity;
    this.proxyFqdn = read.proxyFqdn;
    this.enabled = read.enabled ?? true;
    this.verificationLevel = read.verificationLevel ?? VerificationLevel.USE_SOURCE_VERIFICATION;
    this.enabledSharedAddressSpace = read.enabledSharedAddressSpace;
    this.hostsOcsUsers = read.hostsOcsUsers;
    this.isLocal = read.isLocal;
    this.autodiscoverUrl = read.autodiscoverUrl;
    this.sipClientPort = read.sipClientPort;
    this.adoptExisting = read.adoptExisting ?? false;
    this.declare(
      {
        identity: this.identity,
        settings: this.settings(),
        traits: { proxyFqdn: this.proxyFqdn, needsDnsSrvRouting: this.enabled },
        creation: CREATION,
        // The name of the proxy server is in the text so that a plan shows this line when it changes.
        cmdlets:
          "New-CsHostingProvider, Set-CsHostingProvider; " +
          `Remove- and New-CsHostingProvider where ProxyFqdn is not ${this.proxyFqdn} yet`,
        removalPolicy: read.removalPolicy ?? RemovalPolicy.REMOVE,
        claimed: true,
      },
      read,
    );
    orderByRouting(this.shared.objects, this.shared.objects.find(this.kind, this.identity));
  }

  private refuseTwins(problems: Problems, read: HostingProviderProps): void {
    this.refuseTwice(problems, "identity", read.identity);
    const { proxyFqdn } = read;
    if (typeof proxyFqdn !== "string" || isToken(proxyFqdn)) return;
    const [twin] = this.shared.objects.filter(
      (each) => each.kind === this.kind && sameName(String(each.settings.ProxyFqdn), proxyFqdn),
    );
    if (!twin) return;
    problems.add(
      "proxyFqdn",
      `${show(proxyFqdn)} belongs to the provider ${show(twin.identity)} at ${show(twin.path)}. Allowed: one federation ` +
        "relationship per provider. Use that provider, or give this one's own proxy server.",
    );
  }

  private settings() {
    return {
      Identity: this.identity,
      ProxyFqdn: this.proxyFqdn,
      Enabled: this.enabled,
      VerificationLevel: this.verificationLevel,
      EnabledSharedAddressSpace: this.enabledSharedAddressSpace,
      HostsOCSUsers: this.hostsOcsUsers,
      IsLocal: this.isLocal,
      AutodiscoverUrl: this.autodiscoverUrl,
      SipClientPort: this.sipClientPort,
    };
  }
}

writtenAs(HostingProvider, {
  props: (found) => ({
    identity: found.identity,
    proxyFqdn: found.value("ProxyFqdn"),
    enabled: found.value("Enabled"),
    verificationLevel: constant("VerificationLevel", VerificationLevel, found.value("VerificationLevel")),
    enabledSharedAddressSpace: found.special("EnabledSharedAddressSpace"),
    hostsOcsUsers: found.special("HostsOCSUsers"),
    isLocal: found.special("IsLocal"),
    autodiscoverUrl: found.special("AutodiscoverUrl"),
    sipClientPort: found.special("SipClientPort"),
  }),
  inProcedure: (found) => isNamed(found.value("ProxyFqdn"), PUSH_PROXY_FQDN),
  stays: (found) => (isHybrid(found) ? HYBRID : undefined),
});

const HYBRID =
  "carries a hybrid deployment: users in the cloud and on the premises find each other through it, and lose each other " +
  "without it. So it stays on the server when it leaves the code. Whether this stack may change it is for whoever runs the " +
  "hybrid deployment to decide.";

/** Whether users of one SIP domain are in the cloud and on the premises. */
function isHybrid(found: FoundObject): boolean {
  return found.value("EnabledSharedAddressSpace") === true || found.value("HostsOCSUsers") === true;
}
