# Sites, and the replication of the Central Management store as administrators see it.

$script:ProductVersions = @{
    LyncServer2013             = '5.0.8308.0'
    SkypeForBusinessServer2015 = '6.0.9319.0'
    SkypeForBusinessServer2019 = '7.0.2046.0'
}

function Get-CsSite {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $number = 0
            $sites = @(foreach ($node in $State['sites'].ChildNodes) {
                $number++
                $name = $node.InnerText
                if ($Bound.ContainsKey('Filter') -and "Site:$name" -notlike $Bound['Filter']) { continue }
                if ($Bound.ContainsKey('Identity') -and -not (Test-SameName $name $Bound['Identity']) -and
                    -not (Test-SameName "Site:$name" $Bound['Identity'])) { continue }
                $site = New-Object psobject -Property ([ordered]@{
                    Identity = "Site:$name"; SiteId = $number; DisplayName = $name; Description = $null
                })
                $site.PSObject.TypeNames.Insert(0, 'Microsoft.Rtc.Management.Deploy.Internal.Site+CentralSite')
                $site
            })
            if ($Bound.ContainsKey('Identity') -and $sites.Count -eq 0) { Stop-ByRule $State 'NotFound' $Bound['Identity'] }
            $sites
        }
    }
}

function ConvertTo-ReplicaObject {
    param($State, $Replica)
    $times = @{}
    foreach ($name in 'LastStatusReport', 'LastUpdateCreation') {
        $text = Get-Value $Replica $name
        $times[$name] = $null
        if ($null -ne $text) { $times[$name] = (ConvertFrom-UtcText $text).ToLocalTime() }
    }
    $object = New-Object psobject -Property ([ordered]@{
        UpToDate           = -not (Get-Value $Replica 'pending')
        ReplicaFqdn        = Get-Value $Replica 'ReplicaFqdn'
        LastStatusReport   = $times['LastStatusReport']
        LastUpdateCreation = $times['LastUpdateCreation']
        ProductVersion     = $script:ProductVersions[(Get-Value $State 'product')]
    })
    $object.PSObject.TypeNames.Insert(0, 'Microsoft.Rtc.Management.Xds.ReplicaState')
    return $object
}

function ConvertTo-StoreStatus {
    param($State)
    $replicas = @($State['replication']['replicas'].ChildNodes)
    $object = New-Object psobject -Property ([ordered]@{
        LastUpdatedOn                  = [DateTime]::Now
        ActiveMasterFqdn               = Get-Value $replicas[-1] 'ReplicaFqdn'
        ActiveMasterLastHeartBeat      = [DateTime]::Now
        FileTransferAgentFqdn          = Get-Value $replicas[-1] 'ReplicaFqdn'
        FileTransferAgentLastHeartBeat = [DateTime]::Now
        ActiveReplicas                 = @(foreach ($replica in $replicas) { Get-Value $replica 'ReplicaFqdn' })
        DeletedReplicas                = @()
    })
    $object.PSObject.TypeNames.Insert(0, 'Microsoft.Rtc.Management.Xds.CentralManagementStoreStatusResult')
    return $object
}

function Get-CsManagementStoreReplicationStatus {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)] [string] $ReplicaFqdn,
        [Parameter(ValueFromPipelineByPropertyName = $true)] [switch] $CentralManagementStoreStatus
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            if ($Bound.ContainsKey('CentralManagementStoreStatus') -and $Bound['CentralManagementStoreStatus']) {
                return ConvertTo-StoreStatus $State
            }
            foreach ($replica in @(Select-Replica $State $Bound['ReplicaFqdn'])) { ConvertTo-ReplicaObject $State $replica }
        }
    }
}

function Invoke-CsManagementStoreReplication {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)] [string] $ReplicaFqdn,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Request-Replication $State $Bound['ReplicaFqdn']
        } $false
    }
}
