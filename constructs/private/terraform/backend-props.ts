// Where the Terraform state of an environment lives. Only settings that are no secret: secrets come from the environment.

/**
 * Where an environment's Terraform state lives. `type` decides which other settings there are.
 *
 * No setting is a secret. Terraform itself takes secrets from environment variables where it runs, so they are in no
 * synthesised file; one that is given here all the same is refused at synthesis.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
export type Backend =
  | LocalBackendSettings
  | AzurermBackendSettings
  | S3BackendSettings
  | HttpBackendSettings
  | RemoteBackendSettings
  | CloudBackendSettings
  | PgBackendSettings;

/**
 * A file on the machine that runs Terraform. Locked by the operating system; a second machine knows nothing of it.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/local
 */
export interface LocalBackendSettings {
  /** Tells this type of backend from the others: always `local`. */
  readonly type: "local";
  /**
   * Path of the file. A relative one starts at the folder of cdktf.json; in the output it is relative as well, so that the
   * stack runs on another machine than the one that synthesised it.
   *
   * @default - `terraform.<stack>.tfstate`
   */
  readonly path?: string;
}

/**
 * A blob in Azure Storage, locked by a lease.
 *
 * From the environment: `ARM_ACCESS_KEY` or `ARM_SAS_TOKEN`; or, with Microsoft Entra ID, `ARM_CLIENT_SECRET`,
 * `ARM_CLIENT_CERTIFICATE`, `ARM_CLIENT_CERTIFICATE_PASSWORD`, `ARM_OIDC_TOKEN`, `ARM_OIDC_REQUEST_TOKEN`. What is no
 * secret and no setting here has an `ARM_…` variable too.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/azurerm
 */
export interface AzurermBackendSettings {
  /** Tells this type of backend from the others: always `azurerm`. */
  readonly type: "azurerm";
  /** Name of the storage account: 3 to 24 lower-case letters and digits. */
  readonly storageAccountName: string;
  /** Name of the container in the storage account. */
  readonly containerName: string;
  /**
   * Name of the blob.
   *
   * @default - `<stack>.tfstate`
   */
  readonly key?: string;
  /**
   * Resource group of the storage account; needed where Terraform shall look up the access key itself.
   *
   * @default - not given
   */
  readonly resourceGroupName?: string;
  /**
   * Subscription of the storage account.
   *
   * @default - ARM_SUBSCRIPTION_ID
   */
  readonly subscriptionId?: string;
  /**
   * Tenant of the subscription.
   *
   * @default - ARM_TENANT_ID
   */
  readonly tenantId?: string;
  /**
   * Client ID of the service principal or the managed identity.
   *
   * @default - ARM_CLIENT_ID
   */
  readonly clientId?: string;
  /**
   * The Azure cloud: `public`, `usgovernment` or `china`.
   *
   * @default - ARM_ENVIRONMENT, else public
   */
  readonly environment?: "public" | "usgovernment" | "china";
  /**
   * Whether the blob is read and written with Microsoft Entra ID instead of the account's access key.
   *
   * @default - ARM_USE_AZUREAD, else false
   */
  readonly useAzureadAuth?: boolean;
  /**
   * Whether to log in with OpenID Connect, as pipelines do.
   *
   * @default - ARM_USE_OIDC, else false
   */
  readonly useOidc?: boolean;
  /**
   * Whether to log in with the managed identity of the machine.
   *
   * @default - ARM_USE_MSI, else false
   */
  readonly useMsi?: boolean;
  /**
   * Whether the blob is copied to a snapshot before it is used.
   *
   * @default - ARM_SNAPSHOT, else false
   */
  readonly snapshot?: boolean;
}

/**
 * An object in Amazon S3, or in a store that speaks its protocol. Terraform locks it only where it is told to; this
 * library tells it to.
 *
 * From the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_SSE_CUSTOMER_KEY`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export interface S3BackendSettings {
  /** Tells this type of backend from the others: always `s3`. */
  readonly type: "s3";
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Key of the object.
   *
   * @default - `<stack>.tfstate`
   */
  readonly key?: string;
  /**
   * Region of the bucket.
   *
   * @default - AWS_REGION, else AWS_DEFAULT_REGION
   */
  readonly region?: string;
  /**
   * Whether an object beside the state locks it. Needs Terraform 1.10. With false and no `dynamodbTable` there is NO
   * lock: two deploys at once can ruin the state.
   *
   * @default - true; with a dynamodbTable, false
   */
  readonly useLockfile?: boolean;
  /**
   * Name of the DynamoDB table that locks the state, for Terraform before 1.10.
   *
   * @default - none
   */
  readonly dynamodbTable?: string;
  /**
   * Whether the object is encrypted on the server's side.
   *
   * @default true
   */
  readonly encrypt?: boolean;
  /**
   * ARN of the KMS key that encrypts it.
   *
   * @default - the bucket's own key
   */
  readonly kmsKeyId?: string;
  /**
   * ARN of the role that Terraform takes on to reach the bucket.
   *
   * @default - none
   */
  readonly roleArn?: string;
  /**
   * Profile in the shared AWS configuration of the machine.
   *
   * @default - AWS_PROFILE
   */
  readonly profile?: string;
  /**
   * URL of a store that is not Amazon's.
   *
   * @default - AWS_ENDPOINT_URL_S3, else Amazon S3
   */
  readonly endpoint?: string;
  /**
   * Whether the bucket is in the path of the URL instead of its host name.
   *
   * @default false
   */
  readonly usePathStyle?: boolean;
  /**
   * Whether Amazon's services beside S3 (STS, IAM, region names, metadata) are left alone, which a store that is not
   * Amazon's does not have.
   *
   * @default false
   */
  readonly withoutAws?: boolean;
}

