// The whole procedure for one environment: provider, domains, push notifications, federation, and the tests last.
import { Construct } from "constructs";
import { ITerraformDependable, TerraformStack } from "cdktf";
import { AccessEdgeConfig, AccessEdgeConfigProps } from "./access-edge-config";
import { AllowedDomain, AllowedDomainProps } from "./allowed-domain";
import type { Backend } from "./backend";
import { FederationTest } from "./federation-test";
import { HostingProvider, HostingProviderProps } from "./hosting-provider";
import { configureBackend } from "./private/backend";
import { sameName } from "./private/declared-objects";
import { LyncScope } from "./private/lync-scope";
import { PUSH_DOMAIN, PUSH_PROVIDER, PUSH_PROXY_FQDN } from "./private/procedure";
import { lackOf } from "./private/products";
import { boolean, fqdn, optional, required, Rule } from "./private/rules";
import { Problems, Rules } from "./private/validation";
import { PushNotificationConfig, PushNotificationConfigProps } from "./push-notification-config";
import { PushNotificationTest } from "./push-notification-test";
import { LyncRunner, LyncRunnerProps } from "./runner";
import { Problem, ValidationError } from "./validation-error";

/** A construct's properties without the order, which the stack sets. */
export type Described<Props> = Omit<Props, "dependsOn">;

/** Description of one environment: what differs from Microsoft's procedure, and nothing else. */
export interface PushNotificationStackProps {
  /** Internal FQDN of the Edge Server that carries federated traffic: both tests run against it. */
  readonly accessEdgeFqdn: string;
  /**
   * Where the Terraform state lives. Secrets come from the environment, never from here.
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
   * Whether federation and push notifications are tested after the changes. Skype for Business Server 2019 cannot test
   * push notifications: there federation alone is tested.
   *
   * @default true
   */
  readonly tests?: boolean;
}

const anything: Rule = () => undefined; // judged by what gets it

const RULES: Rules<PushNotificationStackProps> = {
  accessEdgeFqdn: required(fqdn),
  backend: anything,
  runner: anything,
  hostingProvider: anything,
  allowedDomains: anything,
  pushNotifications: anything,
  accessEdge: anything,
  tests: optional(boolean),
};

/** A stack with all that push notifications need in one environment. */
export class PushNotificationStack extends TerraformStack {
  private readonly problems: Problem[] = [];

  /** @throws ValidationError with everything that is wrong with the description, over all constructs. */
  public constructor(scope: Construct, id: string, props: PushNotificationStackProps) {
    super(scope, id);
    this.collect(() => new Problems("PushNotificationStack", this).check(props, RULES).throwIfAny());
    this.collect(() => configureBackend(this, props.backend ?? { type: "local" }));
    this.collect(() => LyncRunner.configure(this, props.runner ?? {}));
    this.compose(props);
    if (this.problems.length > 0) throw new ValidationError(this.problems);
  }

  private compose(props: PushNotificationStackProps): void {
    // A provider cannot work before the Edge routes by DNS SRV records; otherwise federation is switched on last.
    const routing = props.accessEdge?.useDnsSrvRouting ? this.accessEdge(props, []) : [];
    const provider = this.provider(props, routing);
    const domains = this.domains(props, provider);
    const push = this.pushNotifications(props, [...provider, ...domains]);
    const edge = routing.length > 0 ? routing : this.accessEdge(props, push);
    if (props.tests ?? true) this.tests(props, [...push, ...edge]);
  }

  private provider(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]): HostingProvider[] {
    const defaults = { identity: PUSH_PROVIDER, proxyFqdn: PUSH_PROXY_FQDN };
    const given = { ...defaults, ...props.hostingProvider };
    return this.collect(() => new HostingProvider(this, "HostingProvider", { ...given, dependsOn }));
  }

  private domains(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]): AllowedDomain[] {
    const given = props.allowedDomains ?? [];
    const named = given.some((each) => sameName(String(each.domain), PUSH_DOMAIN));
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

  private tests(props: PushNotificationStackProps, dependsOn: ITerraformDependable[]): void {
    const { accessEdgeFqdn } = props;
    const proxyFqdn = props.hostingProvider?.proxyFqdn ?? PUSH_PROXY_FQDN;
    const federation = { targetFqdn: accessEdgeFqdn, domain: PUSH_DOMAIN, proxyFqdn, dependsOn };
    const tested = this.collect(() => new FederationTest(this, "FederationTest", federation));
    if (lackOf(LyncScope.of(this).product, "PushNotificationTest")) return;
    const push = { accessEdgeFqdn, dependsOn: [...dependsOn, ...tested] };
    this.collect(() => new PushNotificationTest(this, "PushNotificationTest", push));
  }

  /** The id of an object in a list; one that is there twice gets another, so that its own check can say so. */
  private freeId(kind: string, name: unknown): string {
    const id = `${kind}_${idOf(name)}`;
    return this.node.tryFindChild(id) ? this.freeId(kind, `${name} again`) : id;
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
  return String(name).replace(/[^A-Za-z0-9-]/gu, (char) =>
    char === "." || char === ":" ? "_" : `_${char.codePointAt(0)?.toString(16)}_`,
  );
}
