// The simulated Lync Server: parameters, rules, prompts and results of its cmdlets in a real PowerShell, and what they
// leave in its state. Faults, processes, products and WMI have their tests in the folder simulator.
import {
  ask,
  BINDING,
  FEDERATED,
  newLync,
  PROCEDURE,
  PROVIDER,
  PUSH,
  removeLyncs,
  RULE,
} from "../simulator/ask";

afterEach(removeLyncs);

test("the six steps of the procedure make both tests succeed", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    before: `[string] (${FEDERATED}).Result`,
    steps: PROCEDURE,
    federated: `${FEDERATED} | ForEach-Object { $_.TargetFqdn, [string] $_.Result, $_.Latency.GetType().Name, $_.Error }`,
    push: `[string] (${PUSH}).Result`,
  });
  expect(answers.before.output).toEqual(["Failure"]);
  expect(answers.steps).toMatchObject({ output: [], errors: [], thrown: null });
  expect(answers.federated.output).toEqual(["accessproxy.contoso.com", "Success", "TimeSpan", ""]);
  expect(answers.push.output).toEqual(["Success"]);
});

test("the log holds the mutating calls with their exact parameters, the counters all calls", async () => {
  const lync = newLync();
  await ask(lync, {
    all: `${PROVIDER} -SipClientPort 444 -Confirm:$false -ErrorAction Stop; ${FEDERATED}; ${FEDERATED}`,
  });
  expect(lync.log()).toEqual([
    {
      seq: 1,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pid: expect.any(Number),
      cmdlet: "New-CsHostingProvider",
      parameters: {
        Identity: "LyncOnline",
        Enabled: true,
        ProxyFqdn: "sipfed.online.lync.com",
        VerificationLevel: "UseSourceVerification",
        SipClientPort: 444,
      },
      phase: "effect",
    },
  ]);
  expect(lync.calls("Test-CsFederatedPartner")).toBe(2);
  expect(lync.calls("New-CsHostingProvider")).toBe(1);
  expect(lync.calls("Get-CsSite")).toBe(0);
  lync.clearLog();
  expect(lync.log()).toEqual([]);
});

test("a hosting provider has the real defaults and types", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    made: "New-CsHostingProvider -Identity 'Fabrikam, Inc.' -Enabled $false -ProxyFqdn proxy.fabrikam.com",
    types: `$p = Get-CsHostingProvider 'FABRIKAM, INC.'
      $p.PSObject.TypeNames[0]; [string] $p.VerificationLevel; $p.VerificationLevel.GetType().IsEnum; $p.SipClientPort.GetType().Name`,
    set: "Set-CsHostingProvider 'fabrikam, inc.' -Enabled $true -HostsOCSUsers $true -VerificationLevel alwaysunverifiable -AutodiscoverUrl https://a/",
    disable: "Disable-CsHostingProvider 'Fabrikam, Inc.'",
  });
  expect(answers.made.output).toEqual([
    expect.objectContaining({
      Identity: "Fabrikam, Inc.",
      Name: "Fabrikam, Inc.",
      EnabledSharedAddressSpace: false,
    }),
  ]);
  expect(answers.types.output).toEqual([
    "Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayHostingProvider",
    "AlwaysVerifiable",
    true,
    "UInt64",
  ]);
  expect(lync.state().hostingProviders).toEqual([
    {
      Identity: "Fabrikam, Inc.",
      ProxyFqdn: "proxy.fabrikam.com",
      VerificationLevel: "AlwaysUnverifiable",
      Enabled: false,
      EnabledSharedAddressSpace: false,
      HostsOCSUsers: true,
      IsLocal: false,
      AutodiscoverUrl: "https://a/",
      SipClientPort: 443,
    },
  ]);
});

