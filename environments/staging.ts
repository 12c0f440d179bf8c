// Staging: the procedure as it stands, on an Edge that is switched to DNS SRV routing first.
import { PushNotificationStackProps } from "../constructs";

export const staging: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.staging.contoso.com",
  accessEdge: { useDnsSrvRouting: true, enablePartnerDiscovery: false },
};
