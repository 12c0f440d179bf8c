// The rules of each backend's settings, and what stands for a setting that is not given.
import type { Backend } from "./backend-props";
import { holdsSecret, secretVariables } from "./backend-secrets";
import { boolean, fqdn, integer, oneOf, Rule, show } from "../validation/rules";
import { httpUrl, text } from "./text-rules";
import { optional, required } from "./token-rules";
import { isToken } from "./terraform-text";
import type { Rules } from "../validation/validation";

/** The settings of one type of backend. */
export type Settings<Type extends Backend["type"]> = Extract<Backend, { type: Type }>;

/** Text that matches; `what` it is not where it does not, and what is `allowed`. */
function matching(pattern: RegExp, what: string, allowed: string): Rule {
  return (value) => {
    const wrong = text(value);
    if (wrong) return wrong;
    return pattern.test(value as string) ? undefined : `${show(value)} is not ${what}. Allowed: ${allowed}.`;
  };
}

const line = matching(/^\S(?:[^\r\n]*\S)?$/, "a name", "one line of text without white space at its ends");
const guid = matching(
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  "a GUID",
  '32 hexadecimal digits such as "00000000-0000-0000-0000-000000000000"',
);
const account = matching(
  /^[a-z0-9]{3,24}$/,
  "the name of a storage account",
  "3 to 24 lower-case letters and digits",
);
const container = matching(
  /^(?!-)(?!.*--)[a-z0-9-]{3,63}(?<!-)$/,
  "the name of a container",
  "3 to 63 lower-case letters, digits and single hyphens",
);
const bucket = matching(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "the name of a bucket",
  "3 to 63 lower-case letters, digits, dots and hyphens",
);
const region = matching(/^[a-z0-9-]+$/, "a region", 'one such as "eu-central-1"');
const key = matching(
  /^(?!\/)(?!.*\/\/)[^\r\n]{1,1024}(?<!\/)$/,
  "a key",
  "1 to 1,024 characters without / at the ends and without //",
);
const httpMethod = matching(/^[A-Z]+$/, "an HTTP method", 'one in capitals, such as "POST"');
const workspace = matching(
  /^[A-Za-z0-9_-]{1,90}$/,
  "the name of a workspace",
  "1 to 90 letters, digits, hyphens and underscores",
);

const schema: Rule = (value) => {
  const wrong = line(value);
  if (wrong) return wrong;
  // PostgreSQL cuts a longer name off, and two long names may then be one.
  const bytes = Buffer.byteLength(value as string);
  if (bytes > 63) return `${show(value)} has ${bytes} bytes. Allowed: 1 to 63. Shorten it.`;
  return /^pg_/i.test(value as string)
    ? `${show(value)} begins with pg_, which PostgreSQL keeps for itself. Change it.`
    : undefined;
};

const type: Rule = () => undefined; // judged before its table of rules is known

const WORKSPACE_RULES = {
  organization: required(line),
  workspace: required(workspace),
  hostname: optional(fqdn),
};

const RULES: { readonly [Type in Backend["type"]]: Rules<Settings<Type>> } = {
  local: { type, path: required(line) },
  azurerm: {
    type,
    storageAccountName: required(account),
    containerName: required(container),
    key: required(key),
    resourceGroupName: optional(line),
    subscriptionId: optional(guid),
    tenantId: optional(guid),
    clientId: optional(guid),
    environment: optional(oneOf(["public", "usgovernment", "china"])),
    useAzureadAuth: optional(boolean),
    useOidc: optional(boolean),
    useMsi: optional(boolean),
    snapshot: optional(boolean),
  },
  s3: {
    type,
    bucket: required(bucket),
    key: required(key),
    region: optional(region),
    useLockfile: required(boolean),
    dynamodbTable: optional(line),
    encrypt: required(boolean),
    kmsKeyId: optional(line),
    roleArn: optional(line),
    profile: optional(line),
    endpoint: optional(httpUrl),
    usePathStyle: optional(boolean),
    withoutAws: optional(boolean),
  },
  http: {
    type,
    address: required(httpUrl),
    locking: required(boolean),
    lockAddress: optional(httpUrl),
    unlockAddress: optional(httpUrl),
    updateMethod: optional(httpMethod),
    lockMethod: optional(httpMethod),
    unlockMethod: optional(httpMethod),
    retryMax: optional(integer(0, 100, "a number of repetitions")),
  },
  remote: { type, ...WORKSPACE_RULES },
  cloud: { type, ...WORKSPACE_RULES, project: optional(line) },
  pg: {
    type,
    schemaName: required(schema),
    skipSchemaCreation: optional(boolean),
    skipTableCreation: optional(boolean),
    skipIndexCreation: optional(boolean),
  },
};

/** Every type of backend. */
export const BACKEND_TYPES = Object.keys(RULES) as Backend["type"][];

/** The rules of the backend's settings, none of which may be or show a secret. */
export function rulesOf(backend: Backend): Rules<Backend> {
  const variables = secretVariables(backend.type, hostOf(backend));
  const rows = Object.entries(RULES[backend.type]).map(([name, rule]) => [
    name,
    withoutSecret(rule, variables),
  ]);
  return Object.fromEntries(rows) as Rules<Backend>;
}

/** The settings with what stands for those that are not given: where the state lives is the stack's own place. */
export function complete(backend: Backend, stack: string): Backend {
  const given = Object.fromEntries(Object.entries(backend).filter(([, value]) => value !== undefined));
  return { ...defaultsOf(backend, stack), ...given } as Backend;
}

/** Host of a workspace, for the name of its token's variable. */
export function hostOf(backend: Backend): unknown {
  return ("hostname" in backend ? backend.hostname : undefined) ?? "app.terraform.io";
}

function defaultsOf(backend: Backend, stack: string): Partial<Backend> {
  switch (backend.type) {
    case "local":
      return { path: `terraform.${stack}.tfstate` };
    case "azurerm":
      return { key: `${stack}.tfstate` };
    case "s3":
      return { key: `${stack}.tfstate`, encrypt: true, useLockfile: backend.dynamodbTable === undefined };
    case "http":
      return { locking: true };
    case "pg":
      return { schemaName: stack };
    default:
      return { workspace: stack };
  }
}

function withoutSecret(rule: Rule, variables: string): Rule {
  return (value) => {
    if (value === undefined || value === null) return rule(value);
    if (isToken(value)) {
      return "is a Token, a value that only Terraform knows, and Terraform allows no expression in a backend. Give the literal value.";
    }
    if (typeof value === "object") return "is an object. Allowed: a single value.";
    if (!holdsSecret(String(value))) return rule(value);
    const fix = variables ? `Set ${variables} where Terraform runs instead.` : "Remove it.";
    return `holds a secret (not shown here), and the synthesised files would hold it too. Allowed: a value without one. ${fix}`;
  };
}
