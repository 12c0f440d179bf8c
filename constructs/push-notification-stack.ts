// The whole procedure for one environment: provider, domains, push notifications, federation, and the tests last.
import { Construct } from "constructs";
import { ITerraformDependable, TerraformBackend, TerraformStack } from "cdktf";
import { AccessEdgeConfig, AccessEdgeConfigProps } from "./access-edge-config";
import { AllowedDomain, AllowedDomainProps } from "./allowed-domain";
import type { Backend } from "./private/terraform/backend-props";
import { EdgeKind } from "./private/lync/edge-kind";
import { ExternalEdgeSetting, ExternalEdgeSettingProps } from "./external-edge-setting";
import { FederatedPartner, FederatedPartnerProps } from "./federated-partner";
import { FederationTest } from "./federation-test";
import { HostingProvider, HostingProviderProps } from "./hosting-provider";
import { configureBackend, writtenBackend } from "./private/terraform/backend";
import { isNamed } from "./private/bookkeeping/declared-objects";
import { onOcsEdge, testedProxyOf, refuseMixedHalves } from "./private/lync/edge-halves";
import { LyncScope } from "./private/lync/lync-scope";
import { PUSH_DOMAIN, PUSH_PROVIDER, PUSH_PROXY_FQDN } from "./private/lync/procedure";
import { lackOf } from "./private/lync/products";
import { boolean, fqdn, oneOf, Rule, show } from "./private/validation/rules";
import { known, required } from "./private/terraform/token-rules";
import { checkGroups, TEST_RULES } from "./private/lync/test-rules";
import { Problems, Rules } from "./private/validation/validation";
import { PushNotificationConfig, PushNotificationConfigProps } from "./push-notification-config";
import { PushNotificationTest } from "./push-notification-test";
import { LyncRunner } from "./runner";
import { LyncRunnerProps } from "./private/lync/runner-props";
import { TestProps } from "./private/lync/test-props";
import { Problem, ValidationError } from "./private/validation/validation-error";

/** A construct's properties without the order, which the stack sets. */
export type Described<Props> = Omit<Props, "dependsOn">;

/** How federation and push notifications are tested: the same for both tests. */
export interface StackTestProps extends TestProps {
  /**
   * Whether federation with push.lync.com is tested.
   *
   * @default true
   */
  readonly federation?: boolean;
  /**
   * Whether push notifications are tested.
   *
   * @default - true, except on Skype for Business Server 2019, which has no such test
   */
  readonly pushNotifications?: boolean;
}

/** Description of one environment: what differs from Microsoft's procedure, and nothing else. */
export interface PushNotificationStackProps {
  /** Internal FQDN of the Edge Server that carries federated traffic: both tests run against it. */
  readonly accessEdgeFqdn: string;
  /**
   * Which product the Edge Server runs: Lync Server needs `hostingProvider` and `allowedDomains`, Office Communications
   * Server 2007 R2 needs `federatedPartners` and `externalEdge` instead. A description with both is refused.
   *
   * @default EdgeKind.LYNC
   */
  readonly edge?: EdgeKind;
  /**
   * Where the Terraform state lives. Secrets come from the environment, never from here. For a backend that is not among
   * the types, leave this out and make CDKTF's class in the stack: `new GcsBackend(stack, ...)`.
   *
   * @default - local: a file terraform.<stack>.tfstate beside cdktf.json
   */
  readonly backend?: Backend;
  /**
   * How the runner reaches Lync Server.
   *
   * @default - powershell.exe, module Lync, null_resource, 600 seconds
   */
  readonly runner?: LyncRunnerProps;
  /**
   * The hosting provider.
   *
   * @default - LyncOnline with the proxy sipfed.online.lync.com, enabled, UseSourceVerification
   */
  readonly hostingProvider?: Described<Partial<HostingProviderProps>>;
  /**
   * Allowed domains. push.lync.com is always one of them; name it here to give it more properties.
   *
   * @default - push.lync.com alone
   */
  readonly allowedDomains?: readonly Described<AllowedDomainProps>[];
  /**
   * Federated partners on an Edge of Office Communications Server 2007 R2. push.lync.com is always one of them; name it
   * here to give it more properties.
   *
   * @default - push.lync.com with the Access Edge sipfed.online.lync.com, UseSourceVerification
   */
  readonly federatedPartners?: readonly Described<FederatedPartnerProps>[];
  /**
   * Federation of an Edge of Office Communications Server 2007 R2.
   *
   * @default - federation on
   */
  readonly externalEdge?: Described<ExternalEdgeSettingProps>;
  /**
   * Name of the Edge Server of Office Communications Server 2007 R2, for WMI: the computerName of its constructs.
   *
   * @default - the runner itself
   */
  readonly edgeComputerName?: string;
  /**
   * Push notification settings, global or by site.
   *
   * @default - global, on for Apple and Microsoft
   */
  readonly pushNotifications?: readonly Described<PushNotificationConfigProps>[];
  /**
   * Federation and routing of the Access Edge.
   *
   * @default - federation on, routing left as it is
   */
  readonly accessEdge?: Described<AccessEdgeConfigProps>;
  /**
   * Whether federation and push notifications are tested after the changes, and how.
   *
   * @default - both, in one attempt, without waiting for replication
   */
  readonly tests?: boolean | StackTestProps;
}

