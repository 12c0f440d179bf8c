# The one, global set of Access Edge settings. Which of them exist depends on how the Edge routes: by DNS SRV records, or
# to one default route.

$script:RoutingType = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.RoutingMethodType'

# What an object read back holds, besides what only belongs to one way of routing.
$script:AccessEdgeCommon = @(
    'EnableArchivingDisclaimer', 'EnableUserReplicator', 'KeepCrlsUpToDateForPeers',
    'MarkSourceVerifiableOnOutgoingMessages', 'OutgoingTlsCountForFederatedPartners', 'DiscoveredPartnerStandardRate',
    'EnableDiscoveredPartnerContactsLimit', 'MaxContactsPerDiscoveredPartner', 'DiscoveredPartnerReportPeriodMinutes',
    'MaxAcceptedCertificatesStored', 'MaxRejectedCertificatesStored', 'CertificatesDeletedPercentage', 'RoutingMethod',
    'AllowAnonymousUsers', 'AllowFederatedUsers', 'AllowOutsideUsers'
)
$script:AccessEdgeLater = @('DnsSrvCacheRecordCount', 'SkypeSearchUrl')
$script:AccessEdgeRouting = @{
    UseDnsSrvRouting  = @('BeClearingHouse', 'EnablePartnerDiscovery', 'DiscoveredPartnerVerificationLevel')
    UseDefaultRouting = @('DefaultRouteFqdn', 'IsPublicProvider', 'VerificationLevel')
}
$script:AccessEdgeTypeNames = @{
    UseDnsSrvRouting  = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayAccessEdgeSettingsDnsSrvRouting'
    UseDefaultRouting = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayAccessEdgeSettingsDefaultRoute'
}

function ConvertTo-AccessEdgeObject {
    param($State)
    $record = $State['accessEdgeConfiguration']
    $method = Get-Value $record 'RoutingMethod'
    $values = [ordered]@{ Identity = 'Global' }
    foreach ($name in $script:AccessEdgeRouting[$method] + $script:AccessEdgeCommon) {
        $values[$name] = Get-Value $record $name
        if ($values[$name] -is [decimal]) { $values[$name] = [uint32] $values[$name] }
    }
    foreach ($name in 'VerificationLevel', 'DiscoveredPartnerVerificationLevel') {
        if ($values.Contains($name)) { $values[$name] = Get-EnumValue $script:LevelType $values[$name] }
    }
    if (Test-LaterProduct) {
        $values['DnsSrvCacheRecordCount'] = [uint32] (Get-Value $record 'DnsSrvCacheRecordCount')
        $values['SkypeSearchUrl'] = Get-Value $record 'SkypeSearchUrl'
    }
    $values['RoutingMethod'] = Get-EnumValue $script:RoutingType $method
    $object = New-Object psobject -Property $values
    $object.PSObject.TypeNames.Insert(0, $script:AccessEdgeTypeNames[$method])
    return $object
}

# What the call wants to be: the bound parameters, or the properties of the instance.
function Get-AccessEdgeSettings {
    param($State, [Collections.IDictionary] $Bound)
    $settings = @{}
    $names = $script:AccessEdgeCommon + $script:AccessEdgeLater + $script:AccessEdgeRouting.UseDnsSrvRouting +
        $script:AccessEdgeRouting.UseDefaultRouting
    foreach ($name in $names) {
        if ($Bound.ContainsKey($name)) {
            $settings[$name] = $Bound[$name]
        } elseif ($Bound.ContainsKey('Instance') -and $null -ne $Bound['Instance'].PSObject.Properties[$name]) {
            $settings[$name] = $Bound['Instance'].PSObject.Properties[$name].Value
        } else {
            continue
        }
        $settings[$name] = ConvertTo-StoredValue $State @{ Fqdns = @('DefaultRouteFqdn') } $name $settings[$name]
    }
    foreach ($method in $script:AccessEdgeRouting.Keys) {
        if ($Bound.ContainsKey($method) -and $Bound[$method]) { $settings['RoutingMethod'] = $method }
    }
    return $settings
}

