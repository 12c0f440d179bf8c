// Many domains on the list of domains that Lync Server federates with, in one construct.
import { Construct } from "constructs";
import { ALLOWED_DOMAIN_RULES, AllowedDomainProps } from "./allowed-domain";
import { LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { LyncObjectList } from "./private/lync/lync-object-list";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { isToken } from "./private/terraform/terraform-text";
import { knownAtSynthesis } from "./private/terraform/token-rules";
import { isMarked } from "./private/validation/mark";
import { Rule, show } from "./private/validation/rules";
import { isObject, listOf, Problems, Rules } from "./private/validation/validation";

const KIND = "AllowedDomain";

/** One of many allowed domains: what an {@link AllowedDomain} is described by. What comes first, the whole list has alone. */
export type AllowedDomainEntry = Omit<AllowedDomainProps, "dependsOn">;

/** Properties of {@link AllowedDomains}. */
export interface AllowedDomainsProps extends LyncObjectProps {
  /**
   * The domains, each by its FQDN or described as an {@link AllowedDomain} is. Must be known at synthesis, but for what a
   * description gives besides the domain. Each is unique in the stack, without regard to case.
   */
  readonly domains: readonly (string | AllowedDomainEntry)[];
  /**
   * What happens to each domain in Lync Server when it leaves the code or its stack is destroyed, where its own description
   * does not say.
   *
   * @default RemovalPolicy.REMOVE
   */
  readonly removalPolicy?: RemovalPolicy;
}

const FORM =
  'FQDNs such as "fabrikam.com", and objects such as { domain: "fabrikam.com", comment: "Contact: Ken Myer" }';

const list: Rule = (value) =>
  Array.isArray(value) ? undefined : `${show(value)} is not a list. Allowed: a list of ${FORM}.`;

const RULES: Rules<AllowedDomainsProps> = { ...OBJECT_RULES, domains: knownAtSynthesis(list) };

/**
 * Many allowed domains of Lync Server in one construct and one resource, for federations with hundreds or thousands of
 * partners: one PowerShell process brings all of them to Lync Server. The plan has one line for each domain that changes.
 *
 * A domain that fails does not keep the others; the deploy names all that failed at its end, and the next one does the rest.
 * The domains are removed from Lync Server with the code by default. In the stack's inventory each one stands for itself: where
 * it moves between here and an {@link AllowedDomain}, no cmdlet runs. A test of one of the domains runs again when any of them
 * changes. With a sensitive value in one of them, Terraform hides what a deploy prints of the whole list.
 *
 * @example
 * new AllowedDomains(stack, "Partners", {
 *   domains: ["fabrikam.com", { domain: "litwareinc.com", comment: "Contact: Ken Myer" }],
 * });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/new-csalloweddomain
 * @noInheritDoc
 */
export class AllowedDomains extends LyncObjectList {
  /** Whether it is an AllowedDomains, of this copy of the package or of another one. */
  public static isAllowedDomains(value: unknown): value is AllowedDomains {
    return isMarked(value, "AllowedDomains");
  }

  /** The domains in the order of the code, each with what was settled for it; undefined is left as it is in Lync Server. */
  public readonly domains: readonly AllowedDomainEntry[];

  /** @throws ValidationError with everything that is wrong with the properties, over all domains. */
  public constructor(scope: Construct, id: string, props: AllowedDomainsProps) {
    super(scope, id, "AllowedDomains");
    let entries: AllowedDomainEntry[] = [];
    const { removalPolicy = RemovalPolicy.REMOVE } = this.validate(props, RULES, (problems, { domains }) => {
      entries = this.read(problems, domains);
    });
    this.domains = entries.map((each) => ({ removalPolicy, ...each }));
    this.declareAll({
      kind: KIND,
      word: "allowed",
      property: "domains",
      objects: entries.map(({ domain, ...each }) => ({
        identity: domain,
        settings: {
          ProxyFqdn: each.proxyFqdn,
          Comment: each.comment,
          MarkForMonitoring: each.markForMonitoring,
          VerificationLevel: each.verificationLevel,
        },
        traits: { allowsDomain: domain },
        removalPolicy: each.removalPolicy ?? removalPolicy,
      })),
      cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain",
    });
  }

  /** The domains as they were read; a problem, with its place in the list, for all that is wrong with any of them. */
  private read(problems: Problems, given: unknown): AllowedDomainEntry[] {
    if (isToken(given)) return []; // its own rule says so
    const places = new Map<string, string>();
    return (listOf(given) ?? []).flatMap((each, index) => {
      const place = `domains[${index}]`;
      const entry = this.readEntry(problems, place, each);
      if (entry) this.refuseSecond(problems, place, entry.domain, places);
      return entry ?? [];
    });
  }

  private readEntry(problems: Problems, place: string, given: unknown): AllowedDomainEntry | undefined {
    if (typeof given === "string" || isToken(given)) {
      const wrong = ALLOWED_DOMAIN_RULES.domain(given);
      if (wrong !== undefined) problems.add(place, wrong);
      return wrong === undefined ? { domain: given as string } : undefined;
    }
    if (!isObject(given)) {
      problems.add(place, `${show(given)} is neither text nor an object. Allowed: ${FORM}.`);
      return undefined;
    }
    const read = problems.read(given as AllowedDomainEntry, ALLOWED_DOMAIN_RULES, `${place}.`);
    this.refuseLackingProperties(problems, KIND, read, `${place}.`);
    return read;
  }

  /** Adds a problem where the domain is in this list already, or elsewhere in the stack. */
  private refuseSecond(
    problems: Problems,
    place: string,
    domain: unknown,
    places: Map<string, string>,
  ): void {
    if (typeof domain !== "string") return;
    this.refuseTwice(problems, place, domain, KIND);
    const first = places.get(domain.toLowerCase());
    places.set(domain.toLowerCase(), first ?? place);
    if (first === undefined) return;
    problems.add(
      place,
      `${show(domain)} is declared already, at ${first}. Allowed: once per stack (names compare without case). Remove one ` +
        "of the two.",
    );
  }
}
