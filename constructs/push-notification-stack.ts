// A stack with the whole procedure for one environment and nothing else: it adds where the state lives and what runs.
import { Construct } from "constructs";
import { TerraformBackend, TerraformStack } from "cdktf";
import type { Backend } from "./private/terraform/backend-props";
import { configureBackend, writtenBackend } from "./private/terraform/backend";
import { LyncRunnerProps } from "./private/lync/runner-props";
import { Gathered } from "./private/validation/gathered";
import { isMarked, mark } from "./private/validation/mark";
import { HIDDEN_ID } from "./private/validation/place";
import { Rule } from "./private/validation/rules";
import { Problems, Rules } from "./private/validation/validation";
import { PushNotifications } from "./push-notifications";
import { PROCEDURE_RULES, PushNotificationsProps } from "./push-notifications-props";
import { LyncRunner } from "./runner";

/** Description of one environment: what differs from Microsoft's procedure, the backend, and the runner. */
export interface PushNotificationStackProps extends PushNotificationsProps {
  /**
   * Where the Terraform state lives. Secrets come from the environment, never from here. For a backend that is not among
   * the types, leave this out and make CDKTF's class in the stack: `new GcsBackend(stack, ...)`.
   *
   * @default - local: a file `terraform.<stack>.tfstate` beside cdktf.json
   */
  readonly backend?: Backend;
  /**
   * How the runner reaches Lync Server.
   *
   * @default - powershell.exe, module Lync, null_resource, 600 seconds
   */
  readonly runner?: LyncRunnerProps;
}

const KIND = "PushNotificationStack";

const judgedByWhatGetsIt: Rule = () => undefined;

const PROCEDURE = Object.keys(PROCEDURE_RULES) as (keyof PushNotificationsProps)[];

const RULES = Object.fromEntries(
  [...PROCEDURE, "backend", "runner"].map((name) => [name, judgedByWhatGetsIt]),
) as unknown as Rules<PushNotificationStackProps>;

/**
 * A stack with all that push notifications need in one environment: a {@link PushNotifications} with a backend and a
 * runner.
 *
 * @example
 * const app = new App();
 * new PushNotificationStack(app, "contoso", { accessEdgeFqdn: "accessproxy.contoso.com" });
 * app.synth();
 *
 * @see The topic "Configuring for push notifications" of Lync Server 2013 (2013-02-12).
 */
export class PushNotificationStack extends TerraformStack {
  /** Whether it is a PushNotificationStack, of this copy of the package or of another one. */
  public static isPushNotificationStack(value: unknown): value is PushNotificationStack {
    return isMarked(value, KIND);
  }

  /** The procedure, with all its constructs. */
  public readonly pushNotifications: PushNotifications;

  /** @throws ValidationError with everything that is wrong with the description, over all constructs. */
  public constructor(scope: Construct, id: string, props: PushNotificationStackProps) {
    super(scope, id);
    mark(this, KIND);
    const problems = new Problems(KIND, this);
    const { backend, runner = {}, ...read } = problems.read(props, RULES);
    const gathered = new Gathered();
    gathered.attempt(() => problems.throwIfAny());
    if (backend !== undefined) gathered.attempt(() => configureBackend(this, backend));
    gathered.attempt(() => LyncRunner.configure(this, runner));
    // The hidden id keeps the names that the constructs have in Terraform short.
    const procedure = gathered.attempt(() => new PushNotifications(this, HIDDEN_ID, procedureOf(read)));
    gathered.throwIfAny();
    this.pushNotifications = procedure as PushNotifications;
  }

  /** CDKTF asks for it before it writes the stack: by then a class of CDKTF may be there in place of the default. */
  public override ensureBackendExists(): TerraformBackend {
    return writtenBackend(this);
  }
}

/** The description without what is no property of it, which the stack itself has refused. */
function procedureOf(read: PushNotificationsProps): PushNotificationsProps {
  const given = PROCEDURE.filter((name) => name in read).map((name) => [name, read[name]]);
  return Object.fromEntries(given) as unknown as PushNotificationsProps;
}
