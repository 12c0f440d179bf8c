// Tests that Lync Server reaches the push notification service.
import { Construct } from "constructs";
import { sameName } from "./private/declared-objects";
import { allowedDomainOf } from "./private/edge-computer";
import { LYNC_TEST_RULES, LyncTest, LyncTestProps } from "./private/lync-test";
import { PUSH_DOMAIN } from "./private/procedure";
import { fqdn, required } from "./private/rules";
import { Rules } from "./private/validation";

/**
 * Properties of a {@link PushNotificationTest}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csmcxpushnotification
 */
export interface PushNotificationTestProps extends LyncTestProps {
  /** Internal FQDN of the Edge Server. */
  readonly accessEdgeFqdn: string;
}

const RULES: Rules<PushNotificationTestProps> = { ...LYNC_TEST_RULES, accessEdgeFqdn: required(fqdn) };

/**
 * Runs Test-CsMcxPushNotification after the objects that push notifications depend on, and again whenever one of them
 * changes. A result other than Success fails the deploy, unless `onFailure` says otherwise. Skype for Business Server 2019 has no such cmdlet: there the
 * construct is refused at synthesis.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csmcxpushnotification
 */
export class PushNotificationTest extends LyncTest {
  protected readonly cmdletNoun = "McxPushNotification";

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, given: PushNotificationTestProps) {
    super(scope, id, "PushNotificationTest");
    const props = this.validate(given, RULES, (problems, read) => this.checkTest(problems, read));
    this.run({ AccessEdgeFqdn: props.accessEdgeFqdn }, props, (object) =>
      sameName(allowedDomainOf(object) ?? PUSH_DOMAIN, PUSH_DOMAIN),
    );
  }
}
