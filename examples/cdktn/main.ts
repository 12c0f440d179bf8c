// Shows: an app of CDK Terrain, the library that goes on where CDKTF was archived.
//   npm install cdktn constructs cdktn-lync-push-notifications
//   npx cdktn diff contoso      what would be done
//   npx cdktn deploy contoso    Microsoft's procedure, and one domain more
//   npx cdktn destroy contoso   all of it leaves Lync Server, but for federation, which others may need
import { App } from "cdktn";
import { PushNotificationStack } from "cdktn-lync-push-notifications";

const app = new App();
new PushNotificationStack(app, "contoso", {
  accessEdgeFqdn: "accessproxy.contoso.com",
  allowedDomains: [{ domain: "fabrikam.com", comment: "Contact: Ken Myer" }],
});
app.synth();
