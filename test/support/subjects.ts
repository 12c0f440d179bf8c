// Every public construct and description: valid properties of it, and where in a configuration each property arrives.
import { App, TerraformStack } from "cdktf";
import * as lib from "../../constructs";
import { Configuration } from "./synth";

export type Props = Record<string, unknown>;

/** Name of the trigger that holds the property, how to find its text, or undefined where it is no text there. */
export type Place = string | ((configuration: Configuration) => unknown) | undefined;

export interface Subject {
  readonly name: string;
  readonly valid: Props;
  readonly places: Readonly<Record<string, Place>>;
  /** Builds it in a stack; properties are passed as they are, whatever that is. */
  build(app: App, props: unknown): TerraformStack;
}

/** A place for every property: one that is new in the library is missed by the compiler. */
type Places<Of> = Readonly<Record<keyof Required<Of>, Place>>;

const decides = { removalPolicy: undefined, dependsOn: undefined };
const hostingProvider: Places<lib.HostingProviderProps> = {
  ...decides,
  adoptExisting: undefined,
  identity: "Identity",
  proxyFqdn: "ProxyFqdn",
  enabled: "Enabled",
  verificationLevel: "VerificationLevel",
  enabledSharedAddressSpace: "EnabledSharedAddressSpace",
  hostsOcsUsers: "HostsOCSUsers",
  isLocal: "IsLocal",
  autodiscoverUrl: "AutodiscoverUrl",
  sipClientPort: "SipClientPort",
};
const allowedDomain: Places<lib.AllowedDomainProps> = {
  ...decides,
  domain: "Identity",
  proxyFqdn: "ProxyFqdn",
  comment: "Comment",
  markForMonitoring: "MarkForMonitoring",
  verificationLevel: "VerificationLevel",
};
/** A setting of the only domain of a list: within the text of its trigger, or in one of its own. */
const listed = (parameter: string) => (configuration: Configuration) => {
  const [{ triggers = {} }] = Object.values(configuration.resource.null_resource);
  const [name] = Object.keys(triggers).filter((each) => each.includes(".") && !each.includes("/"));
  if (parameter === "Identity") return name;
  const quoted = new RegExp(` ${parameter} '((?:[^'\\\\]|\\\\.)*)'`).exec(triggers[name])?.[1];
  const codes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
  return triggers[`${name}/${parameter}`] ?? quoted?.replace(/\\(.)/g, (_, code) => codes[code] ?? code);
};
const allowedDomainEntry: Places<lib.AllowedDomainEntry> = {
  removalPolicy: undefined,
  domain: listed("Identity"),
  proxyFqdn: listed("ProxyFqdn"),
  comment: listed("Comment"),
  markForMonitoring: listed("MarkForMonitoring"),
  verificationLevel: listed("VerificationLevel"),
};
const pushNotificationConfig: Places<lib.PushNotificationConfigProps> = {
  ...decides,
  identity: "Identity",
  enableApplePushNotificationService: "EnableApplePushNotificationService",
  enableMicrosoftPushNotificationService: "EnableMicrosoftPushNotificationService",
};
const accessEdgeConfig: Places<lib.AccessEdgeConfigProps> = {
  ...decides,
  allowFederatedUsers: "AllowFederatedUsers",
  routing: undefined,
  useDnsSrvRouting: "UseDnsSrvRouting",
  enablePartnerDiscovery: "EnablePartnerDiscovery",
  useDefaultRouting: "UseDefaultRouting",
  defaultRouteFqdn: "DefaultRouteFqdn",
};
const variable = (name: string) => (configuration: Configuration) =>
  Object.values(configuration.resource.null_resource)
    .flatMap((each) => each.provisioner)
    .map((each) => each["local-exec"].environment[name])
    .find((text) => text !== undefined);
