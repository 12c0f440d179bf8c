# Replication of the Central Management store: a change makes every replica out of date until the delay has passed.
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
        if (-not (Get-Value $replica 'pending')) { continue }
        $arrival = (ConvertFrom-UtcText (Get-Value $replica 'LastUpdateCreation')).AddSeconds($delay)
        if ($now -ge $arrival -and -not (Test-Stuck $replication $replica)) {
            Set-Value $replica 'pending' $false
            Set-Value $replica 'LastStatusReport' (Get-UtcText $arrival)
        } elseif (Get-Value $replica 'edge') {
            $edgeLags = $true
        }
    }
    if (-not $edgeLags) { Set-Value $replication 'edgeConfiguration' $null }
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
    $lags = (Get-Value $replication 'delaySeconds') -gt 0
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
    $now = Get-UtcText
    foreach ($replica in $replication['replicas'].ChildNodes) {
        Set-Value $replica 'LastUpdateCreation' $now
        Set-Value $replica 'pending' $true
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

# Forces replication: a stuck replica gets going, and has to wait for its turn like after a change.
function Request-Replication {
    param($State, [string] $ReplicaFqdn)
    $replication = $State['replication']
    $now = Get-UtcText
    foreach ($replica in @(Select-Replica $State $ReplicaFqdn)) {
        foreach ($node in @($replication['stuck'].ChildNodes)) {
            if ($node.InnerText -eq (Get-Value $replica 'ReplicaFqdn')) { [void] $node.ParentNode.RemoveChild($node) }
        }
        Set-Value $replica 'LastUpdateCreation' $now
        Set-Value $replica 'pending' $true
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
