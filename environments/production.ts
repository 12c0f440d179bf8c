// Production: Microsoft's procedure as it stands, a partner beside it, one site without Apple notifications, and the state
// in Azure, whose access key Terraform takes from ARM_ACCESS_KEY.
import { AllowedDomain, PushNotificationStackProps, RemovalPolicy } from "../constructs";

export const production: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.contoso.com",
  backend: { type: "azurerm", storageAccountName: "contosolync", containerName: "terraform" },
  hostingProvider: { removalPolicy: RemovalPolicy.RETAIN },
  allowedDomains: [
    { domain: AllowedDomain.PUSH_DOMAIN, comment: "Push notification service" },
    { domain: "fabrikam.com", comment: "Contact: Ken Myer (kenmyer@fabrikam.com)", markForMonitoring: true },
  ],
  pushNotifications: [
    { identity: "global" },
    { identity: "site:Redmond", enableApplePushNotificationService: false },
  ],
};
