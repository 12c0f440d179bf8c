# WMI as an Access Edge of Office Communications Server 2007 R2 answers: two classes, on the computers of the state's
# list "ocsEdges". The state, the log and the faults are those of the folder Shared.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$shared = [IO.Path]::Combine($PSScriptRoot, '..', 'Shared')
foreach ($part in 'StateFile', 'Records', 'Types', 'Messages', 'Faults', 'Replication', 'Calls') {
    . ([IO.Path]::Combine($shared, $part + '.ps1'))
}
. ([IO.Path]::Combine($PSScriptRoot, 'Classes.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Queries.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Cmdlets.ps1'))

Initialize-StateFile
Export-ModuleMember -Function 'Get-WmiObject', 'Remove-WmiObject', 'Set-WmiInstance'
