// A property that leaves the code goes back to what a first deploy without it would have made: every optional property of
// every kind, read from the constructs, so that a new one cannot be forgotten.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import * as ts from "typescript";
import {
  AccessEdgeConfig,
  AllowedDomain,
  ExternalEdgeSetting,
  FederatedPartner,
  HostingProvider,
  LyncProduct,
  PushNotificationConfig,
  VerificationLevel,
} from "../../constructs";
import { Deployment } from "../support/deployment";
import { addOcsEdge, EDGE } from "../support/ocs-edge";
import { SimulatedLync } from "../support/simulated-lync";

type Props = Record<string, unknown>;

interface Subject {
  readonly make: (stack: TerraformStack, props: Props) => void;
  readonly required: Props;
  /** A value of each optional property that is not what a new object has. */
  readonly optional: Props;
  /** What leaves Lync Server as it is when it leaves the code, by the construct's own description. */
  readonly stays?: readonly string[];
}

const always = VerificationLevel.ALWAYS_VERIFIABLE;
const subjects: Record<string, Subject> = {
  HostingProvider: {
    make: (stack, props) => void new HostingProvider(stack, "P", props as never),
    required: { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" },
    optional: {
      enabled: false,
      verificationLevel: always,
      enabledSharedAddressSpace: true,
      hostsOcsUsers: true,
      isLocal: true,
      autodiscoverUrl: "https://autodiscover.contoso.com",
      sipClientPort: 5061,
    },
  },
  AllowedDomain: {
    make: (stack, props) => void new AllowedDomain(stack, "D", props as never),
    required: { domain: "push.lync.com" },
    optional: {
      proxyFqdn: "sip.contoso.com",
      comment: "watched",
      markForMonitoring: true,
      verificationLevel: always,
    },
  },
  PushNotificationConfig: {
    make: (stack, props) => void new PushNotificationConfig(stack, "N", props),
    required: {},
    optional: { enableApplePushNotificationService: false, enableMicrosoftPushNotificationService: false },
    stays: ["identity"],
  },
  AccessEdgeConfig: {
    make: (stack, props) => void new AccessEdgeConfig(stack, "E", props),
    required: {},
    optional: { allowFederatedUsers: false },
    stays: ["routing", "useDnsSrvRouting", "enablePartnerDiscovery", "useDefaultRouting", "defaultRouteFqdn"],
  },
  FederatedPartner: {
    make: (stack, props) => void new FederatedPartner(stack, "F", props as never),
    required: { domain: "push.lync.com", proxyFqdn: "sipfed.online.lync.com", computerName: EDGE },
    optional: { verificationLevel: always },
    stays: ["computerName", "proxyFqdn", "accessEdgeFqdn"],
  },
  ExternalEdgeSetting: {
    make: (stack, props) => void new ExternalEdgeSetting(stack, "X", props),
    required: { computerName: EDGE },
    optional: { enableFederation: false },
    stays: ["computerName"],
  },
};

/** The files of the constructs that have an object in Lync Server, by kind. */
function sources(): Record<string, ts.SourceFile> {
  const folder = join(__dirname, "..", "..", "constructs");
  const index = readFileSync(join(folder, "index.ts"), "utf8");
  const files = [...index.matchAll(/from "\.\/([\w-]+)"/g)].map(([, name]) => name);
  const parsed = files.map((name) => readFileSync(join(folder, `${name}.ts`), "utf8"));
  return Object.fromEntries(
    parsed.flatMap((text) => {
      const kind = /export class (\w+) extends LyncObject\b/.exec(text)?.[1];
      return kind ? [[kind, ts.createSourceFile(kind, text, ts.ScriptTarget.Latest)]] : [];
    }),
  );
}

function optionalProperties(source: ts.SourceFile, kind: string): string[] {
  const props = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find((each) => each.name.text === `${kind}Props`);
  return (props?.members ?? [])
    .filter((each) => each.questionToken !== undefined)
    .map((each) => (each.name as ts.Identifier).text);
}

test("every kind and every optional property of the constructs is looked at here", () => {
  const found = sources();
  expect(Object.keys(subjects).sort()).toEqual(Object.keys(found).sort());
  for (const [kind, { optional, stays = [] }] of Object.entries(subjects)) {
    const looked = [...Object.keys(optional), ...stays].sort();
    expect({ kind, looked }).toEqual({ kind, looked: optionalProperties(found[kind], kind).sort() });
  }
});

function deployment(): Deployment {
  const lync = new SimulatedLync();
  lync.change((state) => (state.product = "SkypeForBusinessServer2015"));
  addOcsEdge(lync);
  return new Deployment(lync, {
    runner: { preflight: false, product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2015 },
  });
}

function declare(withOptional: boolean) {
  return (stack: TerraformStack): void => {
    for (const { make, required, optional } of Object.values(subjects))
      make(stack, { ...required, ...(withOptional ? optional : {}) });
  };
}

/** Lync Server holds no text as null or as an empty one. */
function objects({ lync }: Deployment) {
  const { hostingProviders, allowedDomains, pushNotificationConfigurations, ...rest } = lync.state();
  const { accessEdgeConfiguration, ocsEdges } = rest;
  const all = {
    hostingProviders,
    allowedDomains,
    pushNotificationConfigurations,
    accessEdgeConfiguration,
    ocsEdges,
  };
  return JSON.parse(JSON.stringify(all, (_, value: unknown) => (value === "" ? null : value))) as typeof all;
}

test("what leaves the code goes back to what a deploy that never had it makes", async () => {
  const [edited, fresh] = [deployment(), deployment()];
  await edited.apply(declare(true));
  const before = objects(edited);
  await Promise.all([edited.apply(declare(false)), fresh.apply(declare(false))]);
  expect(objects(edited)).toEqual(objects(fresh));
  expect(before.hostingProviders).toMatchObject([{ SipClientPort: 5061, VerificationLevel: always }]);
  expect(before.allowedDomains).toMatchObject([{ VerificationLevel: always, Comment: "watched" }]);
  expect((await edited.plan(declare(false))).changes).toBe(false);
});