function Assert-AccessEdgeRules {
    param($State, [hashtable] $Settings)
    $current = [string] (Get-Value $State['accessEdgeConfiguration'] 'RoutingMethod')
    $method = $current
    if ($Settings.ContainsKey('RoutingMethod')) { $method = [string] $Settings['RoutingMethod'] }
    foreach ($other in $script:AccessEdgeRouting.Keys) {
        if ($other -eq $method) { continue }
        foreach ($name in $script:AccessEdgeRouting[$other]) {
            if ($Settings.ContainsKey($name)) { Stop-ByRule $State 'OtherRouting' $name }
        }
    }
    if ($Settings.ContainsKey('OutgoingTlsCountForFederatedPartners') -and
        @(1, 2, 3, 4) -notcontains $Settings['OutgoingTlsCountForFederatedPartners']) {
        Stop-ByRule $State 'OutOfRange' 'OutgoingTlsCountForFederatedPartners', 1, 4
    }
    if (-not $Settings.ContainsKey('RoutingMethod')) { return }
    if ($method -eq 'UseDnsSrvRouting') {
        if (-not $Settings.ContainsKey('EnablePartnerDiscovery')) { Stop-ByRule $State 'NeedsDiscovery' }
    } else {
        if ([string]::IsNullOrEmpty($Settings['DefaultRouteFqdn'])) { Stop-ByRule $State 'NeedsDefaultRoute' }
        if ($State['hostingProviders'].HasChildNodes -or $State['publicProviders'].HasChildNodes) {
            Stop-ByRule $State 'ProvidersRemain'
        }
    }
}

function Set-CsAccessEdgeConfiguration {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateSet('global')] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [Parameter(ParameterSetName = 'DefaultRoute')] [switch] $UseDefaultRouting,
        [Parameter(ParameterSetName = 'DefaultRoute')] [string] $DefaultRouteFqdn,
        [Parameter(ParameterSetName = 'DefaultRoute')] [bool] $IsPublicProvider,
        [Parameter(ParameterSetName = 'DefaultRoute')]
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [switch] $UseDnsSrvRouting,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $EnablePartnerDiscovery,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $BeClearingHouse,
        [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')]
        [string] $DiscoveredPartnerVerificationLevel,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $AllowAnonymousUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $AllowFederatedUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $AllowOutsideUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $EnableArchivingDisclaimer,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $EnableDiscoveredPartnerContactsLimit,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $EnableUserReplicator,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $KeepCrlsUpToDateForPeers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [bool] $MarkSourceVerifiableOnOutgoingMessages,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $CertificatesDeletedPercentage,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $DiscoveredPartnerReportPeriodMinutes,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $DiscoveredPartnerStandardRate,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $MaxAcceptedCertificatesStored,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $MaxContactsPerDiscoveredPartner,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $MaxRejectedCertificatesStored,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')]
        [uint32] $OutgoingTlsCountForFederatedPartners,
        [switch] $Force
    )
    dynamicparam {
        New-LaterParameter @{ DnsSrvCacheRecordCount = [uint32]; SkypeSearchUrl = [string] } -Sets @(
            'Identity', 'DefaultRoute', 'DnsSrvRouting')
    }
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $settings = Get-AccessEdgeSettings $State $Bound
            Assert-AccessEdgeRules $State $settings
            foreach ($name in $settings.Keys) { Set-Value $State['accessEdgeConfiguration'] $name $settings[$name] }
        }
    }
}

function Get-CsAccessEdgeConfiguration {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateSet('global')] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [switch] $LocalStore
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            if ($Bound.ContainsKey('Filter') -and 'Global' -notlike $Bound['Filter']) { return }
            ConvertTo-AccessEdgeObject $State
        }
    }
}
