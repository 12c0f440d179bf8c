// A branch whose Edge is still Office Communications Server 2007 R2: the procedure's other half, by WMI on that Edge.
import { EdgeKind, PushNotificationStackProps } from "../constructs";

export const ocsEdge: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.branch.contoso.com",
  edge: EdgeKind.OCS_2007_R2,
  edgeComputerName: "edge01.branch.contoso.com",
};
