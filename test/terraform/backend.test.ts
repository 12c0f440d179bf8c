// Where an environment keeps its state: what each backend becomes, what is refused, and that no secret is written down.
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { App, Aspects, GcsBackend, PgBackend, S3Backend, TerraformStack, TerraformVariable } from "cdktf";
import { AllowedDomain, Backend, PushNotificationStack, PushNotificationStackProps } from "../../constructs";
import { messageOf, synthesizeApp } from "../support/synth";

const accessEdgeFqdn = "accessproxy.contoso.com";

function terraformOf(backend?: Backend, stack = "production"): Record<string, unknown> {
  const made = synthesizeApp(
    (app) => new PushNotificationStack(app, stack, { accessEdgeFqdn, backend }),
    stack,
  );
  const { backend: written, cloud } = made.terraform;
  return { ...(written as object), ...(cloud ? { cloud } : {}) };
}

function refusal(backend: object): string {
  return messageOf(() => terraformOf(backend as Backend));
}

const azurerm = { type: "azurerm", storageAccountName: "contosostate", containerName: "lync" } as const;
const s3 = { type: "s3", bucket: "contoso-state" } as const;
const http = { type: "http", address: "https://state.contoso.com/lync/production" } as const;
const cloud = { type: "cloud", organization: "contoso" } as const;
const remote = { type: "remote", organization: "contoso" } as const;
const minimal: Record<Backend["type"], Backend> = {
  ...{ local: { type: "local" }, azurerm, s3, http, remote, cloud, pg: { type: "pg" } },
};

/** A file of the app's folder as it is seen from a stack's folder in an output folder somewhere else. */
function fromOutput(file: string): string {
  return relative(join(realpathSync(tmpdir()), "out", "stacks", "production"), resolve(file))
    .split(sep)
    .join("/");
}

test("without a backend the state is a file beside cdktf.json with the stack's name", () => {
  expect(terraformOf()).toEqual({ local: { path: fromOutput("terraform.production.tfstate") } });
  expect(terraformOf({ type: "local" })).toEqual(terraformOf());
});

test("a relative path of a local file starts beside cdktf.json, not in the output folder, and its text is no expression", () => {
  expect(terraformOf({ type: "local", path: "states/${x}.tfstate" })).toEqual({
    local: { path: fromOutput("states/$${x}.tfstate") },
  });
  expect(terraformOf({ type: "local", path: "states\\a.tfstate" })).toEqual({
    local: { path: fromOutput("states/a.tfstate") },
  });
});

test.each([
  "/states/production.tfstate",
  "D:\\States\\production.tfstate",
  "\\\\nas\\states\\production.tfstate",
])("the absolute path %s of a local file stays as it is, whatever system synthesises it", (path) =>
  expect(terraformOf({ type: "local", path })).toEqual({ local: { path } }),
);

test("azurerm keeps each stack in a blob of its name", () => {
  expect(terraformOf(azurerm)).toEqual({
    azurerm: { storage_account_name: "contosostate", container_name: "lync", key: "production.tfstate" },
  });
});

test("every setting of azurerm reaches Terraform", () => {
  const id = "00000000-0000-0000-0000-000000000000";
  const ids = { subscriptionId: id, tenantId: id, clientId: id };
  const flags = { useAzureadAuth: true, useOidc: true, useMsi: false, snapshot: true };
  const all = { ...azurerm, ...ids, ...flags, key: "lync/state", resourceGroupName: "lync" };
  expect(terraformOf({ ...all, environment: "usgovernment" })).toEqual({
    azurerm: {
      ...{ storage_account_name: "contosostate", container_name: "lync", key: "lync/state" },
      ...{ resource_group_name: "lync", subscription_id: id, tenant_id: id, client_id: id },
      ...{
        environment: "usgovernment",
        use_azuread_auth: true,
        use_oidc: true,
        use_msi: false,
        snapshot: true,
      },
    },
  });
});

test("s3 keeps each stack in an object of its name, encrypted and locked", () => {
  expect(terraformOf(s3)).toEqual({
    s3: { bucket: "contoso-state", key: "production.tfstate", encrypt: true, use_lockfile: true },
  });
});

test("s3 with a DynamoDB table locks by it and asks nothing of Terraform 1.10", () => {
  expect(terraformOf({ ...s3, dynamodbTable: "locks", key: "a/b", encrypt: false })).toEqual({
    s3: { bucket: "contoso-state", key: "a/b", encrypt: false, dynamodb_table: "locks" },
  });
});