test("parameters that the real cmdlets lack do not bind", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    proxy: "Set-CsHostingProvider LyncOnline -ProxyFqdn a.example.com",
    level: "New-CsAllowedDomain a.example.com -VerificationLevel AlwaysVerifiable",
    levelOfSet: "Set-CsAllowedDomain a.example.com -VerificationLevel AlwaysVerifiable",
    cache: "Set-CsAccessEdgeConfiguration -DnsSrvCacheRecordCount 5",
    mandatory: "New-CsHostingProvider -Identity a -Enabled $true",
    empty: "New-CsAllowedDomain -Identity ''",
    nonsense: "New-CsHostingProvider a -Enabled $true -ProxyFqdn a.example.com -VerificationLevel Nonsense",
    text: "Set-CsAccessEdgeConfiguration -AllowFederatedUsers 'True'",
    sets: "Set-CsAccessEdgeConfiguration -Identity global -UseDnsSrvRouting -EnablePartnerDiscovery $true",
    both: "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -UseDefaultRouting",
    either: "Get-CsAllowedDomain -Identity a.example.com -Filter a*",
  });
  for (const answer of Object.values(answers))
    expect(answer.thrown).toMatch(/ParameterBinding|ParameterArgument/);
  expect(answers.proxy.thrown).toBe(BINDING);
  expect(lync.log()).toEqual([]);
});

test("identities and proxies are unique over hosting and public providers", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    setup: `${PROVIDER} > $null; New-CsPublicProvider Pub -ProxyFqdn pub.example.com -Enabled $true > $null`,
    identity: "New-CsHostingProvider LYNCONLINE -Enabled $true -ProxyFqdn other.example.com",
    proxy: "New-CsHostingProvider Other -Enabled $true -ProxyFqdn SIPFED.online.lync.com",
    publicIdentity: "New-CsHostingProvider pub -Enabled $true -ProxyFqdn other.example.com",
    publicProxy: "New-CsHostingProvider Other -Enabled $true -ProxyFqdn PUB.example.com",
    public: "New-CsPublicProvider lynconline -Enabled $true -ProxyFqdn other.example.com",
    ip: "New-CsHostingProvider Other -Enabled $true -ProxyFqdn 10.0.0.1",
    after:
      "Remove-CsPublicProvider PUB -Confirm:$false; New-CsHostingProvider pub -Enabled $true -ProxyFqdn pub.example.com > $null",
  });
  for (const name of ["identity", "proxy", "publicIdentity", "publicProxy", "public", "ip"] as const) {
    expect({ name, errors: answers[name].errors }).toEqual({ name, errors: [RULE] });
  }
  expect(lync.state().hostingProviders.map((provider) => provider.Identity)).toEqual(["LyncOnline", "pub"]);
  expect(lync.state().publicProviders).toEqual([]);
});

test("a domain is on the allowed or on the blocked list, once", async () => {
  const lync = newLync((state) => state.blockedDomains.push({ Identity: "bad.example.com", Comment: null }));
  const answers = await ask(lync, {
    add: "New-CsAllowedDomain -Domain a.example.com -ProxyFqdn edge.example.com -Comment c -MarkForMonitoring $true > $null",
    again: "New-CsAllowedDomain A.example.com",
    blocked: "New-CsAllowedDomain BAD.example.com",
    block: "New-CsBlockedDomain a.example.com",
    invalid: "New-CsAllowedDomain 'not a domain'",
    unblock:
      "Remove-CsBlockedDomain bad.example.com -Confirm:$false; New-CsAllowedDomain bad.example.com > $null",
    clear: "Set-CsAllowedDomain a.example.com -ProxyFqdn '' -Comment ''",
    missing:
      "Set-CsAllowedDomain nobody.example.com -Comment c; Remove-CsAllowedDomain nobody.example.com -Confirm:$false",
  });
  for (const name of ["again", "blocked", "block", "invalid"] as const)
    expect(answers[name].errors).toEqual([RULE]);
  expect(answers.missing.errors).toEqual([RULE, RULE]);
  expect(lync.state().allowedDomains).toEqual([
    { Identity: "a.example.com", ProxyFqdn: null, Comment: "", MarkForMonitoring: true },
    { Identity: "bad.example.com", ProxyFqdn: null, Comment: null, MarkForMonitoring: false },
  ]);
  expect(lync.log().map((entry) => entry.phase)).toEqual([
    ...["effect", "error", "error", "error", "error", "effect", "effect", "effect", "error", "error"],
  ]);
});

