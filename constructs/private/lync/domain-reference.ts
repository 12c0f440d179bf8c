// A domain that Lync Server federates with, as a test refers to it: of this stack, of another one, or managed elsewhere.
import { Rule, show } from "../validation/rules";
import { isMarked, mark } from "../validation/mark";

/** A domain that Lync Server federates with: an AllowedDomain, a FederatedPartner, or a reference to one. */
export interface IAllowedDomain {
  /** FQDN of the domain, such as `push.lync.com`. */
  readonly domain: string;
}

const REFERENCE = "DomainReference";

/** A reference to a domain that something other than the stack allows. */
export class DomainReference implements IAllowedDomain {
  public constructor(public readonly domain: string) {
    mark(this, REFERENCE);
  }
}

/** Whether it is a construct that lets a domain federate, or a reference to such a domain. */
export function isAllowedDomain(value: unknown): value is IAllowedDomain {
  return [REFERENCE, "AllowedDomain", "FederatedPartner"].some((name) => isMarked(value, name));
}

/** The name of the domain, whichever way it is given. */
export function domainOf(value: string | IAllowedDomain): string {
  return isAllowedDomain(value) ? value.domain : value;
}

/** A domain by its name, which the rule looks at, or by a construct or a reference. */
export function domainOrReference(rule: Rule): Rule {
  return (value) => {
    if (isAllowedDomain(value)) return rule(value.domain);
    if (typeof value !== "object" || value === null) return rule(value);
    return (
      `${show(value)} is no domain. Allowed: an FQDN such as "push.lync.com", an AllowedDomain, or ` +
      'AllowedDomain.fromDomain("push.lync.com") for a domain that is managed elsewhere.'
    );
  };
}
