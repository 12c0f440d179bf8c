// The app: one stack per environment. What each environment declares is in the folder environments.
import { App } from "cdktf";
import { PushNotificationStack } from "./constructs";
import { environments } from "./environments";

const app = new App();
for (const [name, description] of Object.entries(environments)) {
  new PushNotificationStack(app, name, description);
}
app.synth();
