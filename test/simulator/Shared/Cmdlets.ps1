# Everything of the modules Lync and SkypeForBusiness, which differ in their name only. Dot-source it in the module.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

foreach ($part in 'StateFile', 'Records', 'Types', 'Messages', 'Faults', 'Replication', 'Calls', 'Kinds', 'Products',
    'SharedCmdlets', 'Providers', 'Domains', 'PushNotification', 'AccessEdge', 'Topology', 'SyntheticTests') {
    . ([IO.Path]::Combine($PSScriptRoot, $part + '.ps1'))
}

$script:CmdletNames = @(
    'Disable-CsHostingProvider', 'Enable-CsHostingProvider', 'Get-CsAccessEdgeConfiguration', 'Get-CsAllowedDomain',
    'Get-CsBlockedDomain', 'Get-CsHostingProvider', 'Get-CsManagementStoreReplicationStatus', 'Get-CsPublicProvider',
    'Get-CsPushNotificationConfiguration', 'Get-CsSite', 'Invoke-CsManagementStoreReplication', 'New-CsAllowedDomain',
    'New-CsBlockedDomain', 'New-CsHostingProvider', 'New-CsPublicProvider', 'New-CsPushNotificationConfiguration',
    'Remove-CsAllowedDomain', 'Remove-CsBlockedDomain', 'Remove-CsHostingProvider', 'Remove-CsPublicProvider',
    'Remove-CsPushNotificationConfiguration', 'Set-CsAccessEdgeConfiguration', 'Set-CsAllowedDomain',
    'Set-CsHostingProvider', 'Set-CsPushNotificationConfiguration', 'Test-CsFederatedPartner', 'Test-CsMcxPushNotification'
)

# The names of the cmdlets that the module of this name has on this server.
function Get-ServedCmdletName {
    param([string] $ModuleName)
    Initialize-StateFile
    $missing = @(Initialize-Product $ModuleName)
    foreach ($name in $script:CmdletNames) {
        if ($missing -notcontains $name) { $name }
    }
}
