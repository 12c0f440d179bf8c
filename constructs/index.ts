// The public face of the library.
export { AccessEdgeConfig, type AccessEdgeConfigProps } from "./access-edge-config";
export { AllowedDomain, type AllowedDomainProps } from "./allowed-domain";
export { type AllowedDomainEntry, AllowedDomains, type AllowedDomainsProps } from "./allowed-domains";
export type {
  AzurermBackendSettings,
  Backend,
  CloudBackendSettings,
  HttpBackendSettings,
  LocalBackendSettings,
  PgBackendSettings,
  RemoteBackendSettings,
  S3BackendSettings,
  WorkspaceSettings,
} from "./private/terraform/backend-props";
export { type DnsSrvRoutingProps, EdgeRouting } from "./edge-routing";
export type { IAllowedDomain } from "./private/lync/domain-reference";
export { EdgeKind } from "./private/lync/edge-kind";
export { ExternalEdgeSetting, type ExternalEdgeSettingProps } from "./external-edge-setting";
export { FederatedPartner, type FederatedPartnerProps } from "./federated-partner";
export { FederationTest, type FederationTestProps } from "./federation-test";
export { HostingProvider, type HostingProviderProps } from "./hosting-provider";
export { LyncConstruct, type LyncConstructProps } from "./private/lync/lync-construct";
export { type AdoptionProps, LyncObject, type LyncObjectProps } from "./private/lync/lync-object";
export { LyncProduct } from "./private/lync/product";
export { LyncTest, type LyncTestProps } from "./private/lync/lync-test";
export { PushNotificationConfig, type PushNotificationConfigProps } from "./push-notification-config";
export { PushNotificationStack, type PushNotificationStackProps } from "./push-notification-stack";
export { PushNotifications } from "./push-notifications";
export type {
  Described,
  ProcedureTestProps,
  PushNotificationsProps,
  StackTestProps,
  WithoutDependsOn,
} from "./push-notifications-props";
export { PushNotificationTest, type PushNotificationTestProps } from "./push-notification-test";
export { RemovalPolicy } from "./private/bookkeeping/removal-policy";
export { LyncResourceType } from "./private/terraform/resource-type";
export { LyncRunner } from "./runner";
export type { LyncRunnerProps } from "./private/lync/runner-props";
export {
  type ReplicationWait,
  TestFailure,
  type TestProps,
  type TestRetries,
  TestWhen,
} from "./private/lync/test-props";
export { type RemoteSessionProps, SessionAuthentication } from "./private/lync/session-props";
export { type Problem, ValidationError } from "./private/validation/validation-error";
export { VerificationLevel } from "./verification-level";
