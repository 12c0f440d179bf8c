// The computer with the Edge of Office Communications Server 2007 R2, as a part of the identity of what is on it.
import { isIP } from "node:net";
import type { DeclaredObject } from "../bookkeeping/declared-objects";
import { knownAtSynthesis } from "../terraform/token-rules";
import { Rule, show } from "../validation/rules";

/** The kinds whose objects are on an Edge, and not in Lync Server. */
const KINDS = ["FederatedPartner", "ExternalEdgeSetting"];
const ON = " on ";

const FORM = 'the name of a computer such as "edge01.contoso.com"';
const LABEL = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/i;

/** The identity of something on an Edge; without a computer it is on the runner itself. */
export function onComputer(name: string, computerName: string | undefined): string {
  return typeof computerName === "string" ? `${name}${ON}${computerName}` : name;
}

/** The domain that the object lets federate, in Lync Server or on an Edge; undefined where it is no such object. */
export function allowedDomainOf({ kind, identity }: DeclaredObject): string | undefined {
  if (kind === "AllowedDomain") return identity;
  return kind === "FederatedPartner" ? identity.split(ON)[0] : undefined;
}

/** The computers with an Edge that the objects are on; the runner itself is a dot. */
export function edgesOf(objects: readonly DeclaredObject[]): string[] {
  const onEdge = objects.filter((object) => KINDS.includes(object.kind));
  return [...new Set(onEdge.map((object) => object.identity.split(ON)[1] ?? "."))];
}

const computer: Rule = (value) => {
  if (typeof value !== "string") return `${show(value)} is not text. Allowed: ${FORM}.`;
  if (isIP(value) !== 0) {
    return `${show(value)} is an IP address. Allowed: ${FORM}. Give the name that DNS or the hosts file has for it.`;
  }
  if (value === "." || /^localhost$/i.test(value)) {
    return `${show(value)} is the runner itself, which is the default. Leave computerName out.`;
  }
  if (value.length > 253)
    return `${show(value)} has ${value.length} characters. Allowed: ${FORM}, 253 at most.`;
  return value.split(".").every((label) => LABEL.test(label))
    ? undefined
    : `${show(value)} is not a computer's name. Allowed: ${FORM}, of letters, digits, hyphens and dots.`;
};

/** The name may be left out; a Token cannot be a part of an identity. */
export const computerName: Rule = (value) =>
  value === undefined ? undefined : knownAtSynthesis(computer)(value);
