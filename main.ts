// The app: one stack per environment. What each environment declares is in the folder environments.
import { App, TerraformBackend, TerraformStack } from "cdktf";
import { PushNotificationStack } from "./constructs";
import { writtenBackend } from "./constructs/private/terraform/backend";
import { Environment, environments } from "./environments";

/** A stack of whatever its function declares. Without a backend its state is a file beside cdktf.json, as that of the others. */
class OwnStack extends TerraformStack {
  public override ensureBackendExists(): TerraformBackend {
    return writtenBackend(this);
  }
}

const app = new App();
for (const [name, described] of Object.entries<Environment>(environments)) {
  if (typeof described === "function") described(new OwnStack(app, name));
  else new PushNotificationStack(app, name, described);
}
app.synth();