test("what is missing is an error by identity and none by filter", async () => {
  const answers = await ask(newLync(), {
    identity: "Get-CsHostingProvider -Identity nobody; 'goes on'",
    filter: "Get-CsHostingProvider -Filter nobody*; Get-CsHostingProvider; 'goes on'",
    variable:
      "Get-CsAllowedDomain nobody.example.com -ErrorAction SilentlyContinue -ErrorVariable found; $found.Count",
    preference: "$ErrorActionPreference = 'Stop'; Get-CsAllowedDomain nobody.example.com; 'goes on'",
    silent: "$ErrorActionPreference = 'SilentlyContinue'; Get-CsAllowedDomain nobody.example.com; 'goes on'",
  });
  expect(answers.identity).toMatchObject({ errors: [RULE], output: ["goes on"] });
  expect(answers.filter).toMatchObject({ errors: [], output: ["goes on"] });
  expect(answers.variable.output).toEqual([1]);
  expect(answers.preference).toMatchObject({ output: [], thrown: RULE });
  expect(answers.silent).toMatchObject({ errors: [], output: ["goes on"] });
});

test("removing asks, which fails where there is nobody to answer", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    setup: `1..3 | ForEach-Object { New-CsAllowedDomain "a$_.example.com" > $null }`,
    asks: "Remove-CsAllowedDomain a1.example.com",
    force: "Remove-CsAllowedDomain a1.example.com -Force",
    whatIf:
      "Remove-CsAllowedDomain a1.example.com -Confirm:$false -WhatIf; Set-CsAllowedDomain a1.example.com -Comment c -WhatIf",
    noAsking: "Remove-CsAllowedDomain a1.example.com -Confirm:$false",
    preference: "$ConfirmPreference = 'None'; Remove-CsAllowedDomain a2.example.com",
    piped:
      "Get-CsAllowedDomain -Filter A3* | Set-CsAllowedDomain -Comment piped; (Get-CsAllowedDomain).Comment",
    pipedAway: "Get-CsAllowedDomain | Remove-CsAllowedDomain -Confirm:$false",
  });
  expect(answers.asks.thrown).not.toBeNull();
  expect(answers.force.thrown).not.toBeNull();
  expect(answers.noAsking.thrown).toBeNull();
  expect(answers.preference.thrown).toBeNull();
  expect(answers.piped.output).toEqual(["piped"]);
  expect(lync.state().allowedDomains).toEqual([]);
  expect(lync.log().filter((entry) => entry.parameters.Identity === "a1.example.com")).toHaveLength(2);
});

test("an object in memory becomes real by Set- -Instance", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    inMemory: `$x = ${PROVIDER} -InMemory; @(Get-CsHostingProvider).Count`,
    real: `$x = ${PROVIDER} -InMemory; $x.Enabled = $false; Set-CsHostingProvider -Instance $x; (Get-CsHostingProvider).Enabled`,
    proxy: "$x = Get-CsHostingProvider; $x.ProxyFqdn = 'other.example.com'; $x | Set-CsHostingProvider",
  });
  expect(answers.inMemory.output).toEqual([0]);
  expect(answers.real.output).toEqual([false]);
  expect(answers.proxy.errors).toEqual([RULE]);
  expect(lync.log().map((entry) => entry.phase)).toEqual(["effect", "error"]);
});