test("every setting of s3 reaches Terraform, a store that is not Amazon's included", () => {
  const roleArn = "arn:aws:iam::123456789012:role/state";
  const kmsKeyId = "arn:aws:kms:eu-central-1:123456789012:key/lync";
  const store = { endpoint: "https://minio.contoso.com:9000", usePathStyle: true, withoutAws: true };
  const own = { region: "eu-central-1", profile: "lync", kmsKeyId, roleArn };
  expect(terraformOf({ ...s3, ...own, ...store, useLockfile: false })).toEqual({
    s3: {
      ...{ bucket: "contoso-state", key: "production.tfstate", encrypt: true, kms_key_id: kmsKeyId },
      ...{ region: "eu-central-1", profile: "lync", assume_role: { role_arn: roleArn } },
      ...{ endpoints: { s3: "https://minio.contoso.com:9000" }, use_path_style: true },
      ...{ skip_credentials_validation: true, skip_metadata_api_check: true, skip_region_validation: true },
      ...{ skip_requesting_account_id: true, skip_s3_checksum: true },
    },
  });
});

test("http locks at the address of the state unless it is told another, or not to", () => {
  const address = http.address;
  expect(terraformOf(http)).toEqual({ http: { address, lock_address: address, unlock_address: address } });
  expect(terraformOf({ ...http, lockAddress: `${address}/lock` })).toEqual({
    http: { address, lock_address: `${address}/lock`, unlock_address: `${address}/lock` },
  });
  expect(terraformOf({ ...http, locking: false })).toEqual({ http: { address } });
});

test("every setting of http reaches Terraform", () => {
  const address = http.address;
  const methods = { updateMethod: "PUT", lockMethod: "POST", unlockMethod: "DELETE" };
  const addresses = { lockAddress: `${address}/lock`, unlockAddress: `${address}/unlock` };
  expect(terraformOf({ ...http, ...methods, ...addresses, retryMax: 5 })).toEqual({
    http: {
      ...{ address, lock_address: `${address}/lock`, unlock_address: `${address}/unlock`, retry_max: 5 },
      ...{ update_method: "PUT", lock_method: "POST", unlock_method: "DELETE" },
    },
  });
});

test("remote and cloud keep each stack in a workspace of its name", () => {
  expect(terraformOf(remote)).toEqual({
    remote: { organization: "contoso", workspaces: { name: "production" } },
  });
  expect(terraformOf(cloud)).toEqual({
    cloud: { organization: "contoso", workspaces: { name: "production" } },
  });
});

test("every setting of remote and cloud reaches Terraform", () => {
  const all = { organization: "contoso", hostname: "tfe.contoso.com", workspace: "lync-production" };
  const written = { organization: "contoso", hostname: "tfe.contoso.com" };
  expect(terraformOf({ type: "remote", ...all })).toEqual({
    remote: { ...written, workspaces: { name: "lync-production" } },
  });
  expect(terraformOf({ type: "cloud", ...all, project: "Unified Communications" })).toEqual({
    cloud: { ...written, workspaces: { name: "lync-production", project: "Unified Communications" } },
  });
});

test("pg keeps each stack in a schema of its name", () => {
  expect(terraformOf({ type: "pg" })).toEqual({ pg: { schema_name: "production" } });
  const skips = { skipSchemaCreation: true, skipTableCreation: true, skipIndexCreation: true };
  expect(terraformOf({ type: "pg", schemaName: "lync", ...skips })).toEqual({
    pg: {
      ...{ schema_name: "lync", skip_schema_creation: true },
      ...{ skip_table_creation: true, skip_index_creation: true },
    },
  });
});

