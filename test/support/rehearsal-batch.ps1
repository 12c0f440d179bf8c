# Runs the steps of many deploys against a simulated server, rehearses them, and types the lines of the rehearsal into the server as it
# was, all in one process. Leaves the lines and the errors as JSON.
param([string] $Path, [string] $Scripts)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'real-steps.ps1'))
$ConfirmPreference = 'None'
Import-Module Lync
# It is there for good. Each import more would go through the folders of all modules to find that out.
function Import-Module { [CmdletBinding()] param([string] $Name, [switch] $DisableNameChecking) }
# The module finds its server once, so the server gets another state for each deploy.
$state = $env:SIMULATED_LYNC_STATE
$fresh = $state + '.fresh'
[IO.File]::Copy($state, $fresh, $true)

# The lines for the console are for nobody here.
[Console]::SetOut([IO.TextWriter]::Null)
$results = foreach ($case in (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Path))).Cases) {
    $result = @{ Error = ''; Lines = @() }
    try {
        [IO.File]::Copy($fresh, $state, $true)
        foreach ($step in $case.Before) { Invoke-RealStep -Step $step }
        [IO.File]::Copy($state, $case.Start, $true)
        foreach ($step in $case.After) { Invoke-RealStep -Step $step }
        [IO.File]::Copy($state, $case.Deployed, $true)
        # A rehearsal that reads the server finds it as it was.
        [IO.File]::Copy($case.Start, $state, $true)
        $env:LYNC_RESULT_FILE = $case.Result
        $env:LYNC_MODULE = 'Lync'
        & {
            foreach ($part in 'Typed', 'Picture', 'Rehearsal') { . ([IO.Path]::Combine($Scripts, 'rehearsal', $part + '.ps1')) }
            $arguments = @{ Path = $case.Rehearsal; Scripts = $Scripts }
            $rehearse = ${function:Invoke-Rehearsal}
            & $rehearse @arguments
        }
        $steps = (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($case.Result))).Steps
        foreach ($step in $steps) {
            if ($step.Error) { throw $step.Error }
            foreach ($subject in $step.Subjects) { $result.Lines += @($subject.Lines) }
        }
        [IO.File]::WriteAllLines($case.Typed + '.ps1', [string[]] $result.Lines, [Text.Encoding]::UTF8)
        & ($case.Typed + '.ps1') > $null
        [IO.File]::Copy($state, $case.Typed, $true)
    }
    catch { $result.Error = $_.Exception.Message + ' ' + $_.ScriptStackTrace }
    $result
}
[IO.File]::WriteAllText($Path + '.out', (ConvertTo-Json -InputObject @{ Results = @($results) } -Depth 5))
