# Hosting providers and public providers. Both share one space of names: Identity and ProxyFqdn are unique over both.

function Assert-ProviderUnique {
    param($State, [string] $Identity, [string] $ProxyFqdn)
    foreach ($name in 'hostingProviders', 'publicProviders') {
        if ($null -ne (Find-Record $State[$name] $Identity)) { Stop-ByRule $State 'AlreadyExists' $Identity }
        $owner = Find-Record $State[$name] $ProxyFqdn 'ProxyFqdn'
        if ($null -ne $owner) { Stop-ByRule $State 'ProxyInUse' $ProxyFqdn, (Get-Value $owner 'Identity') }
    }
}

function Assert-NewProvider {
    param($State, [hashtable] $Kind, [string] $Identity, [Collections.IDictionary] $Bound)
    $proxy = (Get-Settings $State $Kind $Bound)['ProxyFqdn']
    if ($null -eq $proxy) { Stop-ByRule $State 'NotAnFqdn' '' }
    Assert-ProviderUnique $State $Identity $proxy
}

$script:Kinds.CsHostingProvider = @{
    List     = 'hostingProviders'
    TypeName = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayHostingProvider'
    Settings = [ordered]@{
        ProxyFqdn = $null; VerificationLevel = 'AlwaysVerifiable'; Enabled = $false
        EnabledSharedAddressSpace = $false; HostsOCSUsers = $false; IsLocal = $false
        AutodiscoverUrl = $null; SipClientPort = 443
    }
    Shown    = @(
        'Identity', 'Name', 'ProxyFqdn', 'VerificationLevel', 'Enabled', 'EnabledSharedAddressSpace', 'HostsOCSUsers',
        'IsLocal', 'AutodiscoverUrl', 'SipClientPort'
    )
    Fqdns    = @('ProxyFqdn')
    Assert   = { param($State, $Kind, $Identity, $Bound) Assert-NewProvider $State $Kind $Identity $Bound }
}
$script:Kinds.CsPublicProvider = @{
    List     = 'publicProviders'
    TypeName = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayPublicProvider'
    Settings = [ordered]@{
        ProxyFqdn = $null; VerificationLevel = 'AlwaysVerifiable'; Enabled = $false; IconUrl = $null
        NameDecorationDomain = $null
    }
    Shown    = @('Identity', 'Name', 'ProxyFqdn', 'IconUrl', 'NameDecorationDomain', 'VerificationLevel', 'Enabled')
    Fqdns    = @('ProxyFqdn')
    Assert   = { param($State, $Kind, $Identity, $Bound) Assert-NewProvider $State $Kind $Identity $Bound }
}

function New-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true)] [bool] $Enabled,
        [Parameter(Mandatory = $true)] [string] $ProxyFqdn,
        [bool] $EnabledSharedAddressSpace,
        [bool] $HostsOCSUsers,
        [bool] $IsLocal,
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [string] $AutodiscoverUrl,
        [uint64] $SipClientPort,
        [switch] $Force,
        [switch] $InMemory
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

function Set-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [bool] $Enabled,
        [bool] $EnabledSharedAddressSpace,
        [bool] $HostsOCSUsers,
        [bool] $IsLocal,
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [string] $AutodiscoverUrl,
        [uint64] $SipClientPort,
        [switch] $Force
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

function New-CsPublicProvider {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true)] [string] $ProxyFqdn,
        [Parameter(Mandatory = $true)] [bool] $Enabled,
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [string] $IconUrl,
        [string] $NameDecorationDomain,
        [switch] $Force,
        [switch] $InMemory
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}