test.each<[Backend["type"], string, string]>([
  ["azurerm", "accessKey", "ARM_ACCESS_KEY"],
  ["azurerm", "access_key", "ARM_ACCESS_KEY"],
  ["azurerm", "sasToken", "ARM_SAS_TOKEN"],
  ["azurerm", "clientSecret", "ARM_CLIENT_SECRET"],
  ["azurerm", "clientCertificate", "ARM_CLIENT_CERTIFICATE"],
  ["azurerm", "clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"],
  ["azurerm", "oidcToken", "ARM_OIDC_TOKEN"],
  ["azurerm", "oidcRequestToken", "ARM_OIDC_REQUEST_TOKEN"],
  ["s3", "accessKey", "AWS_ACCESS_KEY_ID"],
  ["s3", "secretKey", "AWS_SECRET_ACCESS_KEY"],
  ["s3", "token", "AWS_SESSION_TOKEN"],
  ["s3", "sseCustomerKey", "AWS_SSE_CUSTOMER_KEY"],
  ["http", "username", "TF_HTTP_USERNAME"],
  ["http", "password", "TF_HTTP_PASSWORD"],
  ["http", "clientPrivateKeyPem", "TF_HTTP_CLIENT_PRIVATE_KEY_PEM"],
  ["remote", "token", "TF_TOKEN_app_terraform_io"],
  ["cloud", "token", "TF_TOKEN_app_terraform_io"],
  ["pg", "connStr", "PG_CONN_STR"],
  ["pg", "conn_str", "PG_CONN_STR"],
  ["pg", "password", "PGPASSWORD"],
  ["pg", "host", "PGHOST"],
])(
  "%s with the setting %s is refused, the variable %s is named and the value is not shown",
  (type, name, variable) => {
    const message = refusal({ ...minimal[type], [name]: "hunter2" });
    expect(message).toContain(`${name}: is no setting: the synthesised files would hold it.`);
    expect(message).toContain(`set ${variable} where Terraform runs.`);
    expect(message).not.toContain("hunter2");
  },
);

test("the variable of a token is that of the host", () => {
  const message = refusal({ ...minimal.cloud, hostname: "my-tfe.contoso.com", token: "hunter2" });
  expect(message).toContain("set TF_TOKEN_my__tfe_contoso_com where Terraform runs.");
});