// As long as a name in DNS and in Lync Server can be.
const LONGEST_NAME = 255;

const anything: Rule = () => undefined; // judged by what gets it

const booleanOrGroup: Rule = (value) =>
  value === undefined || typeof value === "boolean" || (typeof value === "object" && value !== null)
    ? undefined
    : `${show(value)} is neither true nor false, nor a group of settings. Allowed: false for no tests, or an object.`;

const RULES: Rules<PushNotificationStackProps> = {
  accessEdgeFqdn: required(fqdn),
  edge: known(oneOf(Object.values(EdgeKind))),
  backend: anything,
  runner: anything,
  hostingProvider: anything,
  allowedDomains: anything,
  federatedPartners: anything,
  externalEdge: anything,
  edgeComputerName: anything,
  pushNotifications: anything,
  accessEdge: anything,
  tests: booleanOrGroup,
};

const TESTS_RULES: Rules<StackTestProps> = {
  ...TEST_RULES,
  federation: known(boolean),
  pushNotifications: known(boolean),
};

/** A stack with all that push notifications need in one environment. */
export class PushNotificationStack extends TerraformStack {
  private readonly problems: Problem[] = [];

  /** @throws ValidationError with everything that is wrong with the description, over all constructs. */
  public constructor(scope: Construct, id: string, given: PushNotificationStackProps) {
    super(scope, id);
    const props = this.description(given);
    const { backend } = props;
    if (backend !== undefined) this.collect(() => configureBackend(this, backend));
    this.collect(() => LyncRunner.configure(this, props.runner === undefined ? {} : props.runner));
    this.compose(props);
    if (this.problems.length > 0) throw new ValidationError(this.problems);
  }

  /** CDKTF asks for it before it writes the stack: by then a class of CDKTF may be there in place of the default. */
  public override ensureBackendExists(): TerraformBackend {
    return writtenBackend(this);
  }

