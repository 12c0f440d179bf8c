// The demo: a simulated Lync Server on this machine. terraform_data needs no provider, so nothing is downloaded.
import { AllowedDomain, LyncResourceType, PushNotificationStackProps, RemovalPolicy } from "../constructs";

export const demo: PushNotificationStackProps = {
  accessEdgeFqdn: "accessproxy.contoso.com",
  runner: {
    powerShell: process.env.DEMO_POWERSHELL ?? "pwsh",
    resourceType: LyncResourceType.TERRAFORM_DATA,
    timeoutSeconds: 120,
  },
  allowedDomains: [
    { domain: AllowedDomain.PUSH_DOMAIN, comment: "Push notification service" },
    { domain: "fabrikam.com", comment: "Partner of the sales team" },
  ],
  // Nobody else federates here, so that destroy may switch federation off again.
  accessEdge: { removalPolicy: RemovalPolicy.REMOVE },
  tests: { replication: { intervalSeconds: 1, timeoutSeconds: 60 }, reportDirectory: "reports" },
};