test("push notification settings are global or of a site that exists", async () => {
  const lync = newLync();
  const answers = await ask(lync, {
    site: "New-CsPushNotificationConfiguration site:REDMOND -EnableApplePushNotificationService $true > $null",
    again: "New-CsPushNotificationConfiguration site:Redmond",
    global: "New-CsPushNotificationConfiguration global",
    nowhere: "New-CsPushNotificationConfiguration site:Nowhere",
    noScope: "Set-CsPushNotificationConfiguration Redmond -EnableApplePushNotificationService $true",
    set: `Set-CsPushNotificationConfiguration -EnableApplePushNotificationService $true
      Set-CsPushNotificationConfiguration GLOBAL -EnableMicrosoftPushNotificationService $true
      Set-CsPushNotificationConfiguration site:redmond -EnableMicrosoftPushNotificationService $true`,
    list: "(Get-CsPushNotificationConfiguration).Identity; @(Get-CsPushNotificationConfiguration -Filter site:*).Count",
  });
  for (const name of ["again", "global", "nowhere", "noScope"] as const)
    expect(answers[name].errors).toEqual([RULE]);
  expect(answers.list.output).toEqual(["Global", "Site:Redmond", 1]);
  const on = { EnableApplePushNotificationService: true, EnableMicrosoftPushNotificationService: true };
  expect(lync.state().pushNotificationConfigurations).toEqual([
    { Identity: "Global", ...on },
    { Identity: "Site:Redmond", ...on },
  ]);

  const removed = await ask(lync, {
    remove: `Remove-CsPushNotificationConfiguration global -Confirm:$false
      Remove-CsPushNotificationConfiguration site:redmond -Confirm:$false`,
    gone: "Get-CsPushNotificationConfiguration site:Redmond",
    sites: "Get-CsSite; (Get-CsSite redmond).DisplayName; Get-CsSite site:Nowhere",
  });
  expect(removed.gone.errors).toEqual([RULE]);
  expect(removed.sites).toMatchObject({ output: [{ Identity: "Site:Redmond" }, "Redmond"], errors: [RULE] });
  expect(lync.state().pushNotificationConfigurations).toEqual([
    {
      Identity: "Global",
      EnableApplePushNotificationService: false,
      EnableMicrosoftPushNotificationService: false,
    },
  ]);
});

test("the way of routing decides which Access Edge settings there are", async () => {
  const lync = newLync();
  const show =
    "$e = Get-CsAccessEdgeConfiguration; [string] $e.RoutingMethod; $e.PSObject.Properties.Name -like '*Discovery'";
  const answers = await ask(lync, {
    dns: show,
    providers: `${PROVIDER} > $null; Set-CsAccessEdgeConfiguration -UseDefaultRouting -DefaultRouteFqdn r.example.com`,
    noFqdn:
      "Remove-CsHostingProvider LyncOnline -Confirm:$false; Set-CsAccessEdgeConfiguration -UseDefaultRouting",
    default:
      "Set-CsAccessEdgeConfiguration -UseDefaultRouting -DefaultRouteFqdn r.example.com -VerificationLevel AlwaysVerifiable",
    shown: `${show}; $e.DefaultRouteFqdn; [string] $e.VerificationLevel`,
    discovery: "Set-CsAccessEdgeConfiguration -EnablePartnerDiscovery $true",
    noDiscovery: "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting",
    flag: "Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true",
    back: "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery $true; Get-CsAccessEdgeConfiguration global",
    instance:
      "$i = Get-CsAccessEdgeConfiguration; $i.AllowAnonymousUsers = $true; $i | Set-CsAccessEdgeConfiguration; (Get-CsAccessEdgeConfiguration).AllowAnonymousUsers",
    range: "Set-CsAccessEdgeConfiguration -OutgoingTlsCountForFederatedPartners 5",
  });
  expect(answers.dns.output).toEqual(["UseDnsSrvRouting", "EnablePartnerDiscovery"]);
  for (const name of ["providers", "noFqdn", "discovery", "noDiscovery", "range"] as const) {
    expect({ name, errors: answers[name].errors }).toEqual({ name, errors: [RULE] });
  }
  expect(answers.shown.output).toEqual(["UseDefaultRouting", "r.example.com", "AlwaysVerifiable"]);
  expect(answers.instance.output).toEqual([true]);
  expect(answers.back.output).toEqual([
    expect.objectContaining({
      EnablePartnerDiscovery: true,
      AllowFederatedUsers: true,
      AllowOutsideUsers: true,
    }),
  ]);
});

