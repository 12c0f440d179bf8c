// The whole procedure for one Edge: provider, domains, push notifications, federation, and the tests last.
import { Construct } from "constructs";
import { AccessEdgeConfig, routingOf } from "./access-edge-config";
import { AllowedDomain } from "./allowed-domain";
import { AllowedDomains } from "./allowed-domains";
import { EdgeKind } from "./private/lync/edge-kind";
import { ExternalEdgeSetting } from "./external-edge-setting";
import { FederatedPartner } from "./federated-partner";
import { FederationTest } from "./federation-test";
import { HostingProvider } from "./hosting-provider";
import { isNamed } from "./private/bookkeeping/declared-objects";
import { onOcsEdge, refuseMixedHalves } from "./private/lync/edge-halves";
import type { LyncConstruct } from "./private/lync/lync-construct";
import { LyncScope } from "./private/lync/lync-scope";
import { freeId } from "./private/lync/object-id";
import { PUSH_DOMAIN } from "./private/lync/procedure";
import { lackOf } from "./private/lync/products";
import { stackOf } from "./private/terraform/stack";
import { TerraformStack } from "./private/terraform/types";
import { show } from "./private/validation/rules";
import { checkGroups } from "./private/lync/test-rules";
import { Gathered } from "./private/validation/gathered";
import { isMarked, mark } from "./private/validation/mark";
import { HIDDEN_ID, placeOf } from "./private/validation/place";
import { Problems } from "./private/validation/validation";
import { PushNotificationConfig } from "./push-notification-config";
import { PushNotificationTest } from "./push-notification-test";
import {
  ProcedureTestProps,
  PROCEDURE_RULES,
  PushNotificationsProps,
  TESTS_RULES,
} from "./push-notifications-props";

const KIND = "PushNotifications";

type Maybe<T> = T | undefined;
type First = readonly Maybe<LyncConstruct>[];

interface Tests {
  readonly federation?: FederationTest;
  readonly push?: PushNotificationTest;
}

/**
 * Microsoft's procedure "Configuring for push notifications" in a stack of any kind: all objects in the right order, and
 * the tests last.
 *
 * One stack may have several, one for each Edge. What is global in Lync Server exists once: the hosting provider,
 * push.lync.com, the global push notification settings and the Access Edge configuration. The first one declares it; a
 * later one that leaves it out uses the same constructs, and one that describes it again is refused. So a later one adds
 * the tests of its Edge and, for an Edge of Office Communications Server 2007 R2, what is on that Edge.
 *
 * @example
 * const app = new App();
 * const stack = new TerraformStack(app, "contoso");
 * const push = new PushNotifications(stack, "Push", { accessEdgeFqdn: "accessproxy.contoso.com" });
 * new TerraformOutput(stack, "Provider", { value: push.hostingProvider?.identity });
 * app.synth();
 *
 * @see The topic "Configuring for push notifications" of Lync Server 2013 (2013-02-12).
 */
export class PushNotifications extends Construct {
  /** Whether it is a PushNotifications, of this copy of the package or of another one. */
  public static isPushNotifications(value: unknown): value is PushNotifications {
    return isMarked(value, KIND);
  }

  /** Internal FQDN of the Edge Server that both tests run against. */
  public readonly accessEdgeFqdn: string;
  /** Which product the Edge Server runs. */
  public readonly edge: EdgeKind;
  /** Name of the Edge Server of Office Communications Server 2007 R2, for WMI; undefined is the runner itself. */
  public readonly edgeComputerName?: string;
  /** The hosting provider; undefined with an Edge of Office Communications Server 2007 R2. */
  public readonly hostingProvider?: HostingProvider;
  /** The allowed domains, push.lync.com among them; none with an Edge of Office Communications Server 2007 R2. */
  public readonly allowedDomains: readonly AllowedDomain[];
  /** The domains of partners that share one resource; undefined where there are none. */
  public readonly partnerDomains?: AllowedDomains;
  /** The push notification settings, global or by site. */
  public readonly pushNotificationConfigs: readonly PushNotificationConfig[];
  /** Federation and routing of the Access Edge. */
  public readonly accessEdgeConfig: AccessEdgeConfig;
  /** The partners on an Edge of Office Communications Server 2007 R2, push.lync.com among them; none without one. */
  public readonly federatedPartners: readonly FederatedPartner[];
  /** Federation of an Edge of Office Communications Server 2007 R2; undefined without one. */
  public readonly externalEdgeSetting?: ExternalEdgeSetting;
  /** The test of federation with push.lync.com; undefined where it is left out. */
  public readonly federationTest?: FederationTest;
  /** The test of push notifications; undefined where it is left out, as on Skype for Business Server 2019. */
  public readonly pushNotificationTest?: PushNotificationTest;
  private readonly gathered = new Gathered();
  /** The procedures of the other Edges, which have declared what is global. */
  private readonly earlier: readonly PushNotifications[];

