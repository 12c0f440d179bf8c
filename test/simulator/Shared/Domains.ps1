# The lists of allowed and of blocked domains. A domain is on one of them at most.
#
# VerificationLevel of an allowed domain came with Skype for Business Server 2015: a dynamic parameter, because on Lync
# Server 2013 it must not exist.

function Assert-DomainFree {
    param($State, [string] $Domain)
    foreach ($name in 'allowedDomains', 'blockedDomains') {
        if ($null -ne (Find-Record $State[$name] $Domain)) { Stop-ByRule $State 'BlockedOrAllowed' $Domain }
    }
}

$script:Kinds.CsAllowedDomain = @{
    List     = 'allowedDomains'
    TypeName = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.AllowedDomain'
    Settings = [ordered]@{ ProxyFqdn = $null; Comment = $null; MarkForMonitoring = $false }
    Shown    = @('Identity', 'Domain', 'ProxyFqdn', 'Comment', 'MarkForMonitoring')
    Fqdns    = @('Identity', 'ProxyFqdn')
    Assert   = { param($State, $Kind, $Identity, $Bound) Assert-DomainFree $State $Identity }
}
$script:Kinds.CsBlockedDomain = @{
    List     = 'blockedDomains'
    TypeName = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.BlockedDomain'
    Settings = [ordered]@{ Comment = $null }
    Shown    = @('Identity', 'Domain', 'Comment')
    Fqdns    = @('Identity')
    Assert   = { param($State, $Kind, $Identity, $Bound) Assert-DomainFree $State $Identity }
}

function New-CsAllowedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Identity')]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true, ParameterSetName = 'ParentAndRelativeKey')]
        [ValidateNotNullOrEmpty()] [string] $Domain,
        [string] $Comment,
        [bool] $MarkForMonitoring,
        [string] $ProxyFqdn,
        [switch] $Force,
        [switch] $InMemory
    )
    dynamicparam { New-LaterParameter @{ VerificationLevel = [string] } }
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

function Set-CsAllowedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [string] $Comment,
        [bool] $MarkForMonitoring,
        [string] $ProxyFqdn,
        [switch] $Force
    )
    dynamicparam { New-LaterParameter @{ VerificationLevel = [string] } }
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

function New-CsBlockedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Identity')]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true, ParameterSetName = 'ParentAndRelativeKey')]
        [ValidateNotNullOrEmpty()] [string] $Domain,
        [string] $Comment,
        [switch] $Force,
        [switch] $InMemory
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}
