# Replication of the Central Management store: a change makes every replica out of date until the delay has passed. With a
# lag, the Master Replicator makes its snapshot only then: until it has, a replica shows the status from before the change.
# The Edge works with the configuration that has reached it: "edgeConfiguration", or the current one where that is null.

$script:ReplicatedSections = @(
    'hostingProviders', 'publicProviders', 'allowedDomains', 'blockedDomains', 'pushNotificationConfigurations',
    'accessEdgeConfiguration'
)

# Lets arrive what has had its time.
function Update-Replication {
    param($State)
    $replication = $State['replication']
    $now = [DateTime]::UtcNow
    $delay = [double] (Get-Value $replication 'delaySeconds')
    $edgeLags = $false
    foreach ($replica in $replication['replicas'].ChildNodes) {
        if (-not (Complete-Snapshot $replica) -and (Get-Value $replica 'edge')) { $edgeLags = $true }
        # An update that was made before the coming one arrives by itself; there is none where the status was dropped.
        $made = Get-Value $replica 'LastUpdateCreation'
        if (-not (Get-Value $replica 'pending') -or $null -eq $made) { continue }
        $arrival = (ConvertFrom-UtcText $made).AddSeconds($delay)
        if ($now -ge $arrival -and -not (Test-Stuck $replication $replica)) {
            Set-Value $replica 'pending' $false
            Set-Value $replica 'LastStatusReport' (Get-UtcText $arrival)
        } elseif (Get-Value $replica 'edge') {
            $edgeLags = $true
        }
    }
    if (-not $edgeLags) { Set-Value $replication 'edgeConfiguration' $null }
}

# Whether no snapshot is on its way; one that is due is made.
function Complete-Snapshot {
    param($Replica)
    $due = Get-Value $Replica 'snapshotDue'
    if ($null -eq $due) { return $true }
    if ([DateTime]::UtcNow -lt (ConvertFrom-UtcText $due)) { return $false }
    Set-Value $Replica 'LastUpdateCreation' $due
    Set-Value $Replica 'pending' $true
    Set-Value $Replica 'snapshotDue' $null
    return $true
}

# One snapshot takes along whatever has been changed until it is made.
function Request-Snapshot {
    param($Replication, $Replica)
    $lag = [double] (Get-ValueOr $Replication 'lagSeconds' 0)
    if ($null -eq (Get-Value $Replica 'snapshotDue')) {
        Set-Value $Replica 'snapshotDue' (Get-UtcText ([DateTime]::UtcNow.AddSeconds($lag)))
    }
    [void] (Complete-Snapshot $Replica)
}

function Test-Stuck {
    param($Replication, $Replica)
    $fqdn = Get-Value $Replica 'ReplicaFqdn'
    return (Test-Contains $Replication['stuck'] $fqdn) -or (Test-Contains $Replication['stuckForever'] $fqdn)
}

# What the Edge keeps if the coming change does not reach it at once; null if it will, or has fallen behind already.
function Get-EdgeSnapshot {
    param($State)
    $replication = $State['replication']
    if ($null -ne (Get-Value $replication 'edgeConfiguration')) { return $null }
    $lags = (Get-Value $replication 'delaySeconds') -gt 0 -or (Get-ValueOr $replication 'lagSeconds' 0) -gt 0
    foreach ($replica in $replication['replicas'].ChildNodes) {
        if ((Get-Value $replica 'edge') -and (Test-Stuck $replication $replica)) { $lags = $true }
    }
    if (-not $lags) { return $null }
    $snapshot = $State.OwnerDocument.CreateElement('edgeConfiguration')
    $snapshot.SetAttribute('type', 'object')
    foreach ($name in $script:ReplicatedSections) { [void] $snapshot.AppendChild($State[$name].CloneNode($true)) }
    return $snapshot
}

function Start-Replication {
    param($State, $Snapshot)
    $replication = $State['replication']
    if ($null -ne $Snapshot) { [void] $replication.ReplaceChild($Snapshot, $replication['edgeConfiguration']) }
    foreach ($replica in $replication['replicas'].ChildNodes) {
        if (-not (Test-Contains $replication['unconcerned'] (Get-Value $replica 'ReplicaFqdn'))) { Request-Snapshot $replication $replica }
    }
    Update-Replication $State
}

# The configuration that the Edge works with.
function Get-EdgeConfiguration {
    param($State)
    $snapshot = Get-Value $State['replication'] 'edgeConfiguration'
    if ($null -eq $snapshot) { return $State }
    return $snapshot
}

# Forces replication: a stuck replica gets going, and has to wait for its turn like after a change. The reference says that
# the status is deleted; what is shown until there is a new one it leaves open ("keepsStatus": the old one).
function Request-Replication {
    param($State, [string] $ReplicaFqdn)
    $replication = $State['replication']
    foreach ($replica in @(Select-Replica $State $ReplicaFqdn)) {
        foreach ($node in @($replication['stuck'].ChildNodes)) {
            if (Test-SameName $node.InnerText (Get-Value $replica 'ReplicaFqdn')) { [void] $node.ParentNode.RemoveChild($node) }
        }
        if (-not (Get-ValueOr $replication 'keepsStatus' $false)) {
            Set-Value $replica 'LastUpdateCreation' $null
            Set-Value $replica 'LastStatusReport' $null
            Set-Value $replica 'pending' $true
        }
        Request-Snapshot $replication $replica
    }
    Update-Replication $State
}

function Select-Replica {
    param($State, [string] $ReplicaFqdn)
    $replicas = $State['replication']['replicas']
    if ([string]::IsNullOrEmpty($ReplicaFqdn)) { return @($replicas.ChildNodes) }
    $replica = Find-Record $replicas $ReplicaFqdn 'ReplicaFqdn'
    if ($null -eq $replica) { Stop-ByRule $State 'NotFound' $ReplicaFqdn }
    return $replica
}
