// Tests that Lync Server reaches a federated domain through its Access Edge.
import { Construct } from "constructs";
import { DeclaredObject, isNamed, sameName } from "./private/bookkeeping/declared-objects";
import { LYNC_TEST_RULES, LyncTest, LyncTestProps } from "./private/lync/lync-test";
import { boolean, fqdn, show } from "./private/validation/rules";
import { known, optional, required } from "./private/terraform/token-rules";
import { isToken } from "./private/terraform/terraform-text";
import { Rules } from "./private/validation/validation";

/**
 * Properties of a {@link FederationTest}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csfederatedpartner
 */
export interface FederationTestProps extends LyncTestProps {
  /** Internal FQDN of the Edge Server that carries federated SIP traffic. */
  readonly targetFqdn: string;
  /** FQDN of the federated domain that must be reached. The stack allows it, unless `domainManagedElsewhere` is set. */
  readonly domain: string;
  /**
   * FQDN of the partner's Access Edge. Refused where the domain is a FederatedPartner of the stack: an Edge of Office
   * Communications Server 2007 R2 does not know the header that carries it, and the test would always fail.
   *
   * @default - the one that Lync Server finds for the domain
   */
  readonly proxyFqdn?: string;
  /**
   * `true` where the domain is allowed by something other than this stack. Without it, a domain that the stack does not
   * allow is refused at synthesis: the test could only fail.
   *
   * @default false
   */
  readonly domainManagedElsewhere?: boolean;
}

const RULES: Rules<FederationTestProps> = {
  ...LYNC_TEST_RULES,
  targetFqdn: required(fqdn),
  domain: required(fqdn),
  proxyFqdn: optional(fqdn),
  domainManagedElsewhere: known(boolean),
};

/**
 * Runs Test-CsFederatedPartner after the objects that federation with the domain depends on, and again whenever one of
 * them changes. A result other than Success, returned or thrown, fails the deploy, unless `onFailure` says otherwise.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csfederatedpartner
 */
export class FederationTest extends LyncTest {
  protected readonly cmdletNoun = "FederatedPartner";

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, given: FederationTestProps) {
    super(scope, id, "FederationTest");
    const props = this.validate(given, RULES, (problems, read) => this.checkTest(problems, read));
    const settings = { TargetFqdn: props.targetFqdn, Domain: props.domain, ProxyFqdn: props.proxyFqdn };
    this.run(settings, props, (object) => concerns(object, props));
    if (!props.domainManagedElsewhere)
      this.node.addValidation({ validate: () => this.domainIsAllowed(props.domain) });
    this.node.addValidation({ validate: () => this.proxyIsKnown(props) });
  }

  private proxyIsKnown({ domain, proxyFqdn }: FederationTestProps): string[] {
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
    const declared = allowed.length > 0 ? allowed.map(show).join(", ") : "none";
    return [
      `domain: ${show(domain)} is not a domain that this stack allows, so the test could only fail. Allowed here: ` +
        `${declared}. Add an AllowedDomain for it (on an Edge of Office Communications ` +
        `Server 2007 R2, a FederatedPartner), or set domainManagedElsewhere where another place allows it.`,
    ];
  }
}

/** Whether federation with the domain depends on the object. */
function concerns({ traits }: DeclaredObject, props: FederationTestProps): boolean {
  if (traits.allowsDomain !== undefined) {
    return isToken(props.domain) || sameName(traits.allowsDomain, props.domain);
  }
  if (traits.proxyFqdn === undefined) return traits.federates === true;
  return (
    [props.proxyFqdn, traits.proxyFqdn].some((each) => each === undefined || isToken(each)) ||
    sameName(String(traits.proxyFqdn), String(props.proxyFqdn))
  );
}
