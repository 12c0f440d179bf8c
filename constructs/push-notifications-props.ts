// The description of the whole procedure: its properties and their rules.
import { AccessEdgeConfigProps } from "./access-edge-config";
import { AllowedDomainProps } from "./allowed-domain";
import { AllowedDomainsProps } from "./allowed-domains";
import { ExternalEdgeSettingProps } from "./external-edge-setting";
import { FederatedPartnerProps } from "./federated-partner";
import { HostingProviderProps } from "./hosting-provider";
import { EdgeKind } from "./private/lync/edge-kind";
import { TestProps } from "./private/lync/test-props";
import { TEST_RULES } from "./private/lync/test-rules";
import { known, required } from "./private/terraform/token-rules";
import { boolean, fqdn, oneOf, Rule, show } from "./private/validation/rules";
import { Rules } from "./private/validation/validation";
import { PushNotificationConfigProps } from "./push-notification-config";

/** A construct's properties without the order, which the procedure sets. */
export type WithoutDependsOn<Props> = Omit<Props, "dependsOn">;

/**
 * The former name of {@link WithoutDependsOn}.
 *
 * @deprecated It goes with version 1.0. Use WithoutDependsOn.
 */
export type Described<Props> = WithoutDependsOn<Props>;

/** How federation and push notifications are tested: the same for both tests. */
export interface ProcedureTestProps extends TestProps {
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

/**
 * The former name of {@link ProcedureTestProps}.
 *
 * @deprecated It goes with version 1.0. Use ProcedureTestProps.
 */
export type StackTestProps = ProcedureTestProps;

/** Description of the procedure for one Edge: what differs from Microsoft's, and nothing else. */
export interface PushNotificationsProps {
  /**
   * Internal FQDN (253 characters at most, no IP address, no wildcard) of the Edge Server that carries
   * federated traffic: both tests run against it.
   */
  readonly accessEdgeFqdn: string;
  /**
   * Which product the Edge Server runs: Lync Server needs `hostingProvider` and `allowedDomains`, Office Communications
   * Server 2007 R2 needs `federatedPartners` and `externalEdge` instead. A description with both is refused.
   *
   * @default EdgeKind.LYNC
   */
  readonly edge?: EdgeKind;
  /**
   * The hosting provider.
   *
   * @default - LyncOnline with the proxy sipfed.online.lync.com, enabled, UseSourceVerification
   */
  readonly hostingProvider?: WithoutDependsOn<Partial<HostingProviderProps>>;
  /**
   * Allowed domains. push.lync.com is always one of them; name it here to give it more properties.
   *
   * @default - push.lync.com alone
   */
  readonly allowedDomains?: readonly WithoutDependsOn<AllowedDomainProps>[];
  /**
   * Domains of partners, hundreds or thousands of them in one resource: see {@link AllowedDomains}. The procedure does not wait for
   * them. A domain may move between here and `allowedDomains`; no cmdlet runs for that.
   *
   * @default - none
   */
  readonly partnerDomains?: AllowedDomainsProps["domains"];
  /**
   * Federated partners on an Edge of Office Communications Server 2007 R2. push.lync.com is always one of them; name it
   * here to give it more properties.
   *
   * @default - push.lync.com with the proxy sipfed.online.lync.com, UseSourceVerification
   */
  readonly federatedPartners?: readonly WithoutDependsOn<FederatedPartnerProps>[];
  /**
   * Federation of an Edge of Office Communications Server 2007 R2.
   *
   * @default - federation on
   */
  readonly externalEdge?: WithoutDependsOn<ExternalEdgeSettingProps>;
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
  readonly pushNotifications?: readonly WithoutDependsOn<PushNotificationConfigProps>[];
  /**
   * Federation and routing of the Access Edge.
   *
   * @default - federation on, routing left as it is
   */
  readonly accessEdge?: WithoutDependsOn<AccessEdgeConfigProps>;
  /**
   * Whether federation and push notifications are tested after the changes, and how.
   *
   * @default - both, in one attempt, without waiting for replication
   */
  readonly tests?: boolean | ProcedureTestProps;
}

const anything: Rule = () => undefined; // judged by what gets it

const booleanOrGroup: Rule = (value) =>
  value === undefined || typeof value === "boolean" || (typeof value === "object" && value !== null)
    ? undefined
    : `${show(value)} is neither true nor false, nor a group of settings. Allowed: false for no tests, or an object.`;

/** The rules of the description. */
export const PROCEDURE_RULES: Rules<PushNotificationsProps> = {
  accessEdgeFqdn: required(fqdn),
  edge: known(oneOf(Object.values(EdgeKind))),
  hostingProvider: anything,
  allowedDomains: anything,
  partnerDomains: anything,
  federatedPartners: anything,
  externalEdge: anything,
  edgeComputerName: anything,
  pushNotifications: anything,
  accessEdge: anything,
  tests: booleanOrGroup,
};

/** The rules of how both tests are run. */
export const TESTS_RULES: Rules<ProcedureTestProps> = {
  ...TEST_RULES,
  federation: known(boolean),
  pushNotifications: known(boolean),
};