test.each<[Backend["type"], string, string, string]>([
  [
    "azurerm",
    "key",
    `${"hunter2A".repeat(10)}AAAAAA==`,
    "ARM_ACCESS_KEY, ARM_SAS_TOKEN or ARM_CLIENT_SECRET",
  ],
  [
    "azurerm",
    "containerName",
    "lync?sv=2024&sig=hunter2",
    "ARM_ACCESS_KEY, ARM_SAS_TOKEN or ARM_CLIENT_SECRET",
  ],
  ["azurerm", "storageAccountName", "AccountName=contoso;AccountKey=hunter2", "ARM_ACCESS_KEY"],
  ["s3", "profile", "AKIAHUNTER2HUNTER222", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
  [
    "s3",
    "endpoint",
    "https://minio:hunter2@minio.contoso.com",
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  ],
  ["http", "address", "https://lync:hunter2@state.contoso.com/a", "TF_HTTP_USERNAME and TF_HTTP_PASSWORD"],
  ["http", "lockAddress", "https://state.contoso.com/a?private_token=hunter2", "TF_HTTP_PASSWORD"],
  ["cloud", "hostname", "hunter2.atlasv1.hunter2", "TF_TOKEN_<hostname>"],
  ["pg", "schemaName", "host=db.contoso.com password=hunter2", "PG_CONN_STR or PGPASSWORD"],
  ["pg", "schemaName", "postgres://lync:hunter2@db.contoso.com/state", "PG_CONN_STR or PGPASSWORD"],
  ["local", "path", "postgres://lync:hunter2@db.contoso.com/state", "Remove it."],
])(
  "%s with a secret in the text of %s is refused and the value is not shown: %s",
  (type, name, value, fix) => {
    const message = refusal({ ...minimal[type], [name]: value });
    expect(message).toContain(`${name}: holds a secret (not shown here)`);
    expect(message).toContain(fix);
    expect(message.toLowerCase()).not.toContain("hunter2");
  },
);

test.each<[unknown]>([
  ["postgres://lync:hunter2@db.contoso.com"],
  [{ type: "postgres://lync:hunter2@db.contoso.com" }],
  [{ password: "hunter2" }],
])("%j is no backend: the types are named and the value is not shown", (backend) => {
  const message = refusal(backend as object);
  expect(message).toContain(
    'type: is missing. Allowed: an object with a type, one of "local", "azurerm", "s3", ',
  );
  expect(message).not.toContain("hunter2");
});

test("a type that is none names the types, and the one that is meant", () => {
  expect(refusal({ type: "PG" })).toContain('type: "PG" is not a known value.');
  expect(refusal({ type: "PG" })).toContain('Did you mean "pg"?');
});

test("all that is wrong with a backend is told at once, with all else that is wrong with the stack", () => {
  const backend = {
    ...{ type: "azurerm", storageAccountName: "Contoso-State", containername: "lync" },
    ...{ password: "hunter2", sasToken: "hunter2" },
  } as never;
  const description = { accessEdgeFqdn, tests: "no" as never, backend };
  const message = messageOf(() =>
    synthesizeApp((app) => new PushNotificationStack(app, "production", description), "production"),
  );
  expect(message).toContain("6 invalid settings:");
  expect(message).toContain('tests: "no" is');
  expect(message).toContain('Backend azurerm at "production"\n');
  expect(message).toContain(
    'storageAccountName: "Contoso-State" is not the name of a storage account. Allowed: 3 to',
  );
  expect(message).toContain("containerName: is missing");
  expect(message).toContain("containername: is not a property. Did you mean containerName?");
  expect(message).toContain("password: is not a property.");
  expect(message).toContain("sasToken: is no setting");
  expect(message).not.toContain("hunter2");
});

test.each<[Backend["type"], object, string]>([
  ["azurerm", { containerName: "-lync" }, "is not the name of a container"],
  ["azurerm", { subscriptionId: "contoso" }, "is not a GUID"],
  ["azurerm", { key: "/production" }, "without / at the ends"],
  ["azurerm", { environment: "german" }, 'Allowed: "public", "usgovernment", "china".'],
  ["s3", { bucket: "Contoso" }, "is not the name of a bucket"],
  ["s3", { encrypt: "yes" }, "is not a Boolean"],
  ["http", { address: "state.contoso.com" }, "is not a URL"],
  ["http", { lockMethod: "post" }, 'one in capitals, such as "POST"'],
  ["http", { locking: false, lockAddress: http.address }, "there is an address to lock at"],
  ["cloud", { workspace: "lync production" }, "is not the name of a workspace"],
  ["cloud", { organization: { name: "contoso" } }, "organization: is an object."],
  ["pg", { schemaName: "ü".repeat(32) }, "has 64 bytes"],
  ["pg", { schemaName: "pg_state" }, "which PostgreSQL keeps for itself"],
])("%s with %j is refused", (type, settings, reason) => {
  expect(refusal({ ...minimal[type], ...settings })).toContain(reason);
});

test("a stack whose name cannot be the name of its place is told so", () => {
  expect(messageOf(() => terraformOf(cloud, "produktion.büro"))).toContain(
    '"produktion.büro" is not the name of a workspace',
  );
});

test("a Token is refused: Terraform allows no expression in a backend", () => {
  const message = messageOf(() =>
    synthesizeApp((app) => {
      const other = new TerraformStack(app, "other");
      const schemaName = new TerraformVariable(other, "schema", { type: "string" }).stringValue;
      new PushNotificationStack(app, "production", { accessEdgeFqdn, backend: { type: "pg", schemaName } });
    }, "production"),
  );
  expect(message).toContain("schemaName: is a Token");
});

test.each<[Backend["type"], object]>([
  ["http", {}],
  ["azurerm", { key: "lync.tfstate" }],
  ["s3", { key: "lync.tfstate" }],
  ["cloud", { workspace: "lync" }],
  ["pg", { schemaName: "lync" }],
  ["local", { path: "lync.tfstate" }],
])("two environments with the same state in %s, by %j, are refused", (type, place) => {
  const shared = { ...minimal[type], ...place } as Backend;
  const both = (backend: Backend) => () =>
    synthesizeApp((app) => {
      new PushNotificationStack(app, "staging", { accessEdgeFqdn, backend: shared });
      new PushNotificationStack(app, "production", { accessEdgeFqdn, backend });
    }, "production");
  expect(messageOf(both(shared))).toContain('type: leads to the state of the stack "staging".');
  expect(both({ type: "local" })().terraform).toBeDefined();
});

test("an environment that has the file of another's default state is refused, in either order", () => {
  const path = resolve("terraform.staging.tfstate");
  const environments: PushNotificationStackProps[] = [
    { accessEdgeFqdn },
    { accessEdgeFqdn, backend: { type: "local", path } },
  ];
  const both = (names: string[]) => () =>
    synthesizeApp((app) => {
      for (const name of names)
        new PushNotificationStack(app, name, environments[name === "staging" ? 0 : 1]);
    }, "production");
  for (const names of [
    ["staging", "production"],
    ["production", "staging"],
  ])
    // prettier-ignore
    expect(messageOf(both(names))).toContain('type: leads to the state of the stack "production".');
});

test("a stack that is not of this library keeps CDKTF's own backend, and its state is safe from an environment's", () => {
  const build = (schemaName: string) => () =>
    synthesizeApp((app) => {
      const own = new TerraformStack(app, "own");
      new PgBackend(own, { connStr: "postgres://db.contoso.com/state", schemaName: "shared" });
      new AllowedDomain(own, "Domain", { domain: "fabrikam.com" });
      new PushNotificationStack(app, "production", { accessEdgeFqdn, backend: { type: "pg", schemaName } });
    }, "own");
  expect(build("production")().terraform.backend).toEqual({
    pg: { conn_str: "postgres://db.contoso.com/state", schema_name: "shared" },
  });
  expect(messageOf(build("shared"))).toContain('leads to the state of the stack "own".');
});

test("secrets in the environment never land in the synthesised files", () => {
  const names = [
    ...["ARM_ACCESS_KEY", "ARM_SAS_TOKEN", "ARM_CLIENT_SECRET", "ARM_CLIENT_CERTIFICATE", "ARM_OIDC_TOKEN"],
    ...[
      "ARM_CLIENT_CERTIFICATE_PASSWORD",
      "ARM_OIDC_REQUEST_TOKEN",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
    ],
    ...["AWS_SESSION_TOKEN", "AWS_SSE_CUSTOMER_KEY", "TF_HTTP_USERNAME", "TF_HTTP_PASSWORD"],
    ...["TF_HTTP_CLIENT_PRIVATE_KEY_PEM", "TF_TOKEN_app_terraform_io", "PG_CONN_STR", "PGUSER", "PGPASSWORD"],
  ];
  const files = withEnvironment(Object.fromEntries(names.map((name) => [name, `canary-${name}`])), () =>
    synthesizedFiles(minimal),
  );
  expect(files.filter(([name]) => name.endsWith("cdk.tf.json"))).toHaveLength(7);
  expect(files.filter(([, content]) => content.includes("canary-")).map(([name]) => name)).toEqual([]);
});

function withEnvironment<T>(values: Record<string, string>, action: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, values);
  try {
    return action();
  } finally {
    process.env = before;
  }
}

