// What the simulated server can be: another product, of another language, with fewer rights or many domains, an Edge of
// Office Communications Server 2007 R2. And that it keeps every string as it is.
import { ask, BINDING, FEDERATED, newLync, powershell, PROCEDURE, PUSH, removeLyncs, RULE } from "./ask";
import type { OcsEdge } from "../support/simulated-lync";

afterEach(removeLyncs);

const quoted = (text: string) => `'${text.replace(/'/g, "''")}'`;

test("every string is kept, byte for byte", async () => {
  const lync = newLync();
  const texts = [
    `"double" 'single' \`back\` $dollar $(1+1) \${env:PATH} %PATH% {"json": [1]}`,
    "2026-01-01T00:00:00Z",
    "/Date(1700000000000)/ \\/Date(1)\\/ \\ \\n",
    " leading,\ttab, line\nfeed, \r\n trailing ",
    "   ",
    "Zürich, Ελλάδα, 日本, \u{1F600}, e\u0301, \u0001, \u2028, \ufeff",
    "true",
    "x".repeat(40_000),
  ];
  const code = texts.map((text, index) => [
    `text${index}`,
    `New-CsAllowedDomain t${index}.example.com -Comment ${quoted(text)} > $null
     (Get-CsAllowedDomain t${index}.example.com).Comment -ceq ${quoted(text)}`,
  ]);
  const answers = await ask(lync, Object.fromEntries(code));
  expect(Object.values(answers).map((answer) => answer.output)).toEqual(texts.map(() => [true]));
  expect(lync.state().allowedDomains.map((domain) => domain.Comment)).toEqual(texts);
  expect(lync.log().map((entry) => entry.parameters.Comment)).toEqual(texts);

  lync.change((state) =>
    state.allowedDomains.forEach((domain, index) => (domain.Comment = texts[index] + "!")),
  );
  const seeded = texts.map((text, index) => [
    `text${index}`,
    `(Get-CsAllowedDomain t${index}.example.com).Comment -ceq ${quoted(`${text}!`)}`,
  ]);
  expect(Object.values(await ask(lync, Object.fromEntries(seeded))).map((answer) => answer.output)).toEqual(
    texts.map(() => [true]),
  );
});

test("a German server says everything in German, with the same types", async () => {
  const lync = newLync((state) => (state.language = "de"));
  const answers = await ask(lync, {
    missing: "Get-CsAllowedDomain nobody.example.com",
    twice: "New-CsAllowedDomain a.example.com > $null; New-CsAllowedDomain a.example.com",
    test: `(${FEDERATED}).Error`,
  });
  expect(answers.missing).toMatchObject({
    errors: [RULE],
    message: `"nobody.example.com" wurde nicht gefunden.`,
  });
  expect(answers.twice.message).toContain("Domäne");
  expect(answers.test.output).toEqual(["403, Unzulässig: Der Partnerverbund ist deaktiviert."]);
});

test("Skype for Business Server has its own module, VerificationLevel of domains, and in 2019 no push test", async () => {
  const lync = newLync((state) => (state.product = "SkypeForBusinessServer2015"));
  const modules = ["SkypeForBusiness"];
  const answers = await ask(
    lync,
    {
      lync: "Import-Module Lync -ErrorAction Stop",
      level: `New-CsAllowedDomain a.example.com -VerificationLevel AlwaysVerifiable > $null
        Set-CsAllowedDomain a.example.com -VerificationLevel ALWAYSUNVERIFIABLE
        New-CsAllowedDomain b.example.com > $null
        Get-CsAllowedDomain | ForEach-Object { [string] $_.VerificationLevel }`,
      nonsense: "New-CsAllowedDomain c.example.com -VerificationLevel Nonsense",
      edge: "Set-CsAccessEdgeConfiguration -DnsSrvCacheRecordCount 5; (Get-CsAccessEdgeConfiguration).DnsSrvCacheRecordCount",
      procedure: `${PROCEDURE}; [string] (${PUSH}).Result; (Get-Command ${PUSH.split(" ")[0]}).ModuleName`,
    },
    modules,
  );
  expect(answers.lync.thrown).not.toBeNull();
  expect(answers.level.output).toEqual(["AlwaysUnverifiable", "UseSourceVerification"]);
  expect(answers.nonsense.thrown).toMatch(/ParameterBinding/);
  expect(answers.edge.output).toEqual([5]);
  expect(answers.procedure.output).toEqual(["Success", "SkypeForBusiness"]);

  lync.change((state) => (state.product = "SkypeForBusinessServer2019"));
  const later = await ask(
    lync,
    {
      push: PUSH,
      federated: `[string] (${FEDERATED}).Result`,
      version: "(Get-CsManagementStoreReplicationStatus)[0].ProductVersion",
    },
    modules,
  );
  expect(later.push.thrown).toBe("System.Management.Automation.CommandNotFoundException");
  expect(later.federated.output).toEqual(["Success"]);
  expect(later.version.output).toEqual(["7.0.2046.0"]);
});

