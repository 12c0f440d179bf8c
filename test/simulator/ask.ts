// Asks the simulated Lync Server by a real PowerShell: what the tests of the simulator have in common.
import * as fs from "node:fs";
import * as path from "node:path";
import { runPowerShell } from "../support/powershell";
import { runInResident } from "../support/resident-powershell";
import { SimulatedLync } from "../support/simulated-lync";

export interface Answer {
  output: unknown[];
  /** Exception types of the non-terminating errors. */
  errors: string[];
  /** Exception type of what was thrown. */
  thrown: string | null;
  message: string | null;
}

const PRELUDE = `
Set-StrictMode -Version 2
$answers = New-Object System.Collections.Specialized.OrderedDictionary
function Read-Answer([string] $Name, [scriptblock] $Code) {
    $output = New-Object Collections.ArrayList
    $errors = New-Object Collections.ArrayList
    $thrown = $null
    $message = $null
    try {
        foreach ($item in @(& $Code 2>&1)) {
            if ($item -is [Management.Automation.ErrorRecord]) {
                [void] $errors.Add($item.Exception.GetType().FullName)
                $message = $item.Exception.Message
            } else { [void] $output.Add($item) }
        }
    } catch {
        $thrown = $_.Exception.GetType().FullName
        $message = $_.Exception.Message
    }
    $answers[$Name] = @{ output = $output.ToArray(); errors = $errors.ToArray(); thrown = $thrown; message = $message }
}
`;

const lyncs: SimulatedLync[] = [];

/** To be called after each test: removes the servers that it made. */
export function removeLyncs(): void {
  for (const lync of lyncs.splice(0))
    fs.rmSync(path.dirname(lync.stateFile), { recursive: true, force: true });
}

export function newLync(change?: Parameters<SimulatedLync["change"]>[0]): SimulatedLync {
  const lync = new SimulatedLync();
  lyncs.push(lync);
  if (change) lync.change(change);
  return lync;
}

/** Runs each piece of code, one after the other in a PowerShell that stays for the file, and returns what came of it. */
export async function ask<K extends string>(
  lync: SimulatedLync,
  code: Record<K, string>,
  modules = ["Lync"],
): Promise<Record<K, Answer>> {
  const script = [
    PRELUDE,
    ...modules.map((name) => `Import-Module ${name}`),
    ...Object.entries(code).map(([name, text]) => `Read-Answer '${name}' {\n${text}\n}`),
    "[IO.File]::WriteAllText($env:ANSWERS, ($answers | ConvertTo-Json -Depth 6))",
  ].join("\n");
  const file = scriptFile(lync, script);
  const answers = `${file}.json`;
  await runInResident(file, { ...lync.env, ANSWERS: answers });
  return JSON.parse(fs.readFileSync(answers, "utf8")) as Record<K, Answer>;
}

/** Runs a script in a PowerShell of its own. */
export async function powershell(
  lync: SimulatedLync,
  script: string,
  env: NodeJS.ProcessEnv = {},
  timeoutMs = 100_000,
) {
  const file = scriptFile(lync, script);
  const args = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", file];
  return runPowerShell(args, { env: { ...lync.env, ...env }, timeoutMs });
}

function scriptFile(lync: SimulatedLync, script: string): string {
  const folder = fs.mkdtempSync(path.join(path.dirname(lync.stateFile), "script-"));
  const file = path.join(folder, "script.ps1");
  // Windows PowerShell takes a file without the mark for the machine's code page.
  fs.writeFileSync(file, `\ufeff${script}`);
  return file;
}

export const PROVIDER =
  "New-CsHostingProvider -Identity LyncOnline -Enabled $true -ProxyFqdn sipfed.online.lync.com -VerificationLevel UseSourceVerification";
export const PROCEDURE = `
${PROVIDER} > $null
New-CsAllowedDomain -Identity push.lync.com > $null
Set-CsPushNotificationConfiguration -EnableApplePushNotificationService $true -EnableMicrosoftPushNotificationService $true
Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true
`;
export const FEDERATED =
  "Test-CsFederatedPartner -TargetFqdn accessproxy.contoso.com -Domain push.lync.com -ProxyFqdn sipfed.online.lync.com";
export const PUSH = "Test-CsMcxPushNotification -AccessEdgeFqdn accessproxy.contoso.com";
export const RULE = "System.InvalidOperationException";
export const BINDING = "System.Management.Automation.ParameterBindingException";
