// Shows: Microsoft's procedure as it stands, for one Lync Server.
//   npx cdktf diff contoso      what would be done
//   npx cdktf deploy contoso    the provider LyncOnline, the domain push.lync.com, push notifications, federation, both tests
//   npx cdktf destroy contoso   all of it leaves Lync Server, but for federation, which others may need
import { App } from "cdktf";
import { PushNotificationStack } from "cdktf-lync-push-notifications";

const app = new App();
new PushNotificationStack(app, "contoso", { accessEdgeFqdn: "accessproxy.contoso.com" });
app.synth();
