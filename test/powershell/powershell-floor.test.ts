// The scripts keep to Windows PowerShell 3.0: every file is parsed by the real engine and held against tables of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import {
  beyond,
  faultsOfText,
  Floor,
  functionsOf,
  PESTER,
  readScripts,
  setsStrictMode,
  Use,
} from "../support/powershell-floor";

const ROOT = resolve(__dirname, "..", "..");

function scriptsUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(ROOT, folder, name))
    .filter((file) => [".ps1", ".psm1", ".psd1"].includes(extname(file)));
}

const product = scriptsUnder("constructs/powershell");
// The simulated server runs where tests run: .NET Framework 4.5 came with Windows Server 2012.
// Its network has a session to another process for a far end, which only PowerShell 7 can have.
const simulator = scriptsUnder("test/simulator").filter((file) => basename(dirname(file)) !== "Network");
// The PowerShell that stays does so on Linux alone, which has no Windows PowerShell; and Pester comes by what the PowerShell has.
const newer = ["staying-powershell.ps1", "save-pester.ps1"];
const support = scriptsUnder("test/support").filter((file) => !newer.includes(basename(file)));
const pester = scriptsUnder("test/powershell");

/** What must be reported, and by which words. */
const BEYOND: readonly [what: string, script: string, reported: RegExp][] = [
  ["a class", "class Name { [string] $Text }", /TypeDefinitionAst is no syntax/],
  ["an enum", "enum Level { One; Two }", /TypeDefinitionAst is no syntax/],
  ["using namespace", "using namespace System.IO", /UsingStatementAst is no syntax/],
  ["using module", "using module './None.psm1'", /UsingStatementAst is no syntax|does not parse/],
  ["::new()", "[Text.StringBuilder]::new()", /\[Text\.StringBuilder::new\] is not in the tables/],
  ["the method ForEach", "@(1).ForEach({ $_ })", /the method ForEach is newer/],
  ["the method Where", "@(1).Where{ $_ }", /the method Where is newer/],
  ["a ternary", "$a = $true ? 1 : 2", /TernaryExpressionAst is no syntax|does not parse/],
  ["??", "$a = $null ?? 1", /\?\? came with|does not parse/],
  ["?? in a text", '"$($null ?? 1)"', /\?\? came with|does not parse/],
  ["??=", "$a ??= 1", /\?\?= came with|does not parse/],
  ["?.", "${a}?.Length", /\?\. and \?\[ came with|does not parse/],
  ["?[", "${a}?[0]", /\?\. and \?\[ came with|does not parse/],
  ["&&", "Get-X && Get-X", /PipelineChainAst is no syntax|does not parse/],
  ["||", "Get-X || Get-X", /PipelineChainAst is no syntax|does not parse/],
  ["a job by &", "Start-Sleep -Seconds 1 &", /& at the end of a line|does not parse/],
  ["a leading pipe", "$a\n  | ForEach-Object { $_ }", /a pipe at the beginning|does not parse/],
  ["a range of characters", "'a'..'z'", /a range of characters/],
  ["type arguments of a method", "[Array]::Empty[int]()", /type arguments of a method|does not parse/],
  ["a binary number", "$a = 0b11", /form of a number|does not parse|is no function/],
  ["an unsigned number", "$a = 1u", /form of a number|does not parse|is no function/],
  ["the escape e", '"`e[0m"', /the escape `e/],
  ["the escape u", '"`u{20AC}"', /the escape `u/],
  ["the information stream", "Get-X 6> $null", /the stream Information/],
  ["a clean block", "function Get-Y { end { } clean { } }", /block|does not parse|clean/],
  ["a configuration", "Configuration Site { }", /does not parse|ConfigurationDefinitionAst|is no function/],
  ["a workflow", "workflow Get-Z { }", /does not parse|is no function|FunctionDefinition/],
  ["#requires of an edition", "#requires -PSEdition Core\n$a = 1", /#requires asks for RequiredPSEditions/],
  ["#requires of a version", "#requires -Version 5.1\n$a = 1", /#requires asks for RequiredPSVersion 5\.1/],
  ["a younger variable", "if ($IsWindows) { 1 }", /\$IsWindows is no variable/],
  ["a younger attribute", "param([ArgumentCompletions('a')] $A)", /attribute ArgumentCompletions/],
  ["a younger argument", "param([Parameter(DontShow)] $A)", /Parameter has no DontShow/],
  [
    "a younger argument",
    "param([ValidateSet('a', ErrorMessage = 'x')] $A)",
    /ValidateSet has no ErrorMessage/,
  ],
  ["a younger cmdlet", "Get-Clipboard", /Get-Clipboard is no function/],
  ["a younger parameter", "ConvertFrom-Json -InputObject '{}' -AsHashtable", /no parameter AsHashtable/],
  [
    "a younger common parameter",
    "Get-X -InformationAction Ignore",
    /Get-X has no parameter InformationAction/,
  ],
  ["a younger common parameter of a variable", "& $a -PipelineVariable b", /& has no parameter Pipeline/],
  ["a shortened parameter", "New-Object -Type psobject", /New-Object has no parameter Type/],
  ["a parameter that no function has", "Get-X -Nmae 1", /Get-X has no parameter Nmae/],
  ["a value after a colon", "Get-X -Name:1", /-Name takes its value after a colon/],
  ["white space after a colon", "Get-X -Confirm: $false", /-Confirm has white space after its colon/],
  ["an alias", "@(1) | % { $_ }", /% is no function/],
  ["an alias", "@(1) | where { $_ }", /where is no function/],
  ["an external program", "cmd.exe /c dir", /cmd\.exe is no function/],
  ["text as code", "Invoke-Expression '1'", /Invoke-Expression is no function/],
  ["text as code", "iex '1'", /iex is no function/],
  ["text as code", "[scriptblock]::Create('1')", /\[scriptblock::Create\] is not in the tables/],
  ["text as code", "$ExecutionContext.InvokeCommand.InvokeScript('1')", /InvokeScript is newer, or makes/],
  ["text as code", "[PowerShell]::Create().AddScript($a)", /AddScript is not written here/],
  ["C#", "Add-Type -TypeDefinition ''", /Add-Type is no function/],
  ["an unapproved verb", "function Delete-Thing { }", /Delete-Thing begins with no approved verb/],
  ["a younger verb", "function Build-Thing { }", /Build-Thing begins with no approved verb/],
  ["an unknown static member", "[IO.File]::AppendAllText('a', 'b')", /IO\.File::AppendAllText\] is not in/],
  ["a younger type", "New-Object -TypeName Net.Http.HttpClient", /\[net\.http\.httpclient\] is not in/],
  ["a type that is a value", "New-Object -TypeName $a", /the type is not written here/],
  ["a type of .NET 4.5", "[Reflection.Emit.AssemblyBuilder]", /came with \.NET Framework 4\.5, after 4/],
  ["what does not parse", "if (", /does not parse/],
];

/** All of it is in version 3.0. */
const WITHIN = `function Get-X {
    param([Parameter(Mandatory = $true)][string[]] $Name, [switch] $Force)
    process { foreach ($each in $Name | Sort-Object -Property { $_ }) { "$each \`n\`t\`"" } }
}
$a = [ordered] @{ One = 1kb; Two = 0x1F; Three = 1.5e3; Four = -2L }
if ($a.One -in 1..3 -or -not $a.Contains('Two')) { Get-X -Name 'b' -Force:$true 2>&1 3> $null }
try { & $a.Three -ErrorAction Stop } catch [IO.IOException] { throw } finally { $a = [IO.Path]::Combine('a', 'b', 'c') }
Set-StrictMode -Version 3
$b = New-Object -TypeName System.Text.StringBuilder
do { $b = $b -replace 'x', 'y' } until ($b.Length -lt 3)
`;

const inOneLine = (script: string): string => script.replace(/\n\s*/g, " (new line) ");

describe("the scripts and Windows PowerShell 3.0", () => {
  const folder = mkdtempSync(join(tmpdir(), "floor-"));
  let used: Record<string, Use[]> = {};

  const snippetFile = (index: number): string => join(folder, `beyond${index}.ps1`);
  const within = join(folder, "within.ps1");

  beforeAll(async () => {
    BEYOND.forEach(([, script], index) => writeFileSync(snippetFile(index), script));
    writeFileSync(within, WITHIN);
    const snippets = BEYOND.map((_, index) => snippetFile(index));
    used = await readScripts([...product, ...simulator, ...support, ...pester, within, ...snippets]);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function complaints(
    files: readonly string[],
    framework: number,
    given: Floor["functions"] = new Map(),
  ): string[] {
    const functions = new Map([...given, ...functionsOf(files.flatMap((file) => used[file]))]);
    return files.flatMap((file) =>
      beyond(used[file], { functions, framework }).map((each) => `${relative(ROOT, file)} ${each}`),
    );
  }

  test("the product's scripts need nothing beyond version 3.0 and .NET Framework 4.0", () => {
    expect(product.length).toBeGreaterThan(10);
    expect(complaints(product, 4)).toEqual([]);
  });

  test("neither does the simulated server, .NET Framework 4.5 apart, nor this check itself", () => {
    expect(simulator.length).toBeGreaterThan(10);
    expect(complaints(simulator, 4.5)).toEqual([]);
    expect(complaints(support, 4, PESTER)).toEqual([]);
  });

  test("nor do the tests that Pester runs, its own commands apart", () => {
    expect(pester.length).toBeGreaterThan(5);
    const tested = functionsOf(product.flatMap((file) => used[file]));
    expect(complaints(pester, 4, new Map([...PESTER, ...tested]))).toEqual([]);
  });

  test.each(
    BEYOND.map(([what, script, reported], index) => ({ what, line: inOneLine(script), reported, index })),
  )("$what is reported: $line", ({ index, reported }) => {
    const functions = functionsOf([...used[within], ...used[snippetFile(index)]]);
    expect(beyond(used[snippetFile(index)], { functions, framework: 4 }).join("\n")).toMatch(reported);
  });

  test("what version 3.0 has is not reported", () => {
    expect(beyond(used[within], { functions: functionsOf(used[within]), framework: 4 })).toEqual([]);
  });

  test("every file is plain ASCII and says in its first line what lives in it", () => {
    const files = [...product, ...simulator, ...support, ...pester];
    const faults = files.flatMap((file) =>
      faultsOfText(readFileSync(file)).map((fault) => [relative(ROOT, file), fault]),
    );
    expect(faults).toEqual([]);
    const odd = ["# It reads the list.\n'caf\u00e9'", "\ufeff# It reads the list.", "$a = 1", "#"];
    for (const text of odd) expect(faultsOfText(Buffer.from(text))).not.toEqual([]);
  });

  test("every script that is started, and every module, runs in strict mode of version 2", () => {
    const entries = [
      ...product.filter((file) => basename(dirname(file)) === "powershell"),
      ...simulator.filter((file) => extname(file) === ".psm1"),
      ...support,
    ];
    expect(entries.length).toBeGreaterThan(5);
    expect(
      entries.filter((file) => ![file, ...loadedBy(file)].some((each) => setsStrictMode(used[each] ?? []))),
    ).toEqual([]);
    expect(setsStrictMode(used[within])).toBe(false);
  });

  /** The files that it dot-sources by a path with constant parts. */
  function loadedBy(file: string): string[] {
    const loads = used[file].filter((use) => use.what === "command Dot");
    return loads.map(({ text }) => {
      const parts = [...text.matchAll(/'([^']+)'/g)].flatMap((each) => each[1].split("\\"));
      return join(dirname(file), ...parts);
    });
  }
});