test("a test says why it fails, and never throws", async () => {
  const lync = newLync();
  const result = (command: string) => `$r = ${command}; [string] $r.Result; $r.Error -ne ''`;
  const answers = await ask(lync, {
    host: result("Test-CsFederatedPartner -TargetFqdn nobody.contoso.com -Domain push.lync.com"),
    off: result(FEDERATED),
    domain: `Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true; ${result(FEDERATED)}`,
    provider: `New-CsAllowedDomain push.lync.com > $null; ${result(FEDERATED)}`,
    noProxy: result("Test-CsFederatedPartner accessproxy.contoso.com PUSH.lync.com"),
    disabled: `${PROVIDER} > $null; Disable-CsHostingProvider LyncOnline; ${result(FEDERATED)}`,
    push: `Enable-CsHostingProvider LyncOnline; ${result(PUSH)}`,
    apple: `Set-CsPushNotificationConfiguration -EnableApplePushNotificationService $true; ${result(PUSH)}`,
    logger: `${FEDERATED} -OutLoggerVariable log -OutVerboseVariable text > $null
      $log.ToHTML() -like '<html>*'; ([xml] $log.ToXML()).Log.Entry.Count; @($text).Count`,
  });
  const failure = { output: ["Failure", true], thrown: null, errors: [] };
  for (const name of ["host", "off", "domain", "provider", "disabled", "push"] as const) {
    expect({ name, ...answers[name] }).toMatchObject({ name, ...failure });
  }
  expect(answers.noProxy.output).toEqual(["Success", false]);
  expect(answers.apple.output).toEqual(["Success", false]);
  expect(answers.logger.output).toEqual([true, 2, 2]);
});

test("results of tests can be forced, each once", async () => {
  const lync = newLync((state) => {
    const cmdlet = "Test-CsFederatedPartner";
    state.testResults.push({ cmdlet, result: "Success" });
    state.testResults.push({
      cmdlet,
      result: "Failure",
      error: "504, Server time-out",
      diagnosis: "ErrorCode=1010",
    });
  });
  const show = `$r = ${FEDERATED}; [string] $r.Result; $r.Error; $r.Diagnosis`;
  const answers = await ask(lync, { first: show, second: show, third: `[string] (${PUSH}).Result` });
  expect(answers.first.output).toEqual(["Success", "", ""]);
  expect(answers.second.output).toEqual(["Failure", "504, Server time-out", "ErrorCode=1010"]);
  expect(answers.third.output).toEqual(["Failure"]);
  expect(lync.state().testResults).toEqual([]);
});

test("a forced result that throws does so with its type, and is used up by it", async () => {
  const throws = "Microsoft.Rtc.Signaling.FailureResponseException";
  const lync = newLync((state) => {
    for (const cmdlet of ["Test-CsFederatedPartner", "Test-CsMcxPushNotification"] as const)
      state.testResults.push({ cmdlet, result: "Failure", error: "504", throws, logs: true });
  });
  const id = `try { ${FEDERATED} -OutLoggerVariable log } catch { $_.FullyQualifiedErrorId; $log.ToHTML() -like '*504*' }`;
  const answers = await ask(lync, { federation: id, push: PUSH });
  expect(answers.federation.output).toEqual([expect.stringMatching(/^WorkflowNotCompleted,/), true]);
  expect(answers.push).toMatchObject({ thrown: throws, message: "504", output: [] });
  expect(lync.state().testResults).toEqual([]);
});

