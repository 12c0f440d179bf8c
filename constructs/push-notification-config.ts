// Whether Lync Server sends push notifications, for all sites or for one.
import { Construct } from "constructs";
import { IResolvable } from "cdktf";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { boolean } from "./private/validation/rules";
import { globalOrSite } from "./private/lync/name-rules";
import { knownAtSynthesis, optional } from "./private/terraform/token-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";

/**
 * Properties of a {@link PushNotificationConfig}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-cspushnotificationconfiguration
 */
export interface PushNotificationConfigProps extends LyncObjectProps {
  /**
   * Where the settings hold: `global`, or `site:NAME` for one site. Must be known at synthesis.
   *
   * @default "global"
   */
  readonly identity?: string;
  /**
   * Whether notifications go to Apple devices with Lync 2010 Mobile.
   *
   * @default true
   */
  readonly enableApplePushNotificationService?: boolean | IResolvable;
  /**
   * Whether notifications go to Windows Phones with Lync 2010 or 2013 Mobile.
   *
   * @default true
   */
  readonly enableMicrosoftPushNotificationService?: boolean | IResolvable;
}

const RULES: Rules<PushNotificationConfigProps> = {
  ...OBJECT_RULES,
  identity: (value) => (value === undefined ? undefined : knownAtSynthesis(globalOrSite)(value)),
  enableApplePushNotificationService: optional(boolean),
  enableMicrosoftPushNotificationService: optional(boolean),
};

/**
 * The push notification settings of Lync Server. Removed with the code by default: a site falls back to the global
 * settings, and the global ones go back to off.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-cspushnotificationconfiguration
 */
export class PushNotificationConfig extends LyncObject {
  /** `global` or `site:NAME`. */
  public readonly identity: string;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, given: PushNotificationConfigProps = {}) {
    super(scope, id, "PushNotificationConfig");
    const props = this.validate(given, RULES, (problems, read) =>
      this.refuseTwice(problems, "identity", read.identity ?? "global"),
    );
    const identity = props.identity ?? "global";
    this.identity = identity;
    const site = /^site:/i.test(identity);
    this.declare(
      {
        identity,
        settings: {
          Identity: identity,
          EnableApplePushNotificationService: props.enableApplePushNotificationService ?? true,
          EnableMicrosoftPushNotificationService: props.enableMicrosoftPushNotificationService ?? true,
        },
        cmdlets: `${site ? "New-CsPushNotificationConfiguration, " : ""}Set-CsPushNotificationConfiguration`,
        removalPolicy: props.removalPolicy ?? RemovalPolicy.REMOVE,
      },
      props,
    );
  }
}
