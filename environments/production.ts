// Production: Microsoft's procedure as it stands, a partner beside it, and one site without Apple notifications.
import { PushNotificationStackProps, RemovalPolicy } from "../constructs";

export const production: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.contoso.com",
  hostingProvider: { removalPolicy: RemovalPolicy.RETAIN },
  allowedDomains: [
    { domain: "push.lync.com", comment: "Push notification service" },
    { domain: "fabrikam.com", comment: "Contact: Ken Myer (kenmyer@fabrikam.com)", markForMonitoring: true },
  ],
  pushNotifications: [
    { identity: "global" },
    { identity: "site:Redmond", enableApplePushNotificationService: false },
  ],
};