test("a change reaches the Edge after the delay", async () => {
  const lync = newLync((state) => (state.replication.delaySeconds = 3600));
  const status = "(Get-CsManagementStoreReplicationStatus).UpToDate";
  const answers = await ask(lync, {
    before: status,
    change: `${PROCEDURE}; ${status}`,
    early: `[string] (${FEDERATED}).Result; (Get-CsAccessEdgeConfiguration).AllowFederatedUsers`,
    nobody: "Get-CsManagementStoreReplicationStatus nobody.contoso.com",
    store: "(Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus).ActiveMasterFqdn",
  });
  expect(answers.before.output).toEqual([true, true]);
  expect(answers.change.output).toEqual([false, false]);
  expect(answers.early.output).toEqual(["Failure", true]);
  expect(answers.nobody.errors).toEqual([RULE]);
  expect(answers.store.output).toEqual(["fe01.contoso.com"]);
  expect(lync.state().replication.edgeConfiguration).toMatchObject({ hostingProviders: [] });

  lync.change((state) => (state.replication.delaySeconds = 0));
  const later = await ask(lync, {
    late: `${status}; [string] (${FEDERATED}).Result; [string] (${PUSH}).Result`,
    one: "Get-CsManagementStoreReplicationStatus EDGE01.contoso.com | ForEach-Object { $_.ReplicaFqdn, $_.ProductVersion, ($_.LastStatusReport -ge $_.LastUpdateCreation) }",
  });
  expect(later.late.output).toEqual([true, true, "Success", "Success"]);
  expect(later.one.output).toEqual(["edge01.contoso.com", "5.0.8308.0", true]);
  expect(lync.state().replication.edgeConfiguration).toBeNull();
});

test("a stuck replica goes on when replication is invoked, another one never", async () => {
  const lync = newLync((state) => (state.replication.stuck = ["edge01.contoso.com"]));
  const status = "(Get-CsManagementStoreReplicationStatus).UpToDate";
  const answers = await ask(lync, {
    stuck: `${PROCEDURE}; ${status}; [string] (${FEDERATED}).Result`,
    invoked: `Invoke-CsManagementStoreReplication -ReplicaFqdn edge01.contoso.com; ${status}; [string] (${FEDERATED}).Result`,
  });
  expect(answers.stuck.output).toEqual([false, true, "Failure"]);
  expect(answers.invoked.output).toEqual([true, true, "Success"]);

  lync.change((state) => (state.replication.stuckForever = ["fe01.contoso.com"]));
  const forever = await ask(lync, {
    stuck: `Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true; Invoke-CsManagementStoreReplication; ${status}`,
    edge: `[string] (${FEDERATED}).Result`,
  });
  expect(forever.stuck.output).toEqual([true, false]);
  expect(forever.edge.output).toEqual(["Success"]);
});

test("with a lag a replica shows the status from before until the snapshot is made, and then not up to date", async () => {
  const lync = newLync((state) => {
    state.replication.lagSeconds = 3600;
    state.replication.delaySeconds = 3600;
    state.replication.replicas.forEach((each) => {
      each.LastUpdateCreation = each.LastStatusReport = "2013-02-12T08:00:00.000Z";
    });
  });
  const status =
    "Get-CsManagementStoreReplicationStatus edge01.contoso.com | ForEach-Object { $_.UpToDate, [string] $_.LastUpdateCreation.Year }";
  const due = () =>
    lync.change(({ replication }) =>
      replication.replicas.forEach((each) => (each.snapshotDue &&= "2026-01-01T00:00:00.000Z")),
    );
  const first = await ask(lync, { changed: `${PROCEDURE}; ${status}; [string] (${FEDERATED}).Result` });
  expect(first.changed.output).toEqual([true, "2013", "Failure"]);
  due();
  lync.change((state) => (state.replication.delaySeconds = 1e9));
  expect((await ask(lync, { made: status })).made.output).toEqual([false, "2026"]);
  lync.change((state) => (state.replication.delaySeconds = 0));
  const arrived = await ask(lync, { arrived: `${status}; [string] (${FEDERATED}).Result` });
  expect(arrived.arrived.output).toEqual([true, "2026", "Success"]);

  const invoke = `Invoke-CsManagementStoreReplication; ${status}`;
  lync.change((state) => (state.replication.keepsStatus = true));
  expect((await ask(lync, { kept: invoke })).kept.output).toEqual([true, "2026"]);
  lync.change((state) => (state.replication.keepsStatus = false));
  const dropped = await ask(lync, {
    dropped: invoke.replace("$_.LastUpdateCreation.Year", "$_.LastUpdateCreation"),
  });
  expect(dropped.dropped.output).toEqual([false, ""]);
});
