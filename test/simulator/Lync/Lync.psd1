# The cmdlets of a simulated Lync Server 2013.
@{
    RootModule        = 'Lync.psm1'
    ModuleVersion     = '1.0'
    GUID              = '5b0f5f57-7f0c-4a55-9d3a-1c9b8a0f2d11'
    Description       = 'The cmdlets of a simulated Lync Server 2013.'
    PowerShellVersion = '3.0'
    FunctionsToExport = @(
        'Disable-CsHostingProvider',
        'Enable-CsHostingProvider',
        'Get-CsAccessEdgeConfiguration',
        'Get-CsAllowedDomain',
        'Get-CsBlockedDomain',
        'Get-CsHostingProvider',
        'Get-CsManagementStoreReplicationStatus',
        'Get-CsPublicProvider',
        'Get-CsPushNotificationConfiguration',
        'Get-CsSite',
        'Invoke-CsManagementStoreReplication',
        'New-CsAllowedDomain',
        'New-CsBlockedDomain',
        'New-CsHostingProvider',
        'New-CsPublicProvider',
        'New-CsPushNotificationConfiguration',
        'Remove-CsAllowedDomain',
        'Remove-CsBlockedDomain',
        'Remove-CsHostingProvider',
        'Remove-CsPublicProvider',
        'Remove-CsPushNotificationConfiguration',
        'Set-CsAccessEdgeConfiguration',
        'Set-CsAllowedDomain',
        'Set-CsHostingProvider',
        'Set-CsPushNotificationConfiguration',
        'Test-CsFederatedPartner',
        'Test-CsMcxPushNotification'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