const howToTest: Places<lib.TestProps> = {
  replication: undefined,
  retries: undefined,
  when: undefined,
  reportDirectory: variable("LYNC_REPORT_DIRECTORY"),
  onFailure: variable("LYNC_ON_FAILURE"),
};
const replication: Places<lib.ReplicationWait> = {
  replicas: undefined,
  trigger: variable("LYNC_REPLICATION_TRIGGER"),
  intervalSeconds: variable("LYNC_REPLICATION_INTERVAL"),
  timeoutSeconds: variable("LYNC_REPLICATION_TIMEOUT"),
};
const retries: Places<lib.TestRetries> = {
  intervalSeconds: variable("LYNC_RETRY_INTERVAL"),
  timeoutSeconds: variable("LYNC_RETRY_TIMEOUT"),
};
const federationTest: Places<lib.FederationTestProps> = {
  ...howToTest,
  dependsOn: undefined,
  targetFqdn: "TargetFqdn",
  domain: "Domain",
  proxyFqdn: "ProxyFqdn",
  domainManagedElsewhere: undefined,
};
const pushNotificationTest: Places<lib.PushNotificationTestProps> = {
  ...howToTest,
  dependsOn: undefined,
  accessEdgeFqdn: "AccessEdgeFqdn",
};
const teardown = ({ resource }: Configuration) =>
  resource.terraform_data.LyncTeardown.provisioner[0]["local-exec"];
const runner: Places<lib.LyncRunnerProps> = {
  product: undefined,
  powerShell: (configuration) => teardown(configuration).interpreter[0],
  module: (configuration) => teardown(configuration).environment.LYNC_MODULE,
  session: undefined,
  resourceType: undefined,
  timeoutSeconds: (configuration) => teardown(configuration).environment.LYNC_TIMEOUT_SECONDS,
  preflight: undefined,
};
const federatedPartner: Places<lib.FederatedPartnerProps> = {
  ...decides,
  adoptExisting: undefined,
  domain: "Identity",
  proxyFqdn: "EdgeProxyAddress",
  accessEdgeFqdn: "EdgeProxyAddress",
  verificationLevel: "UserVerificationLevel",
  computerName: undefined,
};
const externalEdge: Places<lib.ExternalEdgeSettingProps> = {
  ...decides,
  enableFederation: "EnableFederation",
  computerName: undefined,
};
const procedure: Places<lib.PushNotificationsProps> = {
  accessEdgeFqdn: "AccessEdgeFqdn",
  hostingProvider: undefined,
  allowedDomains: undefined,
  partnerDomains: undefined,
  pushNotifications: undefined,
  accessEdge: undefined,
  tests: undefined,
  edge: undefined,
  federatedPartners: undefined,
  externalEdge: undefined,
  edgeComputerName: undefined,
};
const description: Places<lib.PushNotificationStackProps> = {
  ...procedure,
  backend: undefined,
  runner: undefined,
};

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };
const reached = { targetFqdn: "edge.contoso.com", domain: "push.lync.com", domainManagedElsewhere: true };
const environment = { accessEdgeFqdn: "edge.contoso.com" };

function inStack(build: (stack: TerraformStack, props: never) => void): Subject["build"] {
  return (app, props) => {
    const stack = new TerraformStack(app, "test");
    build(stack, props as never);
    return stack;
  };
}

/** The properties as a part of the description of an environment. */
function within(place: (props: unknown) => object): Subject["build"] {
  return (app, props) => new lib.PushNotificationStack(app, "test", place(props) as never);
}

