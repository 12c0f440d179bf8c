# The cmdlets of a simulated Skype for Business Server.
@{
    RootModule        = 'SkypeForBusiness.psm1'
    ModuleVersion     = '1.0'
    GUID              = '0c2f9a86-41f6-4f55-8a0e-6f2a4d7a9e22'
    Description       = 'The cmdlets of a simulated Skype for Business Server.'
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
