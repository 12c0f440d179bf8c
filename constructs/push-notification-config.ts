// Whether Lync Server sends push notifications, for all sites or for one.
import { Construct } from "constructs";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { writtenAs } from "./private/lync/written";
import { isMarked } from "./private/validation/mark";
import { boolean } from "./private/validation/rules";
import { globalOrSite } from "./private/lync/name-rules";
import { knownIfGiven, optional } from "./private/terraform/token-rules";
import { Rules } from "./private/validation/validation";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";
import { IResolvable } from "./private/terraform/types";

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
  identity: knownIfGiven(globalOrSite),
  enableApplePushNotificationService: optional(boolean),
  enableMicrosoftPushNotificationService: optional(boolean),
};

/**
 * The push notification settings of Lync Server. Removed with the code by default: a site falls back to the global
 * settings, and the global ones go back to off.
 *
 * @example
 * new PushNotificationConfig(stack, "Everywhere");
 * new PushNotificationConfig(stack, "Redmond", {
 *   identity: "site:Redmond",
 *   enableApplePushNotificationService: false,
 * });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/set-cspushnotificationconfiguration
 * @noInheritDoc
 */
export class PushNotificationConfig extends LyncObject {
  /** Whether it is a PushNotificationConfig, of this copy of the package or of another one. */
  public static isPushNotificationConfig(value: unknown): value is PushNotificationConfig {
    return isMarked(value, "PushNotificationConfig");
  }

  /** `global` or `site:NAME`. */
  public readonly identity: string;
  /** Whether notifications go to Apple devices. */
  public readonly enableApplePushNotificationService: boolean | IResolvable;
  /** Whether notifications go to Windows Phones. */
  public readonly enableMicrosoftPushNotificationService: boolean | IResolvable;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: PushNotificationConfigProps = {}) {
    super(scope, id, "PushNotificationConfig");
    const read = this.validate(props, RULES, (problems, { identity }) =>
      this.refuseTwice(problems, "identity", identity ?? "global"),
    );
    this.identity = read.identity ?? "global";
    this.enableApplePushNotificationService = read.enableApplePushNotificationService ?? true;
    this.enableMicrosoftPushNotificationService = read.enableMicrosoftPushNotificationService ?? true;
    const site = /^site:/i.test(this.identity);
    this.declare(
      {
        identity: this.identity,
        settings: {
          Identity: this.identity,
          EnableApplePushNotificationService: this.enableApplePushNotificationService,
          EnableMicrosoftPushNotificationService: this.enableMicrosoftPushNotificationService,
        },
        cmdlets: `${site ? "New-CsPushNotificationConfiguration, " : ""}Set-CsPushNotificationConfiguration`,
        removalPolicy: read.removalPolicy ?? RemovalPolicy.REMOVE,
      },
      read,
    );
  }
}

writtenAs(PushNotificationConfig, {
  props: (found) => ({
    identity: found.identity.replace(/^global$|^site:/i, (scope) => scope.toLowerCase()),
    enableApplePushNotificationService: found.value("EnableApplePushNotificationService"),
    enableMicrosoftPushNotificationService: found.value("EnableMicrosoftPushNotificationService"),
  }),
  inProcedure: () => true,
});
