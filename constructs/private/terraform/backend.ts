// The one file that knows CDKTF's backend classes: checks a stack's backend and gives it to the stack.
import {
  AzurermBackend,
  DataTerraformRemoteState,
  HttpBackend,
  NamedRemoteWorkspace,
  PgBackend,
  RemoteBackend,
  S3Backend,
  TerraformBackend,
  TerraformStack,
} from "cdktf";
import { Construct, IConstruct } from "constructs";
import type { Backend } from "./backend-props";
import { BACKEND_TYPES, complete, hostOf, rulesOf, Settings } from "./backend-rules";
import { environmentVariable, holdsSecret } from "./backend-secrets";
import { oneOf, show } from "../validation/rules";
import { StateFile } from "./state-file";
import { literal } from "./terraform-text";
import { isObject, Problems } from "../validation/validation";

const TYPES = BACKEND_TYPES.map(show).join(", ");

const ID = "cdktf-lync-backend";

/** Gives the stack its backend. @throws ValidationError with everything that is wrong with the settings. */
export function configureBackend(stack: TerraformStack, value: Backend): TerraformBackend {
  const given = withType(stack, value);
  const problems = new Problems(`Backend ${given.type}`, stack);
  const settings = complete(withoutVariables(given, problems), stack.node.id);
  problems.check(settings, rulesOf(settings));
  refuseUnusedAddress(settings, problems);
  problems.throwIfAny();
  // All of CDKTF's classes take the same id: with a scope of its own this one is not in the way of another.
  const scope = new Construct(stack, ID);
  const backend = make(scope, settings);
  refuseSharedState(stack, backend, problems);
  problems.throwIfAny();
  scope.node.addValidation({
    validate: () =>
      backendsOf(stack)
        .filter((each) => each !== backend)
        .map(second),
  });
  return backend;
}

/** What CDKTF gets that is about to write the stack: the backend of its description, a class of CDKTF, or a state file. */
export function writtenBackend(stack: TerraformStack): TerraformBackend {
  const backend = backendsOf(stack)[0] ?? configureBackend(stack, { type: "local" });
  return backend instanceof StateFile ? backend.ask() : backend;
}

function backendsOf(stack: TerraformStack): TerraformBackend[] {
  return stack.node.findAll().filter((node) => TerraformBackend.isBackend(node));
}

function second(backend: TerraformBackend): string {
  return (
    `backend: the stack has the class ${backend.constructor.name} at ${show(backend.node.path)} as well, and Terraform ` +
    `takes one backend alone. Allowed: the property backend, of a type of ${TYPES}, or a class of CDKTF that is made ` +
    "right after the stack. Leave one of the two out."
  );
}

/** The settings as they are read once, of a type that there is. */
function withType(stack: TerraformStack, value: unknown): Backend {
  const problems = new Problems("Backend", stack);
  refuseClass(value, problems);
  // What is no object is not shown: it may be a secret.
  const given = isObject(value) ? problems.snapshot("backend", value) : undefined;
  const type = given?.type;
  const allowed = `Allowed: an object with a type, one of ${TYPES}.`;
  if (typeof type !== "string" || holdsSecret(type)) problems.add("type", `is missing. ${allowed}`);
  else {
    const wrong = oneOf(BACKEND_TYPES)(type);
    if (wrong) problems.add("type", wrong);
  }
  problems.throwIfAny();
  return given as unknown as Backend;
}

/** Adds a problem for a backend class of CDKTF, or one that was made of it. */
function refuseClass(value: unknown, problems: Problems): void {
  if (typeof value !== "function" && !isBackendClass(value)) return;
  problems.add(
    "backend",
    `is a class of CDKTF. Allowed: an object with a type, one of ${TYPES}. Give that, or leave backend out and make the ` +
      "class in the stack, as in new S3Backend(scope, ...).",
  );
  problems.throwIfAny();
}

function isBackendClass(value: unknown): boolean {
  try {
    return TerraformBackend.isBackend(value);
  } catch {
    return false; // an object that cannot be looked at, which is told with the type that it lacks
  }
}

/** The settings without those that Terraform takes from the environment alone, each of which is a problem. */
function withoutVariables(given: Backend, problems: Problems): Backend {
  const settings = Object.entries(given).filter(([name]) => {
    const variable = environmentVariable(given.type, name, hostOf(given));
    if (!variable) return true;
    const why =
      "is no setting: the synthesised files would hold it. Terraform takes it from the environment.";
    problems.add(name, `${why} Remove it and set ${variable} where Terraform runs.`);
    return false;
  });
  return Object.fromEntries(settings) as unknown as Backend;
}

function refuseUnusedAddress(settings: Backend, problems: Problems): void {
  if (settings.type !== "http" || settings.locking !== false) return;
  if (settings.lockAddress === undefined && settings.unlockAddress === undefined) return;
  problems.add("locking", "is false, and yet there is an address to lock at. Remove one of the two.");
}

