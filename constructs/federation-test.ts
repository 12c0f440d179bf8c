// Tests that Lync Server reaches a federated domain through its Access Edge.
import { Construct } from "constructs";
import { DeclaredObject, isNamed, sameName } from "./private/bookkeeping/declared-objects";
import { LYNC_TEST_RULES, LyncTest, LyncTestProps } from "./private/lync/lync-test";
import {
  domainOf,
  domainOrReference,
  IAllowedDomain,
  isAllowedDomain,
} from "./private/lync/domain-reference";
import { isMarked } from "./private/validation/mark";
import { boolean, fqdn, show } from "./private/validation/rules";
import { known, optional, required } from "./private/terraform/token-rules";
import { stackOf } from "./private/terraform/stack";
import { isToken } from "./private/terraform/terraform-text";
import { Problems, Rules } from "./private/validation/validation";

/**
 * Properties of a {@link FederationTest}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csfederatedpartner
 */
export interface FederationTestProps extends LyncTestProps {
  /**
   * Internal FQDN (253 characters at most, no IP address, no wildcard) of the Edge Server that carries
   * federated SIP traffic.
   */
  readonly targetFqdn: string;
  /**
   * The federated domain that must be reached: its FQDN, where this stack allows it (AllowedDomain, FederatedPartner), or
   * the construct itself. For one that another place allows, `AllowedDomain.fromDomain("push.lync.com")` or the construct
   * of another stack, which `stack.addDependency` has deployed first. An FQDN that the stack does not allow is refused at
   * synthesis: the test could only fail.
   */
  readonly domain: string | IAllowedDomain;
  /**
   * FQDN (253 characters at most, no IP address, no wildcard) of the partner's Access Edge. Refused where the domain is a
   * FederatedPartner of the stack: an Edge of Office Communications Server 2007 R2 does not know the header that carries
   * it, and the test would always fail.
   *
   * @default - the one that Lync Server finds for the domain
   */
  readonly proxyFqdn?: string;
  /**
   * `true` where the domain is allowed by something other than this stack. Refused beside a domain that is no text.
   *
   * @default false
   * @deprecated It goes with version 1.0. Give `domain` as `AllowedDomain.fromDomain("push.lync.com")`.
   */
  readonly domainManagedElsewhere?: boolean;
}

const RULES: Rules<FederationTestProps> = {
  ...LYNC_TEST_RULES,
  targetFqdn: required(fqdn),
  domain: domainOrReference(required(fqdn)),
  proxyFqdn: optional(fqdn),
  domainManagedElsewhere: known(boolean),
};

/**
 * Runs Test-CsFederatedPartner after the objects that federation with the domain depends on, and again whenever one of
 * them changes. A result other than Success, returned or thrown, fails the deploy, unless `onFailure` says otherwise.
 *
 * @example
 * new FederationTest(stack, "Federation", {
 *   targetFqdn: "accessproxy.contoso.com",
 *   domain: AllowedDomain.fromDomain("push.lync.com"), // this stack does not allow it itself
 *   proxyFqdn: "sipfed.online.lync.com",
 * });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csfederatedpartner
 * @noInheritDoc
 */
export class FederationTest extends LyncTest {
  /** Whether it is a FederationTest, of this copy of the package or of another one. */
  public static isFederationTest(value: unknown): value is FederationTest {
    return isMarked(value, "FederationTest");
  }

  protected readonly cmdletNoun = "FederatedPartner";
  /** Internal FQDN of the Edge Server that carries federated SIP traffic. */
  public readonly targetFqdn: string;
  /** FQDN of the federated domain that must be reached. */
  public readonly domain: string;
  /** FQDN of the partner's Access Edge; undefined is the one that Lync Server finds for the domain. */
  public readonly proxyFqdn?: string;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: FederationTestProps) {
    super(scope, id, "FederationTest");
    const read = this.validate(props, RULES, (problems, each) => {
      this.checkTest(problems, each);
      refuseTwoPlaces(problems, each);
    });
    this.targetFqdn = read.targetFqdn;
    this.domain = domainOf(read.domain);
    this.proxyFqdn = read.proxyFqdn;
    const settings = { TargetFqdn: this.targetFqdn, Domain: this.domain, ProxyFqdn: this.proxyFqdn };
    this.run(settings, read, (object) => concerns(object, this));
    if (!read.domainManagedElsewhere && !this.isElsewhere(read.domain))
      this.node.addValidation({ validate: () => this.domainIsAllowed(this.domain) });
    this.node.addValidation({ validate: () => this.proxyIsKnown() });
  }

  /** Whether something other than this stack allows the domain. */
  private isElsewhere(domain: string | IAllowedDomain): boolean {
    if (typeof domain === "string") return false;
    return !(Construct.isConstruct(domain) && stackOf(domain) === stackOf(this));
  }

  private proxyIsKnown(): string[] {
    const { domain, proxyFqdn } = this;
    // A domain of both halves may be tested through the Edge of Lync Server, which takes a proxy.
    if (proxyFqdn === undefined || this.shared.objects.find("AllowedDomain", domain)) return [];
    const isPartner = ({ traits }: DeclaredObject) =>
      traits.edge !== undefined && isNamed(traits.allowsDomain, domain);
    const [partner] = this.shared.objects.filter(isPartner);
    if (!partner) return [];
    return [
      `proxyFqdn: ${show(proxyFqdn)} cannot be asked for through the Edge of ${show(partner.path)}: Office Communications ` +
        "Server 2007 R2 does not know the header ms-edge-route, so the test would always fail. Allowed: none for a " +
        "FederatedPartner. Leave proxyFqdn out.",
    ];
  }

  private domainIsAllowed(domain: string): string[] {
    const allowed = this.shared.objects.all().flatMap(({ traits }) => traits.allowsDomain ?? []);
    if (isToken(domain) || allowed.some((each) => sameName(each, domain))) return [];
    const more = allowed.length > SHOWN ? `, and ${allowed.length - SHOWN} more` : "";
    const declared = allowed.length > 0 ? allowed.slice(0, SHOWN).map(show).join(", ") + more : "none";
    return [
      `domain: ${show(domain)} is not a domain that this stack allows, so the test could only fail. Allowed here: ` +
        `${declared}. Add an AllowedDomain for it (on an Edge of Office Communications ` +
        `Server 2007 R2, a FederatedPartner), or give ` +
        `AllowedDomain.fromDomain(${show(domain)}) where another place allows it.`,
    ];
  }
}

// A stack may allow thousands.
const SHOWN = 10;

/** Adds a problem where two properties say where the domain is managed. */
function refuseTwoPlaces(problems: Problems, { domain, domainManagedElsewhere }: FederationTestProps): void {
  if (domainManagedElsewhere === undefined || !isAllowedDomain(domain)) return;
  problems.add(
    "domainManagedElsewhere",
    `${show(domainManagedElsewhere)} stands beside a domain that says by itself where it is managed. Allowed: one of the ` +
      "two. Leave domainManagedElsewhere out.",
  );
}

/** Whether federation with the domain depends on the object. */
function concerns({ traits }: DeclaredObject, test: FederationTest): boolean {
  if (traits.allowsDomain !== undefined) {
    return isToken(test.domain) || sameName(traits.allowsDomain, test.domain);
  }
  if (traits.proxyFqdn === undefined) return traits.federates === true;
  return (
    [test.proxyFqdn, traits.proxyFqdn].some((each) => each === undefined || isToken(each)) ||
    sameName(String(traits.proxyFqdn), String(test.proxyFqdn))
  );
}