test("cmdlets can be missing or denied, and the import can take its time", async () => {
  const lync = newLync((state) => {
    state.missingCmdlets = ["Set-CsAccessEdgeConfiguration"];
    state.denied = ["Get-CsSite", "New-CsAllowedDomain"];
    state.importDelaySeconds = 1.2;
  });
  const answers = await ask(
    lync,
    {
      time: "$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module Lync; $w.Elapsed.TotalSeconds -ge 1.2",
      missing: "Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true",
      read: "Get-CsSite",
      write: "New-CsAllowedDomain a.example.com",
    },
    [],
  );
  expect(answers.time.output).toEqual([true]);
  expect(answers.missing.thrown).toBe("System.Management.Automation.CommandNotFoundException");
  expect(answers.read.thrown).toBe("System.UnauthorizedAccessException");
  expect(answers.write.thrown).toBe("System.UnauthorizedAccessException");
  expect(lync.log()).toMatchObject([
    { phase: "error", error: { type: "System.UnauthorizedAccessException" } },
  ]);
});

test("the module is found by the names of its cmdlets, and needs a state file", async () => {
  const lync = newLync();
  const answers = await ask(lync, { auto: "@(Get-CsAllowedDomain).Count; (Get-Module Lync).Name" }, []);
  expect(answers.auto.output).toEqual([0, "Lync"]);
  const result = await powershell(lync, "$ErrorActionPreference = 'Stop'; Import-Module Lync", {
    SIMULATED_LYNC_STATE: "",
  });
  expect(result.code).not.toBe(0);
  expect(result.stdout + result.stderr).toContain("SIMULATED_LYNC_STATE");
});

test("a missing state file becomes that of a fresh server", async () => {
  const fresh = newLync();
  const lync = newLync();
  const file = lync.stateFile.replace("lync.json", "other.json");
  await powershell(lync, "Import-Module Lync; Get-CsSite > $null", { SIMULATED_LYNC_STATE: file });
  Object.defineProperty(lync, "stateFile", { value: file });
  expect(lync.state()).toEqual({ ...fresh.state(), calls: { "Get-CsSite": 1 } });
});

test("two thousand domains are no burden", async () => {
  const lync = newLync((state) => {
    for (let number = 0; number < 2000; number++) {
      const domain = {
        Identity: `d${number}.example.com`,
        ProxyFqdn: null,
        Comment: "one of many",
        MarkForMonitoring: false,
      };
      state.allowedDomains.push(domain);
      const parameters = { Identity: domain.Identity, Comment: domain.Comment };
      state.log.push({
        seq: number + 1,
        time: "2026-01-01T00:00:00.000Z",
        pid: 1,
        cmdlet: "New-CsAllowedDomain",
        parameters,
        phase: "effect",
      });
    }
  });
  const timed = (code: string) => `$w = [Diagnostics.Stopwatch]::StartNew(); ${code}; $w.ElapsedMilliseconds`;
  const answers = await ask(lync, {
    one: "(Get-CsAllowedDomain D1999.example.com).Identity",
    all: `@(Get-CsAllowedDomain).Count; ${timed("Get-CsAllowedDomain > $null")}`,
    add: timed('1..5 | ForEach-Object { New-CsAllowedDomain "new$_.example.com" > $null }'),
  });
  expect(answers.one.output).toEqual(["d1999.example.com"]);
  expect(answers.all.output[0]).toBe(2000);
  expect(answers.all.output[1]).toBeLessThan(5000);
  expect(answers.add.output[0]).toBeLessThan(10_000);
});

