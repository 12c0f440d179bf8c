// Shows: a Lync Server that was configured before this code. What is there and is not what the code would have made stops the
// first deploy before it changes anything, until the code says in words what shall become of it.
//   npx cdktf deploy hybrid     uses the provider of a hybrid deployment; `destroy` leaves it
//   npx cdktf deploy by-hand    takes over what an administrator once made; `destroy` removes it
import { App } from "cdktf";
import { PushNotificationStack, RemovalPolicy } from "cdktf-lync-push-notifications";

const app = new App();

// A hybrid deployment has made the provider LyncOnline, and its users in the cloud need it. It shares the address space, which
// this code does not name and so leaves as it is. What others federate with stays, too.
new PushNotificationStack(app, "hybrid", {
  accessEdgeFqdn: "accessproxy.contoso.com",
  hostingProvider: { removalPolicy: RemovalPolicy.RETAIN },
  allowedDomains: [
    { domain: "push.lync.com" },
    { domain: "fabrikam.com", removalPolicy: RemovalPolicy.RETAIN },
  ],
});

// Here somebody has followed the procedure by hand, under another name and with another level, and nobody else needs it.
new PushNotificationStack(app, "by-hand", {
  accessEdgeFqdn: "accessproxy.contoso.com",
  hostingProvider: { identity: "Push", adoptExisting: true },
});

app.synth();
