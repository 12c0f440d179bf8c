// The two halves of the procedure: what a description has for the one kind of Edge or for the other.
import { EdgeKind } from "./edge-kind";
import { show } from "../validation/rules";
import { Problems } from "../validation/validation";

/** What tells the two apart in a description. */
export interface HalvesProps {
  readonly edge?: EdgeKind;
  readonly hostingProvider?: unknown;
  readonly allowedDomains?: unknown;
  readonly partnerDomains?: unknown;
  readonly federatedPartners?: unknown;
  readonly externalEdge?: unknown;
  readonly edgeComputerName?: unknown;
}

/** What only one kind of Edge has. */
const HALVES: Record<EdgeKind, readonly (keyof HalvesProps)[]> = {
  [EdgeKind.LYNC]: ["hostingProvider", "allowedDomains", "partnerDomains"],
  [EdgeKind.OCS_2007_R2]: ["federatedPartners", "externalEdge", "edgeComputerName"],
};

/** Whether the Edge is Office Communications Server 2007 R2. */
export function onOcsEdge(props: HalvesProps): boolean {
  return props.edge === EdgeKind.OCS_2007_R2;
}

/** Adds a problem for everything that belongs to the other kind of Edge. */
export function refuseMixedHalves(problems: Problems, props: HalvesProps): void {
  const [edge, other] = onOcsEdge(props)
    ? [EdgeKind.OCS_2007_R2, EdgeKind.LYNC]
    : [EdgeKind.LYNC, EdgeKind.OCS_2007_R2];
  for (const name of HALVES[other].filter((each) => props[each] !== undefined)) {
    problems.add(
      name,
      `belongs to the other kind of Edge: edge is ${show(edge)}${props.edge ? "" : ", the default"}. Allowed with it: ` +
        `${HALVES[edge].join(", ")}. Leave ${name} out, or set edge to ${show(other)}.`,
    );
  }
}