/** Name and content of every file that a synth of these environments writes. */
function synthesizedFiles(backends: Record<string, Backend>): [string, string][] {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir });
    for (const [stack, backend] of Object.entries(backends)) {
      new PushNotificationStack(app, stack, { accessEdgeFqdn, backend });
    }
    app.synth();
    return readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, "utf8")]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const s3Class = (stack: TerraformStack) =>
  new S3Backend(stack, { bucket: "contoso-state", key: "own.tfstate", region: "eu-west-1" });

test("an environment without a backend takes a class of CDKTF that is made in its stack, and so does what refers to it", () => {
  const build = (app: App) => {
    const producer = new PushNotificationStack(app, "production", { accessEdgeFqdn });
    new GcsBackend(producer, { bucket: "contoso-state" });
    const value = new TerraformVariable(producer, "value", { default: "x" }).stringValue;
    new AllowedDomain(new TerraformStack(app, "other"), "Domain", { domain: "fabrikam.com", comment: value });
  };
  expect(synthesizeApp(build, "production").terraform.backend).toEqual({ gcs: { bucket: "contoso-state" } });
  expect(JSON.stringify(synthesizeApp(build, "other"))).toContain('"backend":"gcs"');
});

test("a class of CDKTF beside the property backend, by an Aspect too, is refused by its name and the property", () => {
  const message = messageOf(() =>
    synthesizeApp((app) => {
      s3Class(new PushNotificationStack(app, "production", { accessEdgeFqdn, backend: { type: "pg" } }));
    }, "production"),
  );
  expect(message).toContain('backend: the stack has the class S3Backend at "production/backend" as well');
  expect(message).toContain('Allowed: the property backend, of a type of "local", "azurerm", ');
  const late = messageOf(() =>
    synthesizeApp((app) => {
      const stack = new PushNotificationStack(app, "production", { accessEdgeFqdn });
      Aspects.of(stack).add({ visit: (node) => void (node === stack && s3Class(stack)) });
    }, "production"),
  );
  expect(late).toContain('backend: the stack has the class S3Backend at "production/backend" as well');
});

test("a class of CDKTF as the value of backend is refused, and both ways on are named", () => {
  for (const make of [() => S3Backend, (app: App) => s3Class(new TerraformStack(app, "other"))]) {
    const message = messageOf(() =>
      synthesizeApp((app) => {
        new PushNotificationStack(app, "production", { accessEdgeFqdn, backend: make(app) as never });
      }, "production"),
    );
    expect(message).toContain("backend: is a class of CDKTF. Allowed: an object with a type, one of");
    expect(message).toContain("leave backend out and make the class in the stack");
  }
});
