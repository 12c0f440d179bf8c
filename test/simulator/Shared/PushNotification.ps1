# Push notification settings: the global ones, and one set for a site that has its own.

# The Identity as the server spells it: "Global", or "Site:" and the site's name.
function Resolve-Scope {
    param($State, [string] $Identity)
    if (Test-SameName $Identity 'global') { return 'Global' }
    if (-not $Identity.StartsWith('site:', [StringComparison]::OrdinalIgnoreCase)) { Stop-ByRule $State 'BadScope' $Identity }
    $name = $Identity.Substring(5)
    foreach ($site in $State['sites'].ChildNodes) {
        if (Test-SameName $site.InnerText $name) { return 'Site:' + $site.InnerText }
    }
    Stop-ByRule $State 'NoSuchSite' $name
}

$script:Kinds.CsPushNotificationConfiguration = @{
    List     = 'pushNotificationConfigurations'
    TypeName = 'Microsoft.Rtc.Management.WriteableConfig.Settings.PushNotificationConfiguration.PushNotificationConfiguration'
    Settings = [ordered]@{
        EnableApplePushNotificationService = $false; EnableMicrosoftPushNotificationService = $false
    }
    Shown    = @('Identity', 'EnableApplePushNotificationService', 'EnableMicrosoftPushNotificationService')
    Fqdns    = @()
    Permanent = 'Global'
    # Set- without any means the global settings.
    Resolve  = {
        param($State, $Bound)
        if (-not ($Bound.ContainsKey('Identity') -or $Bound.ContainsKey('Instance'))) { return 'Global' }
        return Resolve-Scope $State (Get-BoundIdentity $State $Bound)
    }
    Assert   = {
        param($State, $Kind, $Identity, $Bound)
        if ($Identity -eq 'Global') { Stop-ByRule $State 'SiteOnly' $Identity }
        if ($null -ne (Find-Record $State[$Kind.List] $Identity)) { Stop-ByRule $State 'AlreadyExists' $Identity }
    }
}

function New-CsPushNotificationConfiguration {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $Identity,
        [bool] $EnableApplePushNotificationService,
        [bool] $EnableMicrosoftPushNotificationService,
        [guid] $Tenant,
        [switch] $Force,
        [switch] $InMemory
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

function Set-CsPushNotificationConfiguration {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [bool] $EnableApplePushNotificationService,
        [bool] $EnableMicrosoftPushNotificationService,
        [guid] $Tenant,
        [switch] $Force
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

# The global settings stay; removing them means the defaults.
function Remove-CsPushNotificationConfiguration {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [guid] $Tenant,
        [switch] $Force
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

function Get-CsPushNotificationConfiguration {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [guid] $Tenant,
        [switch] $LocalStore
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}
