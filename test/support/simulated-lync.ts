// A simulated Lync Server for tests and the demo: its state file, and what to put in the environment of a PowerShell
// that shall talk to it. The cmdlets are the PowerShell modules in test/simulator.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const SIMULATOR = path.resolve(__dirname, "..", "simulator");

export type Product = "LyncServer2013" | "SkypeForBusinessServer2015" | "SkypeForBusinessServer2019";
export type VerificationLevel = "AlwaysVerifiable" | "AlwaysUnverifiable" | "UseSourceVerification";

export interface HostingProviderRecord {
  Identity: string;
  ProxyFqdn: string;
  VerificationLevel: VerificationLevel;
  Enabled: boolean;
  EnabledSharedAddressSpace: boolean;
  HostsOCSUsers: boolean;
  IsLocal: boolean;
  AutodiscoverUrl: string | null;
  SipClientPort: number;
}

export interface PublicProviderRecord {
  Identity: string;
  ProxyFqdn: string;
  VerificationLevel: VerificationLevel;
  Enabled: boolean;
  IconUrl?: string | null;
  NameDecorationDomain?: string | null;
}

export interface AllowedDomainRecord {
  Identity: string;
  ProxyFqdn: string | null;
  Comment: string | null;
  MarkForMonitoring: boolean;
  /** Skype for Business Server only. */
  VerificationLevel?: VerificationLevel;
}

export interface BlockedDomainRecord {
  Identity: string;
  Comment: string | null;
}

export interface PushNotificationRecord {
  /** `Global`, or `Site:` and the name of a site. */
  Identity: string;
  EnableApplePushNotificationService: boolean;
  EnableMicrosoftPushNotificationService: boolean;
}

export interface AccessEdgeRecord {
  Identity: "Global";
  RoutingMethod: "UseDnsSrvRouting" | "UseDefaultRouting";
  AllowFederatedUsers: boolean;
  AllowOutsideUsers: boolean;
  AllowAnonymousUsers: boolean;
  BeClearingHouse: boolean;
  EnablePartnerDiscovery: boolean;
  DiscoveredPartnerVerificationLevel: VerificationLevel;
  DefaultRouteFqdn: string | null;
  IsPublicProvider: boolean;
  VerificationLevel: VerificationLevel;
  EnableArchivingDisclaimer: boolean;
  EnableUserReplicator: boolean;
  KeepCrlsUpToDateForPeers: boolean;
  MarkSourceVerifiableOnOutgoingMessages: boolean;
  OutgoingTlsCountForFederatedPartners: number;
  DiscoveredPartnerStandardRate: number;
  EnableDiscoveredPartnerContactsLimit: boolean;
  MaxContactsPerDiscoveredPartner: number;
  DiscoveredPartnerReportPeriodMinutes: number;
  MaxAcceptedCertificatesStored: number;
  MaxRejectedCertificatesStored: number;
  CertificatesDeletedPercentage: number;
  DnsSrvCacheRecordCount: number;
  SkypeSearchUrl: string | null;
}

/** The configuration that replication carries to the Edge. */
export interface ReplicatedConfiguration {
  hostingProviders: HostingProviderRecord[];
  publicProviders: PublicProviderRecord[];
  allowedDomains: AllowedDomainRecord[];
  blockedDomains: BlockedDomainRecord[];
  pushNotificationConfigurations: PushNotificationRecord[];
  accessEdgeConfiguration: AccessEdgeRecord;
}

export interface Replica {
  ReplicaFqdn: string;
  /** Whether it is an Edge: what has reached it is what the tests judge by. */
  edge: boolean;
  /** When the Master Replicator makes the snapshot of a change; until then the status is the one from before. */
  snapshotDue?: string | null;
  /** A change has not reached it yet. */
  pending: boolean;
  LastUpdateCreation: string | null;
  LastStatusReport: string | null;
}

export interface Replication {
  /** How long the Master Replicator takes to make a snapshot of a change. @default 0 */
  lagSeconds: number;
  /** How long a change takes to reach the replicas from then on. @default 0 */
  delaySeconds: number;
  /** FQDNs of replicas that stay out of date until Invoke-CsManagementStoreReplication. */
  stuck: string[];
  /** FQDNs of replicas that stay out of date even then. */
  stuckForever: string[];
  /** Whether a forced replication shows the status from before until there is a new one. @default false: none */
  keepsStatus: boolean;
  /** FQDNs of replicas that no change makes an update for; what is forced reaches them. */
  unconcerned: string[];
  replicas: Replica[];
  /** What the Edge works with while it is out of date; null: the current configuration. */
  edgeConfiguration: ReplicatedConfiguration | null;
}