/**
 * A web service that keeps the state, as GitLab and others do.
 *
 * From the environment: `TF_HTTP_USERNAME`, `TF_HTTP_PASSWORD`, `TF_HTTP_CLIENT_PRIVATE_KEY_PEM`, and the certificates
 * `TF_HTTP_CLIENT_CERTIFICATE_PEM` and `TF_HTTP_CLIENT_CA_CERTIFICATE_PEM`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/http
 */
export interface HttpBackendSettings {
  /** Tells this type of backend from the others: always `http`. */
  readonly type: "http";
  /** URL of this environment's state: no two environments may have the same. */
  readonly address: string;
  /**
   * Whether Terraform asks the service for a lock. With false there is NO lock: two deploys at once can ruin the state.
   *
   * @default true
   */
  readonly locking?: boolean;
  /**
   * URL at which Terraform asks for the lock.
   *
   * @default - address
   */
  readonly lockAddress?: string;
  /**
   * URL at which Terraform gives the lock back.
   *
   * @default - lockAddress
   */
  readonly unlockAddress?: string;
  /**
   * HTTP method that writes the state.
   *
   * @default POST
   */
  readonly updateMethod?: string;
  /**
   * HTTP method that asks for the lock.
   *
   * @default LOCK
   */
  readonly lockMethod?: string;
  /**
   * HTTP method that gives the lock back.
   *
   * @default UNLOCK
   */
  readonly unlockMethod?: string;
  /**
   * How often a failed request is repeated.
   *
   * @default 2
   */
  readonly retryMax?: number;
}

/**
 * A workspace of HCP Terraform or Terraform Enterprise, by the `remote` backend, which Terraform keeps for older setups.
 * See {@link CloudBackendSettings}, whose remarks hold here too.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/remote
 */
export interface RemoteBackendSettings extends WorkspaceSettings {
  /** Tells this type of backend from the others: always `remote`. */
  readonly type: "remote";
}

/**
 * A workspace of HCP Terraform or Terraform Enterprise. Set its execution mode to `Local`, or to `Agent` with an agent on
 * the Windows runner: elsewhere there are no Lync cmdlets. It keeps and locks the state either way.
 *
 * From the environment: `TF_TOKEN_<hostname>`, dots written as `_` and hyphens as `__`: `TF_TOKEN_app_terraform_io`.
 *
 * @see https://developer.hashicorp.com/terraform/cli/cloud/settings
 */
export interface CloudBackendSettings extends WorkspaceSettings {
  /** Tells this type of backend from the others: always `cloud`. */
  readonly type: "cloud";
  /**
   * Project in which a workspace that is not there yet is made.
   *
   * @default - the organization's default project
   */
  readonly project?: string;
}

/** A workspace of HCP Terraform or Terraform Enterprise. */
export interface WorkspaceSettings {
  /** Name of the organization. */
  readonly organization: string;
  /**
   * Name of the workspace: letters, digits, `-` and `_`.
   *
   * @default - `<stack>`
   */
  readonly workspace?: string;
  /**
   * FQDN of the service.
   *
   * @default app.terraform.io
   */
  readonly hostname?: string;
}

/**
 * A PostgreSQL database, version 10 or newer, locked by the database's own locks: they end with the connection.
 *
 * From the environment: `PG_CONN_STR`, a URL such as `postgres://user:password@db.contoso.com/terraform`; or PostgreSQL's
 * own `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, `PGPASSWORD`, `PGSSLMODE`. Both may be used at once.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/pg
 */
export interface PgBackendSettings {
  /** Tells this type of backend from the others: always `pg`. */
  readonly type: "pg";
  /**
   * Name of the schema that holds the state: 1 to 63 bytes. Terraform makes it where it is missing, for which the user
   * must own the database or may create schemas in it and sequences in the schema `public`.
   *
   * @default - `<stack>`
   */
  readonly schemaName?: string;
  /**
   * Whether an administrator has made the schema.
   *
   * @default false
   */
  readonly skipSchemaCreation?: boolean;
  /**
   * Whether an administrator has made the table `states` in it.
   *
   * @default false
   */
  readonly skipTableCreation?: boolean;
  /**
   * Whether an administrator has made the index of that table.
   *
   * @default false
   */
  readonly skipIndexCreation?: boolean;
}
