# Loads every function of the scripts. Syntax and parameters are those of Windows PowerShell 3.0.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

. ([IO.Path]::Combine($PSScriptRoot, 'ModulePath.ps1'))
Initialize-ModulePath
# For a cmdlet of a module that is not loaded, PowerShell looks through all modules there are; by its full name it finds it at once.
$null = Microsoft.PowerShell.Utility\New-Object -TypeName System.Object
foreach ($part in 'Hidden', 'Console', 'Operation', 'Declaration', 'Lock', 'ErrorType', 'Retry', 'Session', 'SessionTurn', 'SessionAdvice', 'Cmdlet', 'Compare', 'Kind', 'ServerObject', 'Routing', 'Wmi', 'WmiAdvice', 'Journal', 'Claim', 'Recreation', 'Sync', 'ListedObject', 'ListSync', 'Closing', 'ObjectList', 'Removal', 'Account', 'Runner', 'Drift', 'Environment', 'Replication', 'ReplicationMark', 'Hint', 'JUnit', 'SharedFile', 'TestReport', 'TestOption', 'LyncTest', 'Tested', 'Terraform') {
    # Not by Join-Path, for which PowerShell would load a module of its own: a third of the time that this takes.
    . ([IO.Path]::Combine($PSScriptRoot, $part + '.ps1'))
}
