// What a backend takes from environment variables alone, and how to tell that somebody has written a secret into the code.
import type { Backend } from "./backend-props";

type Type = Backend["type"];

/** Where Terraform finds what is no setting here: by the names that people try, without case, `_` and `-`. */
const FROM_ENVIRONMENT: Readonly<Record<Type, Readonly<Record<string, string>>>> = {
  local: {},
  azurerm: {
    accesskey: "ARM_ACCESS_KEY",
    sastoken: "ARM_SAS_TOKEN",
    clientsecret: "ARM_CLIENT_SECRET",
    clientcertificate: "ARM_CLIENT_CERTIFICATE",
    clientcertificatepassword: "ARM_CLIENT_CERTIFICATE_PASSWORD",
    oidctoken: "ARM_OIDC_TOKEN",
    oidcrequesttoken: "ARM_OIDC_REQUEST_TOKEN",
  },
  s3: {
    accesskey: "AWS_ACCESS_KEY_ID",
    accesskeyid: "AWS_ACCESS_KEY_ID",
    secretkey: "AWS_SECRET_ACCESS_KEY",
    secretaccesskey: "AWS_SECRET_ACCESS_KEY",
    token: "AWS_SESSION_TOKEN",
    sessiontoken: "AWS_SESSION_TOKEN",
    ssecustomerkey: "AWS_SSE_CUSTOMER_KEY",
  },
  http: {
    username: "TF_HTTP_USERNAME",
    password: "TF_HTTP_PASSWORD",
    clientprivatekeypem: "TF_HTTP_CLIENT_PRIVATE_KEY_PEM",
    clientcertificatepem: "TF_HTTP_CLIENT_CERTIFICATE_PEM",
    clientcacertificatepem: "TF_HTTP_CLIENT_CA_CERTIFICATE_PEM",
  },
  remote: { token: "TF_TOKEN_" },
  cloud: { token: "TF_TOKEN_" },
  pg: {
    connstr: "PG_CONN_STR",
    connectionstring: "PG_CONN_STR",
    password: "PGPASSWORD",
    user: "PGUSER",
    username: "PGUSER",
    host: "PGHOST",
    port: "PGPORT",
    database: "PGDATABASE",
    sslmode: "PGSSLMODE",
  },
};

const FOR_SECRETS: Readonly<Record<Type, string>> = {
  local: "",
  azurerm: "ARM_ACCESS_KEY, ARM_SAS_TOKEN or ARM_CLIENT_SECRET",
  s3: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  http: "TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
  remote: "TF_TOKEN_",
  cloud: "TF_TOKEN_",
  pg: "PG_CONN_STR or PGPASSWORD",
};

const SECRETS: readonly RegExp[] = [
  /(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s/?#]*@/i, // a URL with a user or a password; looked for once per word
  /(?:password|passwd|pwd|secret|token|signature|[a-z]key|\bsig)["']?\s*[=:]/i, // a connection text or a query
  /-----BEGIN /, // a PEM
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, // an access key ID of AWS
  /^[A-Za-z0-9+/]{86}==$/, // an access key of Azure Storage
  /\.atlasv1\./, // a token of HCP Terraform
];

/** The environment variable for what is no setting of the backend, or undefined for any other name. */
export function environmentVariable(type: Type, name: string, hostname: unknown): string | undefined {
  const variable = FROM_ENVIRONMENT[type][name.toLowerCase().replace(/[_-]/g, "")];
  return variable && withHost(variable, hostname);
}

/** The environment variables for the secrets of a backend; none for a local file. */
export function secretVariables(type: Type, hostname: unknown): string {
  return withHost(FOR_SECRETS[type], hostname);
}

/** Whether the text holds something that must not be written into a file, nor into an error. */
export function holdsSecret(text: string): boolean {
  return SECRETS.some((secret) => secret.test(text));
}

/** Terraform has one variable for the token of each host: https://developer.hashicorp.com/terraform/cli/config/config-file */
function withHost(variable: string, hostname: unknown): string {
  if (!variable.endsWith("_")) return variable;
  return typeof hostname === "string" && !holdsSecret(hostname)
    ? variable + hostname.replace(/-/g, "__").replace(/\./g, "_")
    : `${variable}<hostname>`;
}