/** An outcome that the next call of a test cmdlet has, whatever the configuration. */
export interface ForcedTestResult {
  cmdlet: "Test-CsFederatedPartner" | "Test-CsMcxPushNotification";
  result: "Success" | "Failure";
  error?: string;
  diagnosis?: string;
  /** Full name of the type of an exception: the cmdlet throws it, with the error as its message, and returns nothing. */
  throws?: string;
  /** Whether a cmdlet that throws fills -OutLoggerVariable all the same. @default false */
  logs?: boolean;
}

/** One row of MSFT_SIPFederationPartnerTable. */
export interface OcsPartner {
  Domain: string;
  EdgeProxyAddress: string | null;
  UserVerificationLevel: string;
}

/** A computer with the Access Edge of Office Communications Server 2007 R2. */
export interface OcsEdge {
  /** `.` is the computer on which the tests run. */
  ComputerName: string;
  /** Its internal FQDN, for Test-CsFederatedPartner. */
  InternalFqdn?: string;
  /** The account may not connect to it. @default false */
  accessDenied?: boolean;
  /** Without the Access Edge role the WMI classes are missing. @default true */
  accessEdge?: boolean;
  partners: OcsPartner[];
  externalEdgeSetting: { InstanceID: string; EnableFederation: boolean; AllowOutsideUsers: boolean } & Record<
    string,
    string | number | boolean | null
  >;
}

export type FaultKind =
  "throwBefore" | "throwAfter" | "hangBefore" | "hangAfter" | "dieBefore" | "dieAfter" | "delay";

/** Something that goes wrong in a call. "Before" and "after" mean: its effect. */
export interface Fault {
  /** The name of a cmdlet, or `*` for every mutating one. */
  cmdlet: string;
  kind: FaultKind;
  /** The first call that it hits, counted from when the fault was set. @default 1 */
  nth?: number;
  /** How many calls it hits from there. @default 1 */
  times?: number;
  /** Full name of the .NET type to throw, System.Data.SqlClient.SqlException included. @default System.InvalidOperationException */
  exception?: string;
  message?: string;
  /** Full name of the type that an exception of Microsoft.Rtc wraps. @default - none */
  inner?: string;
  /** The number of a SqlException, wrapped or not. @default 0 */
  number?: number;
  /** How long a delay takes. @default 1 */
  seconds?: number;
  /** How many calls it has seen; the simulator counts. */
  seen?: number;
  /** How many calls it has hit; the simulator counts. */
  fired?: number;
}

/** One mutating call. */
export interface LogEntry {
  seq: number;
  time: string;
  pid: number;
  cmdlet: string;
  parameters: Record<string, unknown>;
  /** `begin`: hangs, died or is delayed before its effect; `error`: had none. */
  phase: "begin" | "effect" | "error";
  /** The fault that hit it. */
  fault?: FaultKind;
  error?: { type: string; message: string };
}

/** How the server is reached by remote sessions. */
export interface RemoteAccess {
  /** The pools, each with the number of the error of WinRM that a session with it meets; 0: none. */
  pools: { name: string; error: number }[];
  /** The user's name and password, with a space between them; null: whoever comes is let in. */
  credential: string | null;
  /** Cmdlets that the role does not have. */
  withheld: string[];
  /** The longest time that a session may ask to stay without a call. */
  longestIdleSeconds: number;
  /** How many sessions may be open. */
  limit: number;
}

/** The sessions so far. */
export interface Sessions {
  /** The addresses of those that were opened. */
  readonly opened: string[];
  /** How many nobody has closed. */
  readonly open: number;
}

export interface LyncState extends ReplicatedConfiguration {
  product: Product;
  remote: RemoteAccess;
  /** The language of the server's messages. */
  language: "en" | "de";
  /** How long importing the module takes. */
  importDelaySeconds: number;
  /** Cmdlets that the module does not export. */
  missingCmdlets: string[];
  /** Cmdlets that throw UnauthorizedAccessException. */
  denied: string[];
  sites: string[];
  /** Internal FQDNs of the Edges that carry federated traffic. */
  edges: string[];
  replication: Replication;
  testResults: ForcedTestResult[];
  ocsEdges: OcsEdge[];
  faults: Fault[];
  /** How often each cmdlet has been called, reading ones included. */
  calls: Record<string, number>;
  log: LogEntry[];
  /** Whether the log has the test cmdlets, too. */
  logsTests?: boolean;
}