  /** The description as it is read once; what is no object is a problem, and left out for the rest of the checks. */
  private description(given: PushNotificationStackProps): PushNotificationStackProps {
    const problems = new Problems("PushNotificationStack", this);
    const props = problems.read(given, RULES);
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
        "is not a property here: the stack orders its objects itself. Remove it.",
      );
    }
    const read = { ...props, ...described };
    refuseMixedHalves(problems, read);
    this.collect(() => problems.throwIfAny());
    return read;
  }

  private compose(props: PushNotificationStackProps): void {
    // A provider has to wait for the Edge's routing; where that is left alone, federation is switched on last.
    const { useDnsSrvRouting, useDefaultRouting } = props.accessEdge ?? {};
    const routes = useDnsSrvRouting === true || useDefaultRouting === true;
    const routing = routes ? this.accessEdge(props, []) : [];
    const partner = onOcsEdge(props) ? this.partners(props, routing) : this.hosting(props, routing);
    const push = this.pushNotifications(props, partner);
    const external = onOcsEdge(props) ? this.externalEdge(props, push) : [];
    const edge = routes ? routing : this.accessEdge(props, push);
    const tests = this.testProps(props.tests ?? true);
    if (tests) this.tests(props, tests, [...push, ...external, ...edge]);
  }

  private hosting(
    props: PushNotificationStackProps,
    routing: ITerraformDependable[],
  ): ITerraformDependable[] {
    const provider = this.provider(props, routing);
    return [...provider, ...this.domains(props, provider)];
  }

  private partners(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]): FederatedPartner[] {
    const given = props.federatedPartners ?? [];
    const named = given.some((each) => isNamed(each.domain, PUSH_DOMAIN));
    const push = { domain: PUSH_DOMAIN, accessEdgeFqdn: PUSH_PROXY_FQDN };
    return [...(named ? [] : [push]), ...given].flatMap((each) => {
      const described = { computerName: props.edgeComputerName, ...each, dependsOn };
      const id = this.freeId("FederatedPartner", each.domain);
      return this.collect(() => new FederatedPartner(this, id, described));
    });
  }

  private externalEdge(
    props: PushNotificationStackProps,
    dependsOn: ITerraformDependable[],
  ): ExternalEdgeSetting[] {
    const described = { computerName: props.edgeComputerName, ...props.externalEdge, dependsOn };
    return this.collect(() => new ExternalEdgeSetting(this, "ExternalEdgeSetting", described));
  }

  private provider(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]): HostingProvider[] {
    const defaults = { identity: PUSH_PROVIDER, proxyFqdn: PUSH_PROXY_FQDN };
    const given = { ...defaults, ...props.hostingProvider };
    return this.collect(() => new HostingProvider(this, "HostingProvider", { ...given, dependsOn }));
  }

  private domains(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]): AllowedDomain[] {
    const given = props.allowedDomains ?? [];
    const named = given.some((each) => isNamed(each.domain, PUSH_DOMAIN));
    return [...(named ? [] : [{ domain: PUSH_DOMAIN }]), ...given].flatMap((each) =>
      this.collect(
        () => new AllowedDomain(this, this.freeId("AllowedDomain", each.domain), { ...each, dependsOn }),
      ),
    );
  }

  private pushNotifications(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]) {
    return (props.pushNotifications ?? [{}]).flatMap((each) => {
      const id = this.freeId("PushNotificationConfig", each.identity ?? "global");
      return this.collect(() => new PushNotificationConfig(this, id, { ...each, dependsOn }));
    });
  }

  private accessEdge(
    props: PushNotificationStackProps,
    dependsOn: ITerraformDependable[],
  ): AccessEdgeConfig[] {
    return this.collect(
      () => new AccessEdgeConfig(this, "AccessEdgeConfig", { ...props.accessEdge, dependsOn }),
    );
  }

  /** How to test; nothing where there is no test, or none that could be right. */
  private testProps(given: boolean | StackTestProps): StackTestProps | undefined {
    if (typeof given !== "object") return given === true ? {} : undefined;
    const [checked] = this.collect(() => {
      const problems = new Problems("PushNotificationStack", this);
      const read = problems.read(given, TESTS_RULES, "tests.");
      checkGroups(problems, read, "tests.");
      problems.throwIfAny();
      return read;
    });
    return checked;
  }

  private tests(
    props: PushNotificationStackProps,
    tests: StackTestProps,
    dependsOn: ITerraformDependable[],
  ): void {
    const { federation = true, pushNotifications = this.testsPush, ...how } = tests;
    const { accessEdgeFqdn } = props;
    const proxyFqdn = testedProxyOf(props);
    const partner = { ...how, targetFqdn: accessEdgeFqdn, domain: PUSH_DOMAIN, proxyFqdn, dependsOn };
    const tested = federation ? this.collect(() => new FederationTest(this, "FederationTest", partner)) : [];
    const push = { ...how, accessEdgeFqdn, dependsOn: [...dependsOn, ...tested] };
    if (pushNotifications) this.collect(() => new PushNotificationTest(this, "PushNotificationTest", push));
  }

  private get testsPush(): boolean {
    return lackOf(LyncScope.of(this).product, "PushNotificationTest") === undefined;
  }

  /** The id of an object in a list; one that is there twice gets another, so that its own check can say so. */
  private freeId(kind: string, name: unknown): string {
    const id = `${kind}_${idOf(name)}`;
    let free = id;
    while (this.node.tryFindChild(free)) free += "_again";
    return free;
  }

  /** What was made, or nothing and one more entry among the problems. */
  private collect<T>(make: () => T): T[] {
    try {
      return [make()];
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.problems.push(...error.problems);
      return [];
    }
  }
}

/** A name as a part of a construct's id, and so of a Terraform address: dots and the scope's colon become `_`. */
function idOf(name: unknown): string {
  // What is no name, or too long for one, is refused by its construct, which needs an id to say so.
  const known = typeof name === "string" ? name.slice(0, LONGEST_NAME) : "nameless";
  return known.replace(/[^A-Za-z0-9-]/gu, (char) =>
    char === "." || char === ":" ? "_" : `_${char.codePointAt(0)?.toString(16)}_`,
  );
}
