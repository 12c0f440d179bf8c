// A simulated computer with the Access Edge of Office Communications Server 2007 R2.
import { OcsEdge, OcsPartner, SimulatedLync } from "./simulated-lync";

export const EDGE = "edge01.contoso.com";

/** Adds an Edge to the simulated server. */
export function addOcsEdge(
  lync: SimulatedLync,
  partners: OcsPartner[] = [],
  computer: Partial<OcsEdge> = {},
) {
  const externalEdgeSetting = {
    InstanceID: "{5E5F6E59-7F3B-4F2A-9A8A-2B7D0E1C3A44}",
    EnableFederation: false,
    AllowOutsideUsers: true,
    DefaultRoute: "",
    DNSCacheTableSize: 256,
    KeepCRLsUpToDateForPeers: true,
    OutgoingTLSCountForFederatedPartners: 4,
  };
  lync.change((state) =>
    state.ocsEdges.push({ ComputerName: EDGE, partners, externalEdgeSetting, ...computer }),
  );
}

/** What the Edge has. */
export function ocsEdge(lync: SimulatedLync): OcsEdge {
  return lync.state().ocsEdges[0];
}
