// What each environment declares: what they share once, and what differs.
import { EdgeRouting, PushNotificationStackProps, TestFailure } from "cdktf-lync-push-notifications";

const shared = {
  allowedDomains: [
    { domain: "push.lync.com", comment: "Push notification service" },
    { domain: "fabrikam.com", comment: "Contact: Ken Myer (kenmyer@fabrikam.com)" },
  ],
  tests: { replication: {}, retries: {}, reportDirectory: "reports" },
};

export const environments: Readonly<Record<string, PushNotificationStackProps>> = {
  staging: {
    ...shared,
    accessEdgeFqdn: "accessproxy.staging.contoso.com",
    // The Edge of this environment is a new one, whose routing the stack sets.
    accessEdge: { routing: EdgeRouting.dnsSrv({ partnerDiscovery: false }) },
    tests: { ...shared.tests, onFailure: TestFailure.WARN },
  },
  production: {
    ...shared,
    accessEdgeFqdn: "accessproxy.contoso.com",
    backend: { type: "azurerm", storageAccountName: "contosolync", containerName: "terraform" },
  },
};
