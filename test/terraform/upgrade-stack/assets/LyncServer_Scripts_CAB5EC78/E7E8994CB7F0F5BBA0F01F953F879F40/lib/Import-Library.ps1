# Loads every function of the scripts. Syntax and parameters are those of Windows PowerShell 3.0.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

foreach ($part in 'Console', 'Operation', 'Declaration', 'Lock', 'Retry', 'Cmdlet', 'Compare', 'Kind', 'Wmi', 'WmiAdvice', 'Sync', 'Claim', 'Removal', 'Account', 'Runner', 'Drift', 'Replication', 'Hint', 'JUnit', 'TestReport', 'TestOption', 'LyncTest') {
    . (Join-Path $PSScriptRoot ($part + '.ps1'))
}
