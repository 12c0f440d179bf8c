// What Windows PowerShell 3.0 on .NET Framework 4.0 has, as far as our scripts use it, and what they have beyond that.
import { join } from "node:path";
import { powershell } from "./powershell";
import { run } from "./run";

/** Something in a script that a version of PowerShell or of .NET may lack. */
export interface Use {
  readonly what: string;
  readonly name: string;
  readonly line: number;
  /** The first line of it. */
  readonly text: string;
  readonly details: readonly string[];
}

/** What each file uses, read by the engine's own parser; one process reads them all. */
export async function readScripts(files: readonly string[]): Promise<Record<string, Use[]>> {
  const script = join(__dirname, "powershell-floor.ps1");
  const result = await run(await powershell(), ["-NoProfile", "-NonInteractive", "-File", script, ...files], {
    timeoutMs: 120_000,
  });
  if (result.code !== 0) throw new Error(`The scripts could not be read:\n${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout) as Record<string, Use[]>;
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const lowerSet = (text: string): Set<string> => new Set(words(text.toLowerCase()));

const SYNTAX = new Set(
  words(`
    ArrayExpression ArrayLiteral AssignmentStatement Attribute AttributedExpression BinaryExpression BlockStatement
    BreakStatement CatchClause Command CommandExpression CommandParameter ConstantExpression ContinueStatement
    ConvertExpression DataStatement DoUntilStatement DoWhileStatement ExitStatement ExpandableStringExpression
    FileRedirection ForEachStatement ForStatement FunctionDefinition Hashtable IfStatement IndexExpression
    InvokeMemberExpression MemberExpression MergingRedirection NamedAttributeArgument NamedBlock ParamBlock Parameter
    ParenExpression Pipeline ReturnStatement ScriptBlock ScriptBlockExpression StatementBlock
    StringConstantExpression SubExpression SwitchStatement ThrowStatement Trap TryStatement TypeConstraint
    TypeExpression UnaryExpression UsingExpression VariableExpression WhileStatement`).map(
    (name) => `${name}Ast`,
  ),
);
const BLOCKS = new Set(words("Begin Process End Dynamicparam"));
const STREAMS = new Set(words("All Output Error Warning Verbose Debug"));
const NEWER_OPERATORS: Record<string, string> = {
  QuestionQuestion: "?? came with PowerShell 7",
  QuestionQuestionEquals: "??= came with PowerShell 7",
  NullConditional: "?. and ?[ came with PowerShell 7",
  LeadingPipe: "a pipe at the beginning of a line came with PowerShell 7",
  Background: "& at the end of a line came with PowerShell 6",
  GenericTypeArguments: "type arguments of a method came with PowerShell 7.3",
};
const NEWER_VARIABLES = lowerSet(`
  EnabledExperimentalFeatures InformationPreference IsCoreCLR IsLinux IsMacOS IsWindows PSEdition
  PSNativeCommandArgumentPassing PSNativeCommandUseErrorActionPreference PSStyle`);
// Where, ForEach: version 4. The others make code of text.
const FORBIDDEN_METHODS = lowerSet("Where ForEach InvokeScript NewScriptBlock ExpandString");

// Get-Verb of version 3.0.
const VERBS = new Set(
  words(`
    Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename
    Reset Resize Search Select Set Show Skip Split Step Switch Undo Unlock Watch
    Connect Disconnect Read Receive Send Write
    Backup Checkpoint Compare Compress Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize
    Limit Merge Mount Out Publish Restore Save Sync Unpublish Update
    Debug Measure Ping Repair Resolve Test Trace
    Approve Assert Complete Confirm Deny Disable Enable Install Invoke Register Request Restart Resume Start Stop Submit
    Suspend Uninstall Unregister Wait
    Block Grant Protect Revoke Unblock Unprotect Use`),
);

const COMMON_PARAMETERS = lowerSet(`
  Confirm Debug ErrorAction ErrorVariable OutBuffer OutVariable Verbose WarningAction WarningVariable WhatIf`);
// Only a switch needs the form with a colon.
const SWITCHES = lowerSet("Confirm Debug Force Skip Verbose WhatIf");

/** The cmdlets that the scripts use, with every parameter that they have in version 3.0. */
const CMDLETS = new Map(
  Object.entries({
    "Add-Member":
      "Force InputObject MemberType Name NotePropertyMembers NotePropertyName NotePropertyValue PassThru SecondValue TypeName Value",
    "ConvertFrom-Json": "InputObject",
    "ConvertTo-Json": "Compress Depth InputObject",
    "Export-ModuleMember": "Alias Cmdlet Function Variable",
    "ForEach-Object": "ArgumentList Begin End InputObject MemberName Process RemainingScripts",
    "Get-CimInstance":
      "Association CimSession ClassName ComputerName Filter InputObject KeyOnly Namespace OperationTimeoutSec Property Query " +
      "QueryDialect ResourceUri ResultClassName Shallow",
    "Get-Command":
      "Name Verb Noun Module All CommandType TotalCount Syntax ArgumentList ListImported ParameterName ParameterType",
    "Get-EventSubscriber": "Force SourceIdentifier SubscriptionId",
    "Get-Variable": "Exclude Include Name Scope ValueOnly",
    "Import-Module":
      "Alias ArgumentList AsCustomObject Assembly CimNamespace CimResourceUri CimSession Cmdlet DisableNameChecking Force " +
      "Function Global MinimumVersion ModuleInfo Name NoClobber PassThru Prefix PSSession RequiredVersion Scope Variable",
    "Import-PSSession":
      "AllowClobber ArgumentList Certificate CommandName CommandType DisableNameChecking FormatTypeName Module Prefix Session",
    "Invoke-Command":
      "AllowRedirection ApplicationName ArgumentList AsJob Authentication CertificateThumbprint ComputerName ConfigurationName " +
      "ConnectionUri Credential Disconnected EnableNetworkAccess FilePath HideComputerName InDisconnectedSession InputObject " +
      "JobName NoNewScope Port ScriptBlock Session SessionName SessionOption ThrottleLimit UseSSL",
    "Join-Path": "ChildPath Credential Path Resolve UseTransaction",
    "New-Object": "ArgumentList ComObject Property Strict TypeName",
    "New-PSSession":
      "AllowRedirection ApplicationName Authentication CertificateThumbprint ComputerName ConfigurationName ConnectionUri " +
      "Credential EnableNetworkAccess Name Port Session SessionOption ThrottleLimit UseSSL",
    "Remove-Module": "Force ModuleInfo Name",
    "Select-Object": "ExcludeProperty ExpandProperty First Index InputObject Last Property Skip Unique Wait",
    "Set-StrictMode": "Off Version",
    "Sort-Object": "CaseSensitive Culture Descending InputObject Property Unique",
    "Split-Path":
      "Credential IsAbsolute Leaf LiteralPath NoQualifier Parent Path Qualifier Resolve UseTransaction",
    "Start-Sleep": "Milliseconds Seconds",
    "Where-Object":
      "CContains CEQ CGE CGT CIn CLE CLike CLT CMatch CNE CNotContains CNotIn CNotLike CNotMatch Contains EQ FilterScript " +
      "GE GT In InputObject Is IsNot LE Like LT Match NE NotContains NotIn NotLike NotMatch Property Value",
  }).map(([name, parameters]) => [name.toLowerCase(), lowerSet(parameters)]),
);

/** Pester's commands, with the parameters that the tests of the scripts use. */
export const PESTER: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    AfterAll: "",
    AfterEach: "",
    BeforeAll: "",
    BeforeDiscovery: "",
    BeforeEach: "",
    Describe: "ForEach",
    "Invoke-Pester": "Configuration",
    It: "ForEach Skip",
    Mock: "",
    "New-PesterConfiguration": "",
    Should:
      "Be BeExactly BeLessThan BeLike BeLikeExactly BeNullOrEmpty BeOfType Exactly Invoke Match MatchExactly Not Throw Times",
  }).map(([name, parameters]) => [name.toLowerCase(), lowerSet(parameters)]),
);

/** Attributes with the named arguments that they have in version 3.0. */
const ATTRIBUTES = new Map(
  Object.entries({
    Alias: "",
    CmdletBinding:
      "ConfirmImpact DefaultParameterSetName HelpUri PositionalBinding RemotingCapability SupportsPaging " +
      "SupportsShouldProcess SupportsTransactions",
    Parameter:
      "HelpMessage HelpMessageBaseName HelpMessageResourceId Mandatory ParameterSetName Position ValueFromPipeline " +
      "ValueFromPipelineByPropertyName ValueFromRemainingArguments",
    ValidateNotNullOrEmpty: "",
    ValidateSet: "IgnoreCase",
  }).map(([name, named]) => [name.toLowerCase(), lowerSet(named)]),
);

/** Names of types that are PowerShell's own words. */
const ACCELERATORS = lowerSet(`
  array bool byte char decimal double guid hashtable int long object ordered psobject ref regex scriptblock string switch type
  uint32 uint64 void`);

/** The types and static members that the scripts use, with the version of the .NET Framework that brought them. */
const FRAMEWORK = versions(`
  1.1 Activator: CreateInstance
  1.1 ArgumentException
  1.1 Array: IndexOf Sort
  1.1 bool: Parse
  1.1 Collections.ArrayList
  1.1 Collections.Hashtable
  1.1 Collections.IDictionary
  2.0 char: IsSurrogatePair
  2.0 Collections.ObjectModel.Collection[Attribute]
  2.0 Collections.Specialized.OrderedDictionary
  1.1 Console: Error OpenStandardError OpenStandardOutput Out SetError SetOut
  2.0 Console: OutputEncoding
  1.1 Convert: FromBase64String
  2.0 Data.Common.DbException
  1.1 DayOfWeek: Tuesday
  1.1 DateTime: Now Parse UtcNow
  1.1 decimal: Parse
  1.1 Diagnostics.Process: GetCurrentProcess GetProcessById
  2.0 Diagnostics.Stopwatch: StartNew
  1.1 Enum: Parse
  1.1 Environment: Exit GetEnvironmentVariable GetFolderPath MachineName NewLine OSVersion UserDomainName UserName
  2.0 Environment: SetEnvironmentVariable
  4.0 Environment: Is64BitOperatingSystem Is64BitProcess
  2.0 EventHandler[Management.Automation.Runspaces.RunspaceStateEventArgs]
  1.1 Exception
  2.0 Globalization.CharUnicodeInfo: GetUnicodeCategory
  1.1 Globalization.CultureInfo: InvariantCulture
  1.1 Guid: NewGuid
  1.1 hashtable: Synchronized
  1.1 IAsyncResult
  1.1 int: Parse
  2.0 int: TryParse
  1.1 InvalidOperationException
  2.0 IO.Compression.CompressionMode: Decompress
  2.0 IO.Compression.GZipStream
  1.1 IO.Directory: CreateDirectory Delete Exists GetFiles
  1.1 IO.File: Copy Create Delete Exists GetLastWriteTimeUtc Move Open
  2.0 IO.File: ReadAllBytes ReadAllText Replace WriteAllBytes WriteAllLines WriteAllText
  1.1 IO.FileStream
  1.1 IO.IOException
  1.1 IO.MemoryStream
  1.1 IO.Path: GetFileName GetFileNameWithoutExtension GetFullPath GetTempPath PathSeparator
  4.0 IO.Path: Combine
  1.1 IO.StreamReader
  1.1 IO.StreamWriter
  1.1 IO.StringWriter
  1.1 IO.TextWriter: Null
  2.0 Net.Dns: GetHostEntry
  1.1 Net.Sockets.SocketException
  1.1 Math: Ceiling Min Round
  1.1 object: ReferenceEquals
  1.1 Random
  1.1 Reflection.Assembly: Load
  1.1 Reflection.AssemblyName
  4.5 Reflection.Emit.AssemblyBuilder: DefineDynamicAssembly
  1.1 Reflection.Emit.OpCodes: Call Ldarg_0 Ldarg_1 Ldarg_2 Ret
  1.1 regex: Match Matches
  1.1 Runtime.InteropServices.COMException
  1.1 Runtime.InteropServices.Marshal: GetHRForException
  1.1 Runtime.Serialization.FormatterServices: GetUninitializedObject
  3.5 Runtime.Serialization.Json.JsonReaderWriterFactory: CreateJsonReader CreateJsonWriter
  2.0 Security.Cryptography.X509Certificates.X509Certificate2
  2.0 Security.SecureString
  2.0 Security.Principal.NTAccount
  1.1 Security.Principal.WindowsIdentity: GetCurrent
  1.1 Security.SecurityElement: Escape
  1.1 string: Concat Equals
  2.0 string: IsNullOrEmpty
  2.0 StringComparer: Ordinal OrdinalIgnoreCase
  2.0 StringComparison: Ordinal OrdinalIgnoreCase
  1.1 SystemException
  1.1 Text.Encoding: UTF8
  1.1 Text.RegularExpressions.MatchEvaluator
  1.1 Text.RegularExpressions.Regex: Unescape
  1.1 Text.StringBuilder
  1.1 Text.UTF8Encoding
  1.1 Threading.ManualResetEvent
  2.0 Security.AccessControl.MutexAccessRule
  2.0 Security.AccessControl.MutexSecurity
  2.0 Security.Principal.SecurityIdentifier
  1.1 Threading.Mutex
  2.0 Threading.Mutex: OpenExisting
  1.1 Threading.Thread: CurrentThread Sleep
  1.1 TimeoutException
  1.1 TimeSpan: FromMilliseconds FromMinutes FromSeconds Zero
  1.1 uint64: MaxValue Parse
  1.1 Uri
  1.1 ValueType
  1.1 Version
  1.1 UnauthorizedAccessException
  1.1 Xml.XmlDocument
  1.1 Xml.XmlWriter
  2.0 Xml.XmlWriter: Create
  2.0 Xml.XmlWriterSettings
  3.0 Xml.XmlDictionaryReaderQuotas: Max
`);

/** The same of PowerShell's own types, with its version. */
const ENGINE = versions(`
  1.0 Management.Automation.CommandNotFoundException
  1.0 Management.Automation.ErrorRecord
  3.0 Management.Automation.Language.CommandAst
  3.0 Management.Automation.Language.CommandParameterAst
  3.0 Management.Automation.Language.MemberExpressionAst
  3.0 Management.Automation.Language.NullString: Value
  3.0 Management.Automation.Language.Parser: ParseFile
  3.0 Management.Automation.Language.ScriptBlockExpressionAst
  3.0 Management.Automation.Language.StringConstantExpressionAst
  1.0 Management.Automation.LanguagePrimitives: ConvertTo
  1.0 Management.Automation.ParameterAttribute
  1.0 Management.Automation.ParameterBindingException
  1.0 Management.Automation.PSCredential
  1.0 Management.Automation.PSCustomObject
  1.0 Management.Automation.PSNoteProperty
  1.0 Management.Automation.PSScriptMethod
  3.0 Management.Automation.PSSerializer: Deserialize Serialize
  1.0 Management.Automation.RemoteException
  2.0 Management.Automation.Remoting.PSRemotingTransportException
  2.0 Management.Automation.Remoting.PSSessionOption
  1.0 Management.Automation.RuntimeDefinedParameter
  1.0 Management.Automation.RuntimeDefinedParameterDictionary
  1.0 Management.Automation.ValidateSetAttribute
  2.0 Management.Automation.Runspaces.InitialSessionState: Create
  1.0 Management.Automation.Runspaces.Runspace: DefaultRunspace
  1.0 Management.Automation.Runspaces.RunspaceStateEventArgs
  2.0 Management.Automation.Runspaces.SessionStateFunctionEntry
  3.0 PowerShell: Create
  1.0 psobject: AsPSObject
  1.0 xml
`);

function versions(table: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of table.trim().split("\n")) {
    const [version, type, ...members] = words(row.toLowerCase().replace(/:(\s|$)/, " "));
    if (!found.has(type)) found.set(type, Number(version));
    for (const member of members) found.set(`${type}::${member}`, Number(version));
  }
  return found;
}

/** What the scripts may take for granted. */
export interface Floor {
  /** Functions of the scripts, with the names of their parameters, in lower case. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Version of the .NET Framework. */
  readonly framework: number;
}

/** The functions that these files define. */
export function functionsOf(uses: readonly Use[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, details } of uses.filter((use) => use.what === "function")) {
    const known = found.get(name.toLowerCase()) ?? [];
    found.set(name.toLowerCase(), new Set([...known, ...details.map((each) => each.toLowerCase())]));
  }
  return found;
}

/** What is wrong with the file as a text: Windows PowerShell reads a file without a mark in the code page of the machine. */
export function faultsOfText(bytes: Buffer): string[] {
  const lines = bytes.toString("latin1").split("\n");
  return [
    ...complain(!/^# \S.{10,}/.test(lines[0]), "the first line does not say what lives in the file"),
    ...lines.flatMap((line, index) => {
      const odd = /[^\t\r\x20-\x7e]/.exec(line);
      return odd ? [`line ${index + 1}: the byte ${odd[0].charCodeAt(0)} is not of ASCII`] : [];
    }),
  ];
}

/** Whether the file sets the strict mode in which all of ours run. */
export function setsStrictMode(uses: readonly Use[]): boolean {
  return uses.some((use) => use.what.startsWith("command") && use.text === "Set-StrictMode -Version 2");
}

/** A sentence for everything that is beyond the floor. */
export function beyond(uses: readonly Use[], floor: Floor): string[] {
  return uses.flatMap((use) => judge(use, floor).map((wrong) => `line ${use.line}: ${wrong}: ${use.text}`));
}

type Judge = (use: Use, floor: Floor) => string[];

const complain = (wrong: boolean, message: string): string[] => (wrong ? [message] : []);

const JUDGES: Record<string, Judge> = {
  error: ({ name }) => [`does not parse (${name})`],
  syntax: ({ name }) => complain(!SYNTAX.has(name), `${name} is no syntax of version 3.0`),
  block: ({ name }) => complain(!BLOCKS.has(name), `the block ${name} is no block of version 3.0`),
  stream: ({ name }) => complain(!STREAMS.has(name), `the stream ${name} is no stream of version 3.0`),
  operator: ({ name, details }) => [
    ...complain(name in NEWER_OPERATORS, NEWER_OPERATORS[name]),
    ...complain(name === "DotDot" && details[0] === "String", "a range of characters came with PowerShell 6"),
  ],
  number: ({ name }) =>
    complain(
      !/^[+-]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?d?)l?(?:kb|mb|gb|tb|pb)?$/i.test(name),
      "this form of a number is none of version 3.0",
    ),
  escape: ({ name }) => complain(/[eu]$/.test(name), `the escape ${name} came with PowerShell 6`),
  requirement: ({ name, details }) =>
    complain(
      name !== "RequiredModules" && !(name === "RequiredPSVersion" && parseFloat(details[0]) <= 3),
      `#requires asks for ${name} ${details[0]}`,
    ),
  function: ({ name }) => complain(!VERBS.has(name.split("-")[0]), `${name} begins with no approved verb`),
  variable: ({ name }) =>
    complain(NEWER_VARIABLES.has(name.toLowerCase()), `$${name} is no variable of version 3.0`),
  method: ({ name, text }) => [
    ...complain(
      FORBIDDEN_METHODS.has(name.toLowerCase()),
      `the method ${name} is newer, or makes code of text`,
    ),
    ...complain(/AddScript\((?!\{)/i.test(text), "the script for AddScript is not written here"),
  ],
  type: ({ name }, floor) => judgeType(name, floor),
  static: ({ name }, floor) => judgeVersion(name, floor),
  attribute: ({ name, details }) => judgeAttribute(name, details),
};

function judge(use: Use, floor: Floor): string[] {
  return use.what.startsWith("command ") ? judgeCommand(use, floor) : (JUDGES[use.what]?.(use, floor) ?? []);
}

function judgeType(name: string, floor: Floor): string[] {
  const plain = name.toLowerCase().replace(/\[\]$/, "");
  return ACCELERATORS.has(plain) ? [] : judgeVersion(plain, floor);
}

function judgeVersion(name: string, { framework }: Floor): string[] {
  const key = name.toLowerCase().replace(/\bsystem\./g, "");
  const version = FRAMEWORK.get(key);
  if (version !== undefined) {
    return complain(version > framework, `[${name}] came with .NET Framework ${version}, after ${framework}`);
  }
  const engine = ENGINE.get(key);
  if (engine === undefined) return [`[${name}] is not in the tables of test/support/powershell-floor.ts`];
  return complain(engine > 3, `[${name}] came with PowerShell ${engine}`);
}

function judgeAttribute(name: string, details: readonly string[]): string[] {
  const named = ATTRIBUTES.get(name.toLowerCase());
  if (!named) return [`the attribute ${name} is not in the table of test/support/powershell-floor.ts`];
  return details
    .filter((each) => !named.has(each.toLowerCase()))
    .map((each) => `the attribute ${name} has no ${each} in version 3.0`);
}

function judgeCommand({ name, details, text }: Use, floor: Floor): string[] {
  const key = name.toLowerCase().replace(/^microsoft\.powershell\.(?:core|utility)\\/, "");
  const parameters = floor.functions.get(key) ?? CMDLETS.get(key);
  // A name that is a value has its parameters in a table, which the engine binds when it runs.
  if (name !== "" && !parameters) {
    return [
      `${name} is no function of the scripts, and not in the table of cmdlets of version 3.0 (an alias?)`,
    ];
  }
  return [
    ...details
      .filter((word) => word.startsWith("-"))
      .flatMap((word) => judgeParameter(name, word, parameters)),
    ...(key === "new-object" ? judgeNewObject(details, text, floor) : []),
  ];
}

function judgeParameter(command: string, word: string, parameters?: ReadonlySet<string>): string[] {
  const [, name, colon] = /^-([^:]*)(.*)$/.exec(word) as RegExpExecArray;
  const key = name.toLowerCase();
  return [
    ...complain(
      !COMMON_PARAMETERS.has(key) && !parameters?.has(key),
      `${command || "&"} has no parameter ${name} in version 3.0 (or it is shortened)`,
    ),
    ...complain(
      colon !== "" && !SWITCHES.has(key),
      `-${name} takes its value after a colon, and is no switch`,
    ),
    ...complain(/\s/.test(colon), `-${name} has white space after its colon`),
  ];
}

function judgeNewObject(details: readonly string[], text: string, floor: Floor): string[] {
  const type = details[details.findIndex((word) => word.toLowerCase() === "-typename") + 1] ?? "?";
  return type.startsWith("=") ? judgeType(type.slice(1), floor) : [`the type is not written here: ${text}`];
}