const TABLE = "MSFT_SIPFederationPartnerTable";
const SETTING = "MSFT_SIPFederationExternalEdgeSetting";
const WMI = "System.Management.ManagementException";

function ocsEdge(more: Partial<OcsEdge> = {}): OcsEdge {
  const externalEdgeSetting = { InstanceID: "{5A}", EnableFederation: false, AllowOutsideUsers: true };
  return {
    ComputerName: "ocsedge",
    InternalFqdn: "ocsedge.contoso.com",
    partners: [],
    externalEdgeSetting,
    ...more,
  };
}

test("WMI of an Access Edge lists, creates, changes and removes partners", async () => {
  const lync = newLync((state) => state.ocsEdges.push(ocsEdge()));
  const get = `Get-WmiObject -Class ${TABLE} -ComputerName ocsedge`;
  const create = (values: string) =>
    `Set-WmiInstance -Class ${TABLE} -ComputerName ocsedge -Arguments @{${values}}`;
  const partner = "EdgeProxyAddress='sipfed.online.lync.com'; UserVerificationLevel='usesourceverification'";
  const answers = await ask(
    lync,
    {
      nothing: `@(${get}).Count`,
      create: `${create(`Domain='push.lync.com'; ${partner}`)}`,
      again: create(`Domain='PUSH.lync.com'; ${partner}`),
      noLevel: create("Domain='a.example.com'"),
      ip: create("Domain='10.0.0.1'; UserVerificationLevel='AlwaysVerifiable'"),
      unknown: create("Colour='red'"),
      putType: `${create(`Domain='b.example.com'; ${partner}`)} -PutType UpdateOrCreate`,
      filter: `@(${get} -Filter "Domain = 'Push.lync.com' AND EdgeProxyAddress <> 'x'").Count; @(${get} -Filter "Domain='other'").Count`,
      query: `(Get-WmiObject -Query "SELECT * FROM ${TABLE} WHERE Domain='push.lync.com'" -ComputerName ocsedge).Domain`,
      badFilter: `${get} -Filter 'Domain=='`,
      change: `(${get} | Set-WmiInstance -Arguments @{UserVerificationLevel='AlwaysVerifiable'}).UserVerificationLevel`,
      path: `$p = (${get}).__PATH; $p; (Set-WmiInstance -Path $p -Arguments @{EdgeProxyAddress=$null}).EdgeProxyAddress -eq $null`,
      setting: `Get-WmiObject ${SETTING} -ComputerName ocsedge | Set-WmiInstance -Arguments @{EnableFederation=$true} > $null
        $s = Get-WmiObject ${SETTING} -ComputerName ocsedge; $s.EnableFederation; $s.AllowOutsideUsers; $s.InstanceID`,
    },
    ["OcsEdge"],
  );
  expect(answers.nothing.output).toEqual([0]);
  expect(answers.create.output).toMatchObject([
    { Domain: "push.lync.com", UserVerificationLevel: "usesourceverification" },
  ]);
  for (const name of ["again", "noLevel", "ip", "unknown", "badFilter"] as const) {
    expect({ name, errors: answers[name].errors }).toEqual({ name, errors: [WMI] });
  }
  expect(answers.putType.errors).toEqual([RULE]);
  expect(answers.filter.output).toEqual([1, 0]);
  expect(answers.query.output).toEqual(["push.lync.com"]);
  expect(answers.change.output).toEqual(["AlwaysVerifiable"]);
  expect(answers.path.output).toEqual([`\\\\ocsedge\\root\\cimv2:${TABLE}.Domain="push.lync.com"`, true]);
  expect(answers.setting.output).toEqual([true, true, "{5A}"]);

  const removed = await ask(
    lync,
    {
      remove: `${get} | Remove-WmiObject; @(${get}).Count`,
      code: `$o = '\\\\ocsedge\\root\\cimv2:${TABLE}.Domain="push.lync.com"'
        try { Remove-WmiObject -Path $o -ErrorAction Stop } catch { [string] $_.Exception.ErrorCode; $_.FullyQualifiedErrorId }`,
    },
    ["OcsEdge"],
  );
  expect(removed.remove).toMatchObject({ errors: [], output: [0] });
  expect(removed.code.output).toEqual(["NotFound", expect.stringMatching(/^RemoveWMIManagementException,/)]);
  expect(lync.state().ocsEdges[0]).toMatchObject({
    partners: [],
    externalEdgeSetting: { EnableFederation: true },
  });
  expect(lync.log().map((entry) => entry.cmdlet)).toContain("Remove-WmiObject");
});