export const SUBJECTS: readonly Subject[] = [
  {
    name: "HostingProvider",
    valid: provider,
    places: hostingProvider,
    build: inStack((stack, props) => new lib.HostingProvider(stack, "X", props)),
  },
  {
    name: "AllowedDomain",
    valid: { domain: "push.lync.com" },
    places: allowedDomain,
    build: inStack((stack, props) => new lib.AllowedDomain(stack, "X", props)),
  },
  {
    name: "AllowedDomains",
    valid: { domains: ["push.lync.com"] },
    places: { ...decides, domains: undefined } satisfies Places<lib.AllowedDomainsProps>,
    build: inStack((stack, props) => new lib.AllowedDomains(stack, "X", props)),
  },
  {
    name: "AllowedDomains.domains",
    valid: { domain: "fabrikam.com" },
    places: allowedDomainEntry,
    build: inStack((stack, entry) => new lib.AllowedDomains(stack, "X", { domains: [entry] })),
  },
  {
    name: "PushNotificationConfig",
    valid: {},
    places: pushNotificationConfig,
    build: inStack((stack, props) => new lib.PushNotificationConfig(stack, "X", props)),
  },
  {
    name: "AccessEdgeConfig",
    valid: {},
    places: accessEdgeConfig,
    build: inStack((stack, props) => new lib.AccessEdgeConfig(stack, "X", props)),
  },
  {
    name: "FederationTest",
    valid: reached,
    places: federationTest,
    build: inStack((stack, props) => {
      new lib.AllowedDomain(stack, "Push", { domain: "push.lync.com" });
      new lib.FederationTest(stack, "X", props);
    }),
  },
  {
    name: "PushNotificationTest",
    valid: environment,
    places: pushNotificationTest,
    build: inStack((stack, props) => new lib.PushNotificationTest(stack, "X", props)),
  },
  {
    name: "FederatedPartner",
    valid: { domain: "push.lync.com", proxyFqdn: "sipfed.online.lync.com" },
    places: federatedPartner,
    build: inStack((stack, props) => new lib.FederatedPartner(stack, "X", props)),
  },
  {
    name: "ExternalEdgeSetting",
    valid: {},
    places: externalEdge,
    build: inStack((stack, props) => new lib.ExternalEdgeSetting(stack, "X", props)),
  },
  {
    name: "LyncRunner",
    valid: {},
    places: runner,
    build: inStack((stack, props) => {
      lib.LyncRunner.configure(stack, props);
      new lib.AllowedDomain(stack, "X", { domain: "push.lync.com" });
    }),
  },
  {
    name: "PushNotifications",
    valid: environment,
    places: procedure,
    build: inStack((stack, props) => new lib.PushNotifications(stack, "X", props)),
  },
  {
    name: "PushNotificationStack",
    valid: environment,
    places: description,
    build: within((props) => props as object),
  },
  {
    name: "PushNotificationStack.hostingProvider",
    valid: {},
    places: hostingProvider,
    build: within((hostingProvider) => ({ ...environment, hostingProvider })),
  },
  {
    name: "PushNotificationStack.allowedDomains",
    valid: { domain: "fabrikam.com" },
    places: allowedDomain,
    build: within((props) => ({ ...environment, allowedDomains: [{ domain: "contoso.com" }, props] })),
  },
  {
    name: "PushNotificationStack.pushNotifications",
    valid: {},
    places: pushNotificationConfig,
    build: within((props) => ({ ...environment, pushNotifications: [{ identity: "site:A" }, props] })),
  },
  {
    name: "PushNotificationStack.accessEdge",
    valid: {},
    places: accessEdgeConfig,
    build: within((accessEdge) => ({ ...environment, accessEdge })),
  },
  {
    name: "PushNotificationStack with an Edge of Office Communications Server 2007 R2",
    valid: { ...environment, edge: lib.EdgeKind.OCS_2007_R2 },
    places: {
      edge: undefined,
      federatedPartners: undefined,
      externalEdge: undefined,
      edgeComputerName: undefined,
    },
    build: within((props) => props as object),
  },
  {
    name: "PushNotificationStack.federatedPartners",
    valid: { domain: "fabrikam.com", proxyFqdn: "sip.fabrikam.com" },
    places: federatedPartner,
    build: within((props) => ({
      ...environment,
      edge: lib.EdgeKind.OCS_2007_R2,
      federatedPartners: [props],
    })),
  },
  {
    name: "PushNotificationStack.runner",
    valid: {},
    places: runner,
    build: within((props) => ({ ...environment, runner: props })),
  },
  {
    name: "PushNotificationTest.replication",
    valid: {},
    places: replication,
    build: inStack(
      (stack, props) => new lib.PushNotificationTest(stack, "X", { ...environment, replication: props }),
    ),
  },
  {
    name: "PushNotificationTest.retries",
    valid: {},
    places: retries,
    build: inStack(
      (stack, props) => new lib.PushNotificationTest(stack, "X", { ...environment, retries: props }),
    ),
  },
  {
    name: "PushNotificationStack.tests",
    valid: {},
    places: {
      ...howToTest,
      federation: undefined,
      pushNotifications: undefined,
    } satisfies Places<lib.ProcedureTestProps>,
    build: within((tests) => ({ ...environment, tests })),
  },
  {
    name: "PushNotificationStack.backend",
    valid: { type: "http", address: "https://state.contoso.com/test" },
    places: {
      type: undefined,
      address: undefined,
      updateMethod: undefined,
      retryMax: undefined,
      locking: undefined,
    },
    build: within((backend) => ({ ...environment, backend })),
  },
];