export class SimulatedLync {
  public readonly stateFile: string;

  /** A fresh server. @param directory where its state lives; by default a new temporary one */
  public constructor(directory = fs.mkdtempSync(path.join(os.tmpdir(), "simulated-lync-"))) {
    fs.mkdirSync(directory, { recursive: true });
    this.stateFile = path.join(fs.realpathSync(directory), "lync.json");
    fs.copyFileSync(path.join(SIMULATOR, "Shared", "FreshState.json"), this.stateFile);
  }

  /** What a PowerShell process needs to find this server. */
  public get env(): { SIMULATED_LYNC_STATE: string; PSModulePath: string } {
    const others = process.env.PSModulePath ? [process.env.PSModulePath] : [];
    return {
      SIMULATED_LYNC_STATE: this.stateFile,
      PSModulePath: [SIMULATOR, ...others].join(path.delimiter),
    };
  }

  public state(): LyncState {
    return JSON.parse(withRetries(() => fs.readFileSync(this.stateFile, "utf8"))) as LyncState;
  }

  /** The mutating calls, in the order in which they began. */
  public log(): LogEntry[] {
    return this.state().log;
  }

  public clearLog(): void {
    this.change((state) => {
      state.log = [];
    });
  }

  /** How often the cmdlet has been called, whether it changes something or not. */
  public calls(cmdlet: string): number {
    return this.state().calls[cmdlet] ?? 0;
  }

  /** Sets a fault. Calls are counted from now. */
  public fault(fault: Fault): void {
    this.change((state) => state.faults.push(fault));
  }

  /** The sessions since the last call of `forgetSessions`. */
  public sessions(): Sessions {
    const folder = this.sessionFolder;
    const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const opened = names.filter((name) => name.endsWith(".opened"));
    return {
      opened: opened.map((name) => fs.readFileSync(path.join(folder, name), "utf8")),
      open: names.filter((name) => name.endsWith(".open")).length,
    };
  }

  public forgetSessions(): void {
    fs.rmSync(this.sessionFolder, { recursive: true, force: true });
  }

  private get sessionFolder(): string {
    return `${this.stateFile}.sessions`;
  }

  /** Edits the state while no PowerShell process has it in hand. */
  public change(edit: (state: LyncState) => void): void {
    const release = this.lock();
    try {
      const state = this.state();
      edit(state);
      const temporary = `${this.stateFile}.node.tmp`;
      fs.writeFileSync(temporary, JSON.stringify(state, null, 2));
      withRetries(() => fs.renameSync(temporary, this.stateFile));
    } finally {
      release();
    }
  }

  // Node can take no lock that the system releases when a process dies, so it announces itself by a file of its own and
  // waits until no living PowerShell process is at work. The other half of this is in Shared/StateFile.ps1.
  private lock(): () => void {
    const editing = `${this.stateFile}.editing`;
    waitUntil(() => createsFile(editing) || removesAbandoned(editing), "another edit to end");
    try {
      waitUntil(() => !this.isBusy(), "the PowerShell processes to let go");
    } catch (error) {
      fs.rmSync(editing, { force: true });
      throw error;
    }
    return () => fs.rmSync(editing, { force: true });
  }

  private isBusy(): boolean {
    const prefix = `${path.basename(this.stateFile)}.busy.`;
    return fs
      .readdirSync(path.dirname(this.stateFile))
      .some((name) => name.startsWith(prefix) && isAlive(Number(name.slice(prefix.length))));
  }
}

function createsFile(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function removesAbandoned(file: string): false {
  const owner = Number(contentOf(file));
  if (owner > 0 && !isAlive(owner)) fs.rmSync(file, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // A killed child stays a zombie until Node's event loop gets to it, which it cannot while we wait here.
  return !/\) Z/.test(contentOf(`/proc/${pid}/stat`));
}

/** Nothing if there is no such file, or no more. */
function contentOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function waitUntil(condition: () => boolean, what: string): void {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
}

// Windows refuses to open or replace a file for the moment in which another process replaces or scans it.
function withRetries<T>(action: () => T): T {
  for (let attempt = 1; ; attempt++) {
    try {
      return action();
    } catch (error) {
      if (attempt >= 100 || process.platform !== "win32") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
