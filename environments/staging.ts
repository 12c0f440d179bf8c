// Staging: the procedure as it stands, on an Edge that is switched to DNS SRV routing first.
import { EdgeRouting, PushNotificationStackProps } from "../constructs";

export const staging: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.staging.contoso.com",
  accessEdge: { routing: EdgeRouting.dnsSrv({ partnerDiscovery: false }) },
};