  /** @throws ValidationError with everything that is wrong with the description, over all constructs. */
  public constructor(scope: Construct, id: string, props: PushNotificationsProps) {
    super(scope, id);
    this.earlier = finishedIn(stackOf(this));
    const read = this.description(props);
    this.accessEdgeFqdn = read.accessEdgeFqdn;
    this.edge = read.edge ?? EdgeKind.LYNC;
    this.edgeComputerName = read.edgeComputerName;
    const ocs = onOcsEdge(read);
    // A provider has to wait for the Edge's routing; where that is left alone, federation is switched on last.
    const routes = routingOf(read.accessEdge ?? {}) !== undefined;
    const routed = routes ? this.newAccessEdge(read, []) : undefined;
    this.hostingProvider = ocs ? undefined : this.newProvider(read, [routed]);
    this.allowedDomains = ocs ? [] : this.newDomains(read, [this.hostingProvider]);
    this.partnerDomains = ocs ? undefined : this.newPartnerDomains(read);
    this.federatedPartners = ocs ? this.newPartners(read, [routed]) : [];
    const partners = [this.hostingProvider, ...this.allowedDomains, ...this.federatedPartners];
    this.pushNotificationConfigs = this.newConfigs(read, partners);
    const configs = this.pushNotificationConfigs;
    this.externalEdgeSetting = ocs ? this.newExternalEdge(read, configs) : undefined;
    const accessEdge = routes ? routed : this.newAccessEdge(read, configs);
    const tested = [...configs, this.externalEdgeSetting, accessEdge];
    const tests = this.newTests(read.tests ?? true, tested);
    this.federationTest = tests.federation;
    this.pushNotificationTest = tests.push;
    this.gathered.throwIfAny();
    this.accessEdgeConfig = accessEdge as AccessEdgeConfig;
    // From here on it is one that others take what is global from.
    mark(this, KIND);
  }

  /** The description as it is read once; what is no object is a problem, and left out for the rest of the checks. */
  private description(given: PushNotificationsProps): PushNotificationsProps {
    const problems = this.newProblems();
    const props = problems.read(given, PROCEDURE_RULES);
    const described = {
      hostingProvider: problems.object("hostingProvider", props.hostingProvider),
      allowedDomains: problems.objects("allowedDomains", props.allowedDomains),
      pushNotifications: problems.objects("pushNotifications", props.pushNotifications),
      accessEdge: problems.object("accessEdge", props.accessEdge),
      federatedPartners: problems.objects("federatedPartners", props.federatedPartners),
      externalEdge: problems.object("externalEdge", props.externalEdge),
    };
    for (const [name, value] of Object.entries(described)) {
      if (![value].flat().some((each) => each && "dependsOn" in each)) continue;
      problems.add(
        `${name}.dependsOn`,
        "is not a property here: the procedure orders its objects itself. Remove it.",
      );
    }
    const read = { ...props, ...described };
    refuseMixedHalves(problems, read);
    const isTwin = this.refuseSameEdge(problems, read);
    this.gathered.attempt(() => problems.throwIfAny());
    if (isTwin) this.gathered.throwIfAny(); // all that follows would be there twice as well
    return read;
  }

  /** Adds a problem where the stack has the procedure of this Edge already, and answers whether it has. */
  private refuseSameEdge(problems: Problems, given: PushNotificationsProps): boolean {
    const computer = (each: { readonly edgeComputerName?: string }) => each.edgeComputerName ?? "";
    const twin = this.earlier.find((each) => isNamed(given.accessEdgeFqdn, each.accessEdgeFqdn));
    const neighbour = this.earlier.find(
      (each) => onOcsEdge(each) && onOcsEdge(given) && isNamed(computer(given), computer(each)),
    );
    const refuse = (property: string, what: string, other: PushNotifications): void =>
      problems.add(
        property,
        `${what} is the Edge of the ${KIND} at ${show(placeOf(other))} already. Allowed: one for each Edge of a stack. ` +
          "Give that one what this one has, or name another Edge.",
      );
    if (twin) refuse("accessEdgeFqdn", show(given.accessEdgeFqdn), twin);
    if (neighbour) refuse("edgeComputerName", show(given.edgeComputerName ?? "the runner itself"), neighbour);
    return twin !== undefined || neighbour !== undefined;
  }

  private newProblems(): Problems {
    // A stack of nothing but the procedure is the place that its reader knows.
    return new Problems(KIND, this.node.id === HIDDEN_ID ? stackOf(this) : this);
  }

  private newProvider(props: PushNotificationsProps, first: First): Maybe<HostingProvider> {
    const theirs = this.earlier.find((each) => each.hostingProvider)?.hostingProvider;
    if (props.hostingProvider === undefined && theirs) return theirs;
    const described = { ...HostingProvider.LYNC_ONLINE, ...props.hostingProvider, dependsOn: made(first) };
    return this.gathered.attempt(() => new HostingProvider(this, "HostingProvider", described));
  }

