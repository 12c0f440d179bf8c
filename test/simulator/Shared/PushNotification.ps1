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
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $kind = $script:Kinds.PushNotification
            $scope = Resolve-Scope $State $Bound['Identity']
            if ($scope -eq 'Global') { Stop-ByRule $State 'SiteOnly' $scope }
            if ($null -ne (Find-Record $State[$kind.List] $scope)) { Stop-ByRule $State 'AlreadyExists' $scope }
            New-KindRecord $State $kind $scope $Bound
        }
    }
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
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $kind = $script:Kinds.PushNotification
            $scope = 'Global'
            if ($Bound.ContainsKey('Identity') -or $Bound.ContainsKey('Instance')) {
                $scope = Resolve-Scope $State (Get-BoundIdentity $State $Bound)
            }
            if ($Bound.ContainsKey('Instance') -and $null -eq (Find-Record $State[$kind.List] $scope)) {
                [void] (New-KindRecord $State $kind $scope $Bound)
            } else {
                Set-KindRecord $State $kind $scope $Bound
            }
        }
    }
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
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $kind = $script:Kinds.PushNotification
            $scope = Resolve-Scope $State $Bound['Identity']
            if ($scope -eq 'Global') {
                Set-KindRecord $State $kind $scope @{
                    EnableApplePushNotificationService = $false; EnableMicrosoftPushNotificationService = $false
                }
            } else {
                Remove-KindRecord $State $kind $scope
            }
        }
    }
}

function Get-CsPushNotificationConfiguration {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [guid] $Tenant,
        [switch] $LocalStore
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Select-KindObject $State $script:Kinds.PushNotification $Bound
        }
    }
}
