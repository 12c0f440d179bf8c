// The public face of the library.
export { AccessEdgeConfig, type AccessEdgeConfigProps } from "./access-edge-config";
export { AllowedDomain, type AllowedDomainProps } from "./allowed-domain";
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
} from "./backend";
export { EdgeKind } from "./edge-kind";
export { ExternalEdgeSetting, type ExternalEdgeSettingProps } from "./external-edge-setting";
export { FederatedPartner, type FederatedPartnerProps } from "./federated-partner";
export { FederationTest, type FederationTestProps } from "./federation-test";
export { HostingProvider, type HostingProviderProps } from "./hosting-provider";
export { LyncProduct } from "./product";
export { PushNotificationConfig, type PushNotificationConfigProps } from "./push-notification-config";
export {
  type Described,
  PushNotificationStack,
  type PushNotificationStackProps,
  type StackTestProps,
} from "./push-notification-stack";
export { PushNotificationTest, type PushNotificationTestProps } from "./push-notification-test";
export { RemovalPolicy } from "./removal-policy";
export { LyncResourceType } from "./resource-type";
export { LyncRunner, type LyncRunnerProps } from "./runner";
export { type ReplicationWait, TestFailure, type TestProps, type TestRetries, TestWhen } from "./test-props";
export { type Problem, ValidationError } from "./validation-error";
export { VerificationLevel } from "./verification-level";
