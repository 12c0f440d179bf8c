// What a description of the Edge's routing must keep: one value, or the four former properties that exclude each other.
import { isMarked } from "../validation/mark";
import { boolean, fqdn, Rule, show } from "../validation/rules";
import { Problems } from "../validation/validation";
import { required } from "../terraform/token-rules";
import { IResolvable } from "../terraform/types";

/** A way of routing as the rules see it. */
interface Way {
  readonly way: "dnsSrv" | "defaultRoute";
  readonly partnerDiscovery?: boolean | IResolvable;
  readonly defaultRouteFqdn?: string;
}

/** The properties that say how the Edge routes. */
interface Routing {
  readonly routing?: Way;
  readonly useDnsSrvRouting?: boolean;
  readonly enablePartnerDiscovery?: boolean | IResolvable;
  readonly useDefaultRouting?: boolean;
  readonly defaultRouteFqdn?: string;
}

type Former = Exclude<keyof Routing, "routing">;

const FORMER: readonly Former[] = [
  "useDnsSrvRouting",
  "enablePartnerDiscovery",
  "useDefaultRouting",
  "defaultRouteFqdn",
];

/** It is one of the two, or left out. */
export const aWayOfRouting: Rule = (value) =>
  value === undefined || isMarked(value, "EdgeRouting")
    ? undefined
    : `${show(value)} is no way of routing. Allowed: EdgeRouting.dnsSrv({ partnerDiscovery }) or ` +
      "EdgeRouting.defaultRoute(fqdn). Leave it out, and routing stays as it is.";

/** Adds a problem for everything that is wrong with the description of the routing. */
export function refuseRouting(problems: Problems, read: Routing): void {
  const { routing } = read;
  if (routing === undefined) return refuseMixedRouting(problems, read);
  const beside = FORMER.filter((name) => read[name] !== undefined);
  if (beside.length > 0) {
    problems.add(
      "routing",
      `stands beside ${beside.join(", ")}, which it replaces. Allowed: routing alone. Leave ${beside.join(", ")} out.`,
    );
  }
  if (!isMarked(routing, "EdgeRouting")) return; // its own rule says so
  const [name, rule]: [keyof Way, Rule] =
    routing.way === "dnsSrv" ? ["partnerDiscovery", boolean] : ["defaultRouteFqdn", fqdn];
  const wrong = required(rule)(routing[name]);
  if (wrong) problems.add(`routing.${name}`, wrong);
}

/** The cmdlet's parameters for the ways of routing are switches: false is as good as not given. */
function isGiven(read: Routing, name: Former): boolean {
  return read[name] !== undefined && (name === "enablePartnerDiscovery" || read[name] !== false);
}

function refuseMixedRouting(problems: Problems, read: Routing): void {
  const needs = (one: Former, other: Former): void => {
    if (!isGiven(read, one) || isGiven(read, other)) return;
    problems.add(
      one,
      `needs ${other}: the cmdlet takes the two together. Add ${other}, or leave ${one} out.`,
    );
  };
  if (isGiven(read, "useDnsSrvRouting") && isGiven(read, "useDefaultRouting")) {
    problems.add(
      "useDefaultRouting",
      "excludes useDnsSrvRouting: they are two parameter sets of the cmdlet. Allowed: one of them. Leave the other out.",
    );
  }
  refuseOpenRouting(problems, read, "useDnsSrvRouting", "useDefaultRouting", "defaultRouteFqdn");
  refuseOpenRouting(problems, read, "useDefaultRouting", "useDnsSrvRouting", "enablePartnerDiscovery");
  needs("useDnsSrvRouting", "enablePartnerDiscovery");
  needs("enablePartnerDiscovery", "useDnsSrvRouting");
  needs("useDefaultRouting", "defaultRouteFqdn");
  needs("defaultRouteFqdn", "useDefaultRouting");
}

/** One way of routing cannot be switched off; another can be taken. */
function refuseOpenRouting(
  problems: Problems,
  read: Routing,
  one: Former,
  other: Former,
  companion: Former,
): void {
  if (read[one] !== false || isGiven(read, other)) return;
  problems.add(
    one,
    `false does not say how the Edge routes instead. Allowed: true, or false beside ${other}: true and ${companion}. ` +
      `Name the other way, or leave ${one} out, and routing stays as it is.`,
  );
}
