// The computer with the Edge of Office Communications Server 2007 R2, as a part of the identity of what is on it.
import { isIP } from "node:net";
import type { DeclaredObject } from "../bookkeeping/declared-objects";
import { knownIfGiven } from "../terraform/token-rules";
import { Rule, show } from "../validation/rules";

const ON = " on ";

const FORM = 'the name of a computer such as "edge01.contoso.com"';
const LABEL = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/i;

/** What the runner itself is called among the computers with an Edge. */
export const THIS_COMPUTER = ".";

/** The identity of something on an Edge; without a computer it is on the runner itself. */
export function onComputer(name: string, computerName: string | undefined): string {
  return typeof computerName === "string" ? `${name}${ON}${computerName}` : name;
}

/** The computers with an Edge that the objects are on; the runner itself is a dot. */
export function edgesOf(objects: readonly DeclaredObject[]): string[] {
  return [...new Set(objects.flatMap(({ traits }) => traits.edge ?? []))];
}

const computer: Rule = (value) => {
  if (typeof value !== "string") return `${show(value)} is not text. Allowed: ${FORM}.`;
  if (isIP(value) !== 0) {
    return `${show(value)} is an IP address. Allowed: ${FORM}. Give the name that DNS or the hosts file has for it.`;
  }
  if (value === THIS_COMPUTER || /^localhost$/i.test(value)) {
    return `${show(value)} is the runner itself, which is the default. Leave computerName out.`;
  }
  if (value.length > 253)
    return `${show(value)} has ${value.length} characters. Allowed: ${FORM}, 253 at most.`;
  return value.split(".").every((label) => LABEL.test(label))
    ? undefined
    : `${show(value)} is not a computer's name. Allowed: ${FORM}, of letters, digits, hyphens and dots.`;
};

/** The name may be left out; a Token cannot be a part of an identity. */
export const computerName: Rule = knownIfGiven(computer);
