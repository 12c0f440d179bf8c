// Tests that Lync Server reaches the push notification service.
import { Construct } from "constructs";
import { DeclaredObject, sameName } from "./private/bookkeeping/declared-objects";
import { LYNC_TEST_RULES, LyncTest, LyncTestProps } from "./private/lync/lync-test";
import { PUSH_DOMAIN, PUSH_PROXY_FQDN } from "./private/lync/procedure";
import { isMarked } from "./private/validation/mark";
import { fqdn, show } from "./private/validation/rules";
import { required } from "./private/terraform/token-rules";
import { isToken, literal } from "./private/terraform/terraform-text";
import { Rules } from "./private/validation/validation";

/**
 * Properties of a {@link PushNotificationTest}.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csmcxpushnotification
 */
export interface PushNotificationTestProps extends LyncTestProps {
  /** Internal FQDN (253 characters at most, no IP address, no wildcard) of the Edge Server. */
  readonly accessEdgeFqdn: string;
}

const RULES: Rules<PushNotificationTestProps> = { ...LYNC_TEST_RULES, accessEdgeFqdn: required(fqdn) };

/**
 * Runs Test-CsMcxPushNotification after the objects that push notifications depend on, and again whenever one of them
 * changes. A result other than Success, returned or thrown, fails the deploy, unless `onFailure` says otherwise. Skype for
 * Business Server 2019 has no such cmdlet: there the construct is refused at synthesis.
 *
 * @example
 * new PushNotificationTest(stack, "Push", { accessEdgeFqdn: "accessproxy.contoso.com" });
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/test-csmcxpushnotification
 * @noInheritDoc
 */
export class PushNotificationTest extends LyncTest {
  /** Whether it is a PushNotificationTest, of this copy of the package or of another one. */
  public static isPushNotificationTest(value: unknown): value is PushNotificationTest {
    return isMarked(value, "PushNotificationTest");
  }

  protected readonly cmdletNoun = "McxPushNotification";
  /** Internal FQDN of the Edge Server. */
  public readonly accessEdgeFqdn: string;

  /** @throws ValidationError with everything that is wrong with the properties. */
  public constructor(scope: Construct, id: string, props: PushNotificationTestProps) {
    super(scope, id, "PushNotificationTest");
    const read = this.validate(props, RULES, (problems, each) => this.checkTest(problems, each));
    this.accessEdgeFqdn = read.accessEdgeFqdn;
    this.run({ AccessEdgeFqdn: this.accessEdgeFqdn }, read, (object) =>
      sameName(object.traits.allowsDomain ?? PUSH_DOMAIN, PUSH_DOMAIN),
    );
  }

  /** By which names the hint of a failure calls the way to the push notification service. */
  protected override variables(): Record<string, string> {
    const proxies = this.shared.objects.all().flatMap((each) => proxyOf(each) ?? []);
    const names = proxies.some((each) => sameName(each, PUSH_PROXY_FQDN)) ? [PUSH_PROXY_FQDN] : proxies;
    return { LYNC_PUSH_PROXY: literal([...new Set(names)].join(" or ") || PUSH_PROXY_FQDN) };
  }
}

/** The proxy that the object leads to, as a person would call it, or undefined where it leads elsewhere. */
function proxyOf({ identity, traits }: DeclaredObject): string | undefined {
  const { proxyFqdn, allowsDomain = PUSH_DOMAIN } = traits;
  if (proxyFqdn === undefined || !sameName(allowsDomain, PUSH_DOMAIN)) return undefined;
  // What only Terraform knows may be a secret, and is not printed.
  return isToken(proxyFqdn) ? `the proxy of ${show(identity)}` : String(proxyFqdn);
}
