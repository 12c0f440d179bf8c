# The status of replication just before a change: only a status that has moved on from it can be one with the change.

function Save-ReplicationMark {
    # In the folder of the stack, since every change and every test is a process of its own. Only where a test waits.
    if ([string]::IsNullOrEmpty($env:LYNC_REPLICATION_MARK)) { return }
    $mark = @{ Changed = [string] [DateTime]::UtcNow.Ticks; Replicas = @(Get-ReplicaStatus | ForEach-Object { ConvertTo-ReplicaMark -Status $_ }) }
    $text = ConvertTo-Json -InputObject $mark -Depth 4
    Save-WholeFile -Path ([IO.Path]::GetFullPath($env:LYNC_REPLICATION_MARK)) -Bytes ([Text.Encoding]::UTF8.GetBytes($text))
}

function Get-ReplicationMark {
    # Nothing where this stack has not changed anything.
    if ([string]::IsNullOrEmpty($env:LYNC_REPLICATION_MARK)) { return }
    $file = [IO.Path]::GetFullPath($env:LYNC_REPLICATION_MARK)
    if (-not [IO.File]::Exists($file)) { return }
    $mark = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($file))
    # Both times are of the runner's clock; where somebody has set it, the whole time is left.
    $passed = ([DateTime]::UtcNow.Ticks - [long] $mark.Changed) / 1e7
    if ($passed -lt 0) { $passed = 0 }
    return New-ReplicationMark -Replicas @($mark.Replicas) -Left ((Get-SettleTime) - $passed)
}

function Get-SettleTime {
    # Seconds after a change from which on a status counts that has not moved on: not every change concerns every computer.
    # Microsoft gives the Master Replicator two to three minutes.
    return 180
}

function New-ReplicationMark {
    # Left: seconds until a status counts that has not moved on.
    param([object[]] $Replicas, [double] $Left)
    $byName = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
    foreach ($each in $Replicas) { $byName[[string] $each.Fqdn] = $each }
    return @{ Replicas = $byName; Left = $Left }
}

function ConvertTo-ReplicaMark {
    param($Status)
    return New-Object -TypeName PSObject -Property @{
        Fqdn   = [string] (Get-Property -Object $Status -Name 'ReplicaFqdn')
        Update = Format-Moment -Value (Get-Property -Object $Status -Name 'LastUpdateCreation')
        Report = Format-Moment -Value (Get-Property -Object $Status -Name 'LastStatusReport')
    }
}

function Format-Moment {
    # Compared for being another one and for nothing else, so that neither the clock nor the time zone matters.
    param($Value)
    if ($Value -is [DateTime]) { return [string] $Value.Ticks }
    return [string] $Value
}

function Test-ReplicaArrival {
    # UpToDate alone may be from before the change, for as long as the Master Replicator has made no snapshot of it.
    # LastUpdateCreation moves on with the snapshot, LastStatusReport with what the computer says of it.
    param($Status, [hashtable] $Mark, [double] $Elapsed)
    if ((Get-Property -Object $Status -Name 'UpToDate') -ne $true) { return $false }
    if ($null -eq $Mark -or $Elapsed -ge $Mark.Left) { return $true }
    $now = ConvertTo-ReplicaMark -Status $Status
    if ($now.Update -eq '') { return $false }
    $before = $Mark.Replicas[$now.Fqdn]
    if ($null -eq $before) { return $true }
    return $now.Update -ne $before.Update -and ($now.Report -eq '' -or $now.Report -ne $before.Report)
}
