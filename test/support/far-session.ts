// The simulated Lync Server as a remote session gives it: cmdlets that are proxies, objects and errors as data.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MODULE = `
# Every cmdlet of the module Lync under its own name; the far side's has the prefix Sim.
Import-Module Lync -Prefix Sim -DisableNameChecking
$common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
foreach ($command in Get-Command -Module Lync) {
    $own = @($command.Parameters.Values | Where-Object { $common -notcontains $_.Name })
    $list = @($own | ForEach-Object { if ($_.ParameterType -eq [switch]) { '[switch] $' + $_.Name } else { '$' + $_.Name } }) -join ', '
    $binding = if ($command.Parameters.ContainsKey('Confirm')) { '[CmdletBinding(SupportsShouldProcess = $true)]' } else { '[CmdletBinding()]' }
    $body = $binding + ' param(' + $list + ') process { Invoke-Far -Name ''' + $command.Name + ''' -Bound $PSBoundParameters }'
    $bound = $ExecutionContext.SessionState.Module.NewBoundScriptBlock([scriptblock]::Create($body))
    Set-Item -Path ('function:' + $command.Name.Replace('-Sim', '-')) -Value $bound
}
function Copy-Far { param($Value) [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Value, 1)) }
function Invoke-Far {
    param($Name, $Bound)
    # The far side runs no code, so it can fill no variable.
    $null = $Bound.Remove('OutLoggerVariable')
    try { $all = @(& $Name @Bound) }
    catch {
        $types = [type[]] @([string], [psobject], [psobject])
        $make = [Management.Automation.RemoteException].GetConstructor('NonPublic, Instance', $null, $types, $null)
        throw ($make.Invoke(@($_.Exception.Message, [psobject] (Copy-Far $_.Exception), $null)))
    }
    foreach ($one in $all) { Copy-Far $one }
}
Export-ModuleMember -Function '*-Cs*'
`;

/** The name of the module. */
export const FAR_MODULE = "LyncFar";

/** A folder with the module, for PSModulePath. */
export function farSession(): string {
  const folder = mkdtempSync(join(tmpdir(), "far-"));
  mkdirSync(join(folder, FAR_MODULE));
  writeFileSync(join(folder, FAR_MODULE, `${FAR_MODULE}.psm1`), MODULE);
  return folder;
}
