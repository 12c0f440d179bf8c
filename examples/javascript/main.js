// Shows: an app in JavaScript. What is wrong with a description is told at synthesis, with no compiler at hand.
//   npx cdktf diff contoso
//   npx cdktf deploy contoso
const { App } = require("cdktf");
const { PushNotificationStack, RemovalPolicy } = require("cdktf-lync-push-notifications");

const app = new App();
new PushNotificationStack(app, "contoso", {
  accessEdgeFqdn: "accessproxy.contoso.com",
  allowedDomains: [{ domain: "fabrikam.com", removalPolicy: RemovalPolicy.RETAIN }],
});
app.synth();