  private newDomains(props: PushNotificationsProps, first: First): AllowedDomain[] {
    const given = props.allowedDomains ?? [];
    const theirs = this.earlier.flatMap((each) => each.allowedDomains).find(isPushDomain);
    const push = given.some(isPushDomain) || theirs ? [] : [{ domain: PUSH_DOMAIN }];
    const own = [...push, ...given].map((each) => {
      const id = freeId(this, "AllowedDomain", each.domain);
      return this.gathered.attempt(() => new AllowedDomain(this, id, { ...each, dependsOn: made(first) }));
    });
    return made([theirs, ...own]);
  }

  /** Nothing waits for them: one that Lync Server refuses would keep the whole procedure. */
  private newPartnerDomains({ partnerDomains }: PushNotificationsProps): Maybe<AllowedDomains> {
    if (partnerDomains === undefined) return undefined;
    return this.gathered.attempt(
      () => new AllowedDomains(this, "PartnerDomains", { domains: partnerDomains }),
    );
  }

  private newPartners(props: PushNotificationsProps, first: First): FederatedPartner[] {
    const given = props.federatedPartners ?? [];
    const push = given.some(isPushDomain) ? [] : [FederatedPartner.LYNC_ONLINE];
    const all = [...push, ...given].map((each) => {
      const described = { computerName: props.edgeComputerName, ...each, dependsOn: made(first) };
      const id = freeId(this, "FederatedPartner", each.domain);
      return this.gathered.attempt(() => new FederatedPartner(this, id, described));
    });
    return made(all);
  }

  private newConfigs(props: PushNotificationsProps, first: First): PushNotificationConfig[] {
    const theirs = this.earlier
      .flatMap((each) => each.pushNotificationConfigs)
      .find(({ identity }) => isNamed(identity, "global"));
    if (props.pushNotifications === undefined && theirs) return [theirs];
    const all = (props.pushNotifications ?? [{}]).map((each) => {
      const id = freeId(this, "PushNotificationConfig", each.identity ?? "global");
      const described = { ...each, dependsOn: made(first) };
      return this.gathered.attempt(() => new PushNotificationConfig(this, id, described));
    });
    return made(all);
  }

  private newExternalEdge(props: PushNotificationsProps, first: First): Maybe<ExternalEdgeSetting> {
    const described = {
      computerName: props.edgeComputerName,
      ...props.externalEdge,
      dependsOn: made(first),
    };
    return this.gathered.attempt(() => new ExternalEdgeSetting(this, "ExternalEdgeSetting", described));
  }

  private newAccessEdge(props: PushNotificationsProps, first: First): Maybe<AccessEdgeConfig> {
    const [theirs] = this.earlier.map((each) => each.accessEdgeConfig);
    if (props.accessEdge === undefined && theirs) return theirs;
    const described = { ...props.accessEdge, dependsOn: made(first) };
    return this.gathered.attempt(() => new AccessEdgeConfig(this, "AccessEdgeConfig", described));
  }

  /** How to test; nothing where there is no test, or none that could be right. */
  private testProps(given: boolean | ProcedureTestProps): Maybe<ProcedureTestProps> {
    if (typeof given !== "object") return given === true ? {} : undefined;
    return this.gathered.attempt(() => {
      const problems = this.newProblems();
      const read = problems.read(given, TESTS_RULES, "tests.");
      checkGroups(problems, read, "tests.");
      problems.throwIfAny();
      return read;
    });
  }

  private newTests(given: boolean | ProcedureTestProps, first: First): Tests {
    const tests = this.testProps(given);
    if (!tests) return {};
    const { federation = true, pushNotifications = this.canTestPush, ...how } = tests;
    const { accessEdgeFqdn } = this;
    const target = { targetFqdn: accessEdgeFqdn, domain: PUSH_DOMAIN };
    // Where the Edge does not know the header ms-edge-route there is no provider, and no proxy to ask for.
    const { proxyFqdn } = this.hostingProvider ?? {};
    const partner = { ...how, ...target, proxyFqdn, dependsOn: made(first) };
    const tested = federation
      ? this.gathered.attempt(() => new FederationTest(this, "FederationTest", partner))
      : undefined;
    if (!pushNotifications) return { federation: tested };
    const service = { ...how, accessEdgeFqdn, dependsOn: made([...first, tested]) };
    const push = this.gathered.attempt(() => new PushNotificationTest(this, "PushNotificationTest", service));
    return { federation: tested, push };
  }

  private get canTestPush(): boolean {
    return lackOf(LyncScope.of(this).product, "PushNotificationTest") === undefined;
  }
}

/** The procedures of a stack that are complete. */
function finishedIn(stack: TerraformStack): PushNotifications[] {
  return stack.node.findAll().filter((each) => PushNotifications.isPushNotifications(each));
}

function isPushDomain({ domain }: { readonly domain: unknown }): boolean {
  return isNamed(domain, PUSH_DOMAIN);
}

function made<T>(all: readonly Maybe<T>[]): T[] {
  return all.filter((each) => each !== undefined) as T[];
}
