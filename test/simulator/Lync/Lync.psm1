# The simulated server's module Lync. Its cmdlets are in the folder Shared.
. ([IO.Path]::Combine($PSScriptRoot, '..', 'Shared', 'Cmdlets.ps1'))
Export-ModuleMember -Function @(Get-ServedCmdletName 'Lync')
