// The app: one stack per environment. What each environment declares is in the folder environments.
import { App, LocalBackend, TerraformBackend, TerraformStack } from "cdktf";
import { PushNotificationStack } from "./constructs";
import { Environment, environments } from "./environments";

const app = new App();
for (const [name, described] of Object.entries<Environment>(environments)) {
  if (typeof described !== "function") new PushNotificationStack(app, name, described);
  else withState(name, described);
}
app.synth();

/** A stack of its own, whose state is where that of the others is, unless the function has made a backend. */
function withState(name: string, declare: (stack: TerraformStack) => void): void {
  const stack = new TerraformStack(app, name);
  declare(stack);
  if (stack.node.findAll().some((node) => TerraformBackend.isBackend(node))) return;
  new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
}