function escaped<Given extends Backend>(settings: Given): Given {
  const rows = Object.entries(settings).map(([name, value]) => [
    name,
    typeof value === "string" ? literal(value) : value,
  ]);
  return Object.fromEntries(rows) as Given;
}

function make(scope: Construct, given: Backend): TerraformBackend {
  if (given.type === "local") return new StateFile(scope, String(given.path));
  const { type, ...settings } = escaped(given);
  switch (type) {
    case "azurerm":
      return new AzurermBackend(scope, settings as Completed<"azurerm", "key">);
    case "s3":
      return s3Backend(scope, settings as Completed<"s3", "key">);
    case "http":
      return httpBackend(scope, settings as Settings<"http">);
    case "remote":
      return remoteBackend(scope, settings as Completed<"remote", "workspace">);
    case "cloud":
      return new CloudBlock(scope, settings as Completed<"cloud", "workspace">);
    case "pg":
      // CDKTF asks for the connection text, which Terraform takes from PG_CONN_STR where it is not given.
      return new PgBackend(scope, { ...settings, connStr: undefined as never });
  }
}

/** Settings of which some, that may be left out, are there by now. */
type Completed<Type extends Backend["type"], Names extends keyof Settings<Type>> = Settings<Type> &
  Required<Pick<Settings<Type>, Names>>;

function s3Backend(scope: Construct, settings: Completed<"s3", "key">): TerraformBackend {
  const { useLockfile, endpoint, roleArn, withoutAws, ...others } = settings;
  const backend = new S3Backend(scope, {
    ...others,
    ...(endpoint ? { endpoints: { s3: endpoint } } : {}),
    ...(roleArn ? { assumeRole: { roleArn } } : {}),
    ...(withoutAws ? WITHOUT_AWS : {}),
  });
  // A setting of Terraform 1.10, which CDKTF does not know; given only where it is on, so that older ones can go without.
  if (useLockfile) backend.addOverride("use_lockfile", true);
  return backend;
}

const WITHOUT_AWS = {
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRegionValidation: true,
  skipRequestingAccountId: true,
  skipS3Checksum: true,
};

/** Terraform locks where it has an address for it, and never lets go where it has none for that. */
function httpBackend(scope: Construct, settings: Settings<"http">): TerraformBackend {
  const { locking, lockAddress, unlockAddress, ...others } = settings;
  const lock = lockAddress ?? others.address;
  const addresses = locking ? { lockAddress: lock, unlockAddress: unlockAddress ?? lock } : {};
  return new HttpBackend(scope, { ...others, ...addresses });
}

function remoteBackend(scope: Construct, settings: Completed<"remote", "workspace">): TerraformBackend {
  const { workspace, ...others } = settings;
  return new RemoteBackend(scope, { ...others, workspaces: new NamedRemoteWorkspace(workspace) });
}

/** Like CDKTF's CloudBackend, which runs `terraform version` at synthesis; required_version says the same. */
class CloudBlock extends TerraformBackend {
  public constructor(
    scope: Construct,
    private readonly settings: Completed<"cloud", "workspace">,
  ) {
    super(scope, "backend", "cloud");
  }

  public override toTerraform(): object {
    const { workspace, project, ...others } = this.settings;
    return { terraform: { cloud: { ...others, workspaces: { name: workspace, project } } } };
  }

  public override getRemoteStateDataSource(scope: Construct, name: string): DataTerraformRemoteState {
    const { organization, hostname, workspace } = this.settings;
    return new DataTerraformRemoteState(scope, name, {
      organization,
      hostname,
      workspaces: new NamedRemoteWorkspace(workspace),
    });
  }
}

/** Two stacks with one state would each destroy what the other has made. */
function refuseSharedState(stack: TerraformStack, backend: TerraformBackend, problems: Problems): void {
  const place = placeOf(backend);
  const twin = stacksUnder(stack.node.root).find(
    (other) => other !== stack && backendsOf(other).some((theirs) => placeOf(theirs) === place),
  );
  if (!twin) return;
  problems.add(
    "type",
    `leads to the state of the stack ${show(twin.node.path)}. Allowed: a place of its own for each stack, or each ` +
      "would destroy what the other has made. Change one of the two.",
  );
}

function stacksUnder(node: IConstruct): TerraformStack[] {
  return TerraformStack.isStack(node) ? [node] : node.node.children.flatMap(stacksUnder);
}

const PLACE = [
  ...["path", "storage_account_name", "container_name", "bucket", "key", "endpoints"],
  ...["address", "hostname", "organization", "schema_name"],
];

/** What decides where a backend keeps its state, the database of PG_CONN_STR apart. */
function placeOf(backend: TerraformBackend): string {
  const { terraform } = backend instanceof StateFile ? backend.asOnThisMachine() : backend.toTerraform();
  const [type, settings] = Object.entries<Record<string, unknown>>(terraform.backend ?? terraform)[0];
  const workspaces = settings.workspaces as { name?: string } | undefined;
  return JSON.stringify([
    type === "cloud" ? "remote" : type,
    workspaces?.name,
    ...PLACE.map((name) => settings[name]),
  ]);
}
