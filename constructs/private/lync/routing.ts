// The Edge's way of routing and the hosting providers: what excludes each other, and which of them comes first.
import type { DeclaredObject, DeclaredObjects } from "../bookkeeping/declared-objects";
import { anyIsTrue, isNotTrue } from "../terraform/expressions";
import { show } from "../validation/rules";
import { inert, isToken } from "../terraform/terraform-text";
import { Problems } from "../validation/validation";

/** Adds a problem where the stack sets default routing, with which no enabled provider works. */
export function refuseProvider(problems: Problems, objects: DeclaredObjects, enabled: unknown): void {
  const edge = routedEdge(objects);
  if (!edge || !setsDefaultRouting(edge) || enabled !== true) return;
  problems.add(
    "enabled",
    `true, the default, excludes the default route ${show(edge.settings.DefaultRouteFqdn)} of the AccessEdgeConfig at ` +
      `${show(edge.path)}: no hosting provider works with default routing. Allowed with it: false. Set enabled to false or ` +
      `leave this provider out, or give ${show(edge.path)} routing: EdgeRouting.dnsSrv({ partnerDiscovery }) instead.`,
  );
}

/** The same from the other side: adds a problem where the stack has an enabled provider. */
export function refuseDefaultRouting(problems: Problems, property: string, objects: DeclaredObjects): void {
  const enabled = objects.filter((each) => each.traits.needsDnsSrvRouting === true);
  if (enabled.length === 0) return;
  const [{ identity, path }] = enabled;
  const others = enabled.length > 1 ? ` (and ${enabled.length - 1} more)` : "";
  problems.add(
    property,
    `the default route excludes the HostingProvider ${show(identity)} at ${show(path)}${others}, whose enabled is true: no hosting ` +
      "provider works with default routing. Allowed with it: providers whose enabled is false. Set enabled of " +
      `${show(path)}${others} to false or leave it out, or give routing: EdgeRouting.dnsSrv({ partnerDiscovery }) instead.`,
  );
}

/**
 * Has the providers wait for the Edge where the stack sets its routing, whatever the order in the code: an enabled one
 * works only with DNS SRV routing, and Lync Server takes a default route only while there is no provider at all. For one
 * provider that was just declared, or for all of them.
 */
export function orderByRouting(objects: DeclaredObjects, declared?: DeclaredObject): void {
  const edge = routedEdge(objects);
  if (!edge) return;
  const waiting = declared ? [declared] : objects.filter(isProvider);
  for (const provider of waiting) {
    provider.resource.waitFor(edge.resource);
    if (setsDefaultRouting(edge) && isToken(provider.traits.needsDnsSrvRouting))
      edge.resource.require(notEnabled(provider));
  }
}

/** The objects in an order in which they can be applied one after the other. */
export function inOrderOfRouting(objects: DeclaredObjects): DeclaredObject[] {
  const edge = routedEdge(objects);
  return edge ? [edge, ...objects.filter((each) => each !== edge)] : objects.all();
}

/** Whether an enabled provider needs the routing that the Edge has already: a Terraform expression where Tokens decide. */
export function needsDnsSrvRouting(objects: DeclaredObjects): string {
  const edge = routedEdge(objects);
  if (edge && !setsDefaultRouting(edge)) return "false";
  const enabled = objects.filter(isProvider).map(({ traits }) => traits.needsDnsSrvRouting);
  const tokens = enabled.filter(isToken);
  if (tokens.length === 0 || enabled.includes(true)) return String(enabled.includes(true));
  return anyIsTrue(tokens);
}

/** Whether it is, or may be, of use with DNS SRV routing alone, as hosting providers are. */
export function isProvider({ traits }: DeclaredObject): boolean {
  return traits.needsDnsSrvRouting !== undefined;
}

/** The stack's AccessEdgeConfig, where it sets the routing. */
export function routedEdge(objects: DeclaredObjects): DeclaredObject | undefined {
  const edge = objects.find("AccessEdgeConfig", "global");
  return edge?.settings.UseDnsSrvRouting || edge?.settings.UseDefaultRouting ? edge : undefined;
}

function setsDefaultRouting({ settings }: DeclaredObject): boolean {
  return settings.UseDefaultRouting !== undefined;
}

function notEnabled({ identity, path, traits }: DeclaredObject) {
  return {
    condition: isNotTrue(traits.needsDnsSrvRouting),
    errorMessage: inert(
      `HostingProvider ${show(identity)} at ${show(path)}: enabled is true, and this stack sets default routing, with ` +
        "which no hosting provider works. Allowed with it: false. Set it to false, or the Edge to DNS SRV routing.",
    ),
  };
}