test("WMI fails as it does for other computers, rights and classes", async () => {
  const lync = newLync((state) => {
    state.ocsEdges.push(ocsEdge({ ComputerName: "closed", accessDenied: true }));
    state.ocsEdges.push(ocsEdge({ ComputerName: "plain", accessEdge: false }));
  });
  const get = (computer: string) => `Get-WmiObject ${TABLE} -ComputerName ${computer}`;
  const answers = await ask(
    lync,
    {
      unknown: `${get("nobody")}; 'goes on'`,
      hresult: `try { ${get("nobody")} -ErrorAction Stop } catch [Runtime.InteropServices.COMException] { '{0:X}' -f $_.Exception.HResult }`,
      denied: get("closed"),
      plain: get("plain"),
      local: get("localhost"),
      id: `try { ${get(".")} -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; [string] $_.CategoryInfo.Category; [string] $_.Exception.ErrorCode }`,
      otherSpace: `${get("plain")} -Namespace root\\other`,
      parameter: `${get("plain")} -Colour red`,
    },
    ["OcsEdge"],
  );
  expect(answers.unknown).toMatchObject({
    errors: ["System.Runtime.InteropServices.COMException"],
    output: ["goes on"],
  });
  expect(answers.hresult.output).toEqual(["800706BA"]);
  expect(answers.denied.thrown).toBe("System.UnauthorizedAccessException");
  for (const name of ["plain", "local", "otherSpace"] as const) expect(answers[name].errors).toEqual([WMI]);
  expect(answers.id.output[0]).toMatch(/^GetWMIManagementException,/);
  expect(answers.id.output.slice(1)).toEqual(["InvalidType", "InvalidClass"]);
  expect(answers.parameter.thrown).toBe(BINDING);
});

test("federation over an Access Edge of 2007 R2 is judged by its own lists", async () => {
  const partner = {
    Domain: "push.lync.com",
    EdgeProxyAddress: "sipfed.online.lync.com",
    UserVerificationLevel: "AlwaysVerifiable",
  };
  const lync = newLync((state) => {
    state.accessEdgeConfiguration.AllowFederatedUsers = true;
    state.ocsEdges.push(ocsEdge());
  });
  const routed = FEDERATED.replace("accessproxy", "ocsedge");
  const test = routed.replace(/ -ProxyFqdn \S+/, "");
  const off = await ask(lync, { test: `[string] (${test}).Result` });
  lync.change((state) => (state.ocsEdges[0].externalEdgeSetting.EnableFederation = true));
  const empty = await ask(lync, { test: `[string] (${test}).Result` });
  lync.change((state) => state.ocsEdges[0].partners.push(partner));
  const listed = await ask(lync, { test: `[string] (${test}).Result` });
  const withProxy = await ask(lync, { test: `[string] (${routed}).Result` });
  expect([off, empty, listed, withProxy].map((answers) => answers.test.output)).toEqual([
    ["Failure"],
    ["Failure"],
    ["Success"],
    ["Failure"],
  ]);
});
