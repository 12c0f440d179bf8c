# Runs the steps of many cases, each against a simulated server in a state of its own, all in one process. Leaves the states after
# the steps, and the errors as JSON.
param([string] $Path, [string] $Scripts, [string] $Module)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'real-steps.ps1'))
Import-Module $Module
# The module finds its server once, so the server gets another state for each case.
$state = $env:SIMULATED_LYNC_STATE

# The lines for the console are for nobody here.
[Console]::SetOut([IO.TextWriter]::Null)
$errors = foreach ($case in (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Path))).Cases) {
    $failure = ''
    try {
        [IO.File]::Copy($case.State, $state, $true)
        foreach ($step in $case.Steps) { Invoke-RealStep -Step $step }
        [IO.File]::Copy($state, $case.After, $true)
    }
    catch { $failure = $_.Exception.Message + ' ' + $_.ScriptStackTrace }
    $failure
}
[IO.File]::WriteAllText($Path + '.out', (ConvertTo-Json -InputObject @{ Errors = @($errors) }))
