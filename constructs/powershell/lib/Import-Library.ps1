# Loads every function of the scripts. Syntax and parameters are those of Windows PowerShell 3.0.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

. ([IO.Path]::Combine($PSScriptRoot, 'ModulePath.ps1'))
Initialize-ModulePath
foreach ($part in 'Hidden', 'Console', 'Operation', 'Declaration', 'Lock', 'ErrorType', 'Retry', 'Cmdlet', 'Compare', 'Kind', 'ServerObject', 'Routing', 'Wmi', 'WmiAdvice', 'Journal', 'Claim', 'Recreation', 'Sync', 'Closing', 'ObjectList', 'Removal', 'Account', 'Runner', 'Drift', 'Replication', 'ReplicationMark', 'Hint', 'JUnit', 'SharedFile', 'TestReport', 'TestOption', 'LyncTest', 'Tested', 'Terraform') {
    # Not by Join-Path, for which PowerShell would load a module of its own: a third of the time that this takes.
    . ([IO.Path]::Combine($PSScriptRoot, $part + '.ps1'))
}
