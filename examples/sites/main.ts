// Shows: sites with push notification settings of their own. A site that is not named here follows the global settings.
//   npx cdktf diff contoso      one resource per site
//   npx cdktf deploy contoso    Set- for the global settings, New- for each site
// A site that leaves the table loses its own settings with the next deploy, and follows the global ones again.
import { App } from "cdktf";
import { PushNotificationStack } from "cdktf-lync-push-notifications";

/** Which service each site uses. The names are those that Get-CsSite shows. */
const sites = {
  Redmond: { apple: true, microsoft: false },
  Munich: { apple: false, microsoft: true },
  Singapore: { apple: false, microsoft: false },
};

const app = new App();
new PushNotificationStack(app, "contoso", {
  accessEdgeFqdn: "accessproxy.contoso.com",
  pushNotifications: [
    { identity: "global" },
    ...Object.entries(sites).map(([name, { apple, microsoft }]) => ({
      identity: `site:${name}`,
      enableApplePushNotificationService: apple,
      enableMicrosoftPushNotificationService: microsoft,
    })),
  ],
});
app.synth();
