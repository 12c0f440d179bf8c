// Shows: several environments from one description of what they share. Each is a stack with a state of its own.
//   npx cdktf deploy staging       the state is a file beside cdktf.json
//   npx cdktf deploy production    the state is a blob in Azure; set ARM_ACCESS_KEY first
import { App } from "cdktf";
import { PushNotificationStack } from "cdktf-lync-push-notifications";
import { environments } from "./environments";

const app = new App();
for (const [name, description] of Object.entries(environments)) {
  new PushNotificationStack(app, name, description);
}
app.synth();
