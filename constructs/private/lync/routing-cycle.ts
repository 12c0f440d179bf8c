// Refuses an Edge that depends on a hosting provider which has to wait for it: Terraform would name a cycle and no reason.
import { IConstruct } from "constructs";
import type { DeclaredObject, DeclaredObjects } from "../bookkeeping/declared-objects";
import { dependenciesOf } from "../terraform/replacement-order";
import { TerraformStack } from "../terraform/types";
import { isProvider, routedEdge } from "./routing";
import { show } from "../validation/rules";

/** Looks at the stack when it is validated, after all Aspects. */
export function refuseRoutingCycle(stack: TerraformStack, own: IConstruct, objects: DeclaredObjects): void {
  own.node.addValidation({
    validate: () => {
      const edge = routedEdge(objects);
      // A quick look first, since the thorough one costs as much as the whole synthesis.
      return edge?.resource.mayWait ? cycles(stack, edge, objects.filter(isProvider)) : [];
    },
  });
}

function cycles(stack: TerraformStack, edge: DeclaredObject, providers: DeclaredObject[]): string[] {
  const below = dependenciesOf(stack);
  const ways = waysFrom(below, edge.resource.address);
  return providers
    .filter((provider) => ways.has(provider.resource.address))
    .map(
      (provider) =>
        `The AccessEdgeConfig at ${show(edge.path)} depends on the HostingProvider at ${show(provider.path)} ` +
        `(${ways.get(provider.resource.address)}), and it sets the routing, for which the provider has to wait: neither ` +
        "could be first. Allowed: the AccessEdgeConfig first, which the library sees to by itself. Take the dependency " +
        "away, or the routing.",
    );
}

/** Every address that is reached from this one, with the way there. */
function waysFrom(below: ReadonlyMap<string, ReadonlySet<string>>, from: string): Map<string, string> {
  const ways = new Map([[from, from]]);
  for (const [address, way] of ways) {
    for (const next of below.get(address) ?? []) if (!ways.has(next)) ways.set(next, `${way} -> ${next}`);
  }
  return ways;
}
