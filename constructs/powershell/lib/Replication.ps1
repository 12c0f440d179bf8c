# The wait until replication of the Central Management store has brought the changes to the computers that a test needs.

function Wait-Replication {
    # Returns the seconds that it took.
    param([hashtable] $Option)
    $wanted = @(Get-AwaitedReplica -Wanted $Option.Replicas)
    $mark = Get-ReplicationMark
    if ($Option.ReplicationTrigger) {
        # What is forced makes an update for each of them, whatever was changed before: no other one counts.
        $mark = New-ReplicationMark -Replicas @(Get-ReplicaStatus | ForEach-Object { ConvertTo-ReplicaMark -Status $_ }) -Left 1e9
        Start-Replication -Wanted $Option.Replicas
    }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $said = ''
    $sayAgain = 0
    while ($true) {
        $elapsed = $watch.Elapsed.TotalSeconds
        $late = @(Get-LateReplica -Wanted $wanted -Mark $mark -Elapsed $elapsed)
        if ($late.Count -eq 0) { break }
        $left = $Option.ReplicationTimeout - $elapsed
        if ($left -le 0) { throw (Format-LateError -Late $late -Seconds $Option.ReplicationTimeout) }
        $names = Format-Replica -Names @($late | ForEach-Object { $_.ReplicaFqdn })
        if ($names -ne $said -or $elapsed -ge $sayAgain) {
            Write-Line ('Waiting until replication has reached ' + $names + ': ' + [int] $elapsed + ' s elapsed, ' + [int] $left + ' s left.')
            $said = $names
            $sayAgain = $elapsed + 10
        }
        Set-ProgressStep 'wait for replication'
        Start-Sleep -Milliseconds ([int] (1000 * [Math]::Min($Option.ReplicationInterval, $left)))
    }
    Write-Line ('Replication has reached ' + (Format-Replica -Names $wanted) + ': up to date after ' + [int] $elapsed + ' s.')
    return $elapsed
}

function Get-ReplicationKind {
    # What a test calls beside its own cmdlet.
    param([hashtable] $Option)
    if ($Option.Replicas.Count -eq 0) { return }
    Get-LyncKind -Name 'ReplicationStatus'
    if ($Option.ReplicationTrigger) { Get-LyncKind -Name 'ReplicationTrigger' }
}

function Get-AwaitedReplica {
    # The names as Lync Server has them. One that it does not know would be waited for in vain.
    param([string[]] $Wanted)
    $known = @(Get-ReplicaStatus | ForEach-Object { [string] (Get-Property -Object $_ -Name 'ReplicaFqdn') })
    if ($known.Count -eq 0) { throw 'Get-CsManagementStoreReplicationStatus shows no computer at all, so there is nothing to wait for. Has the topology been published?' }
    if (Test-ListedText -Text 'all' -Texts $Wanted) { return $known }
    $unknown = @($Wanted | Where-Object { -not (Test-ListedText -Text $_ -Texts $known) })
    if ($unknown.Count -eq 0) { return $Wanted }
    throw ('Replication does not know ' + (Format-Replica -Names $unknown) + '. Get-CsManagementStoreReplicationStatus shows: ' + ($known -join ', ') +
        '. Give replication.replicas the names of computers as they stand there; an Edge pool has one for each of its computers.')
}

function Get-ReplicaStatus {
    Invoke-WithRetry -Body { Get-LyncList -Cmdlet 'Get-CsManagementStoreReplicationStatus' }
}

function Get-LateReplica {
    # Those that the change has not reached. One whose status has just been dropped may be missing from the list for a while.
    param([string[]] $Wanted, [hashtable] $Mark, [double] $Elapsed)
    $statuses = @(Get-ReplicaStatus)
    foreach ($fqdn in $Wanted) {
        $late = @{ ReplicaFqdn = $fqdn; LastStatusReport = $null; UpToDate = $false }
        $arrived = $false
        foreach ($status in $statuses) {
            if (-not (Test-SameValue -Expected $fqdn -Actual (Get-Property -Object $status -Name 'ReplicaFqdn') -Type 'Name')) { continue }
            $late.LastStatusReport = Get-Property -Object $status -Name 'LastStatusReport'
            $late.UpToDate = (Get-Property -Object $status -Name 'UpToDate') -eq $true
            $arrived = Test-ReplicaArrival -Status $status -Mark $Mark -Elapsed $Elapsed
        }
        if (-not $arrived) { $late }
    }
}

function Start-Replication {
    # The cmdlet has no -Confirm, and asks for none. It is a change like others: one at a time.
    param([string[]] $Wanted)
    Invoke-WithLock -Body {
        foreach ($fqdn in $Wanted) {
            $call = @{ ReplicaFqdn = $fqdn }
            if ($fqdn -eq 'all') { $call = @{} }
            Write-Line (Format-Call -Name 'Invoke-CsManagementStoreReplication' -Parameters $call)
            $null = Invoke-WithRetry -Body { Invoke-Cmdlet -Name 'Invoke-CsManagementStoreReplication' -Parameters $call }
        }
    }
}

function Format-Replica {
    param([string[]] $Names)
    if ($Names.Count -le 5) { return $Names -join ', ' }
    return (@($Names | Select-Object -First 5) -join ', ') + ' and ' + ($Names.Count - 5) + ' more'
}

function Format-LateError {
    param([object[]] $Late, [int] $Seconds)
    $lines = @('Replication has not reached every computer within ' + $Seconds + ' s, and a test would judge what they had before. Not up to date:')
    $old = @($Late | Where-Object { $_.UpToDate })
    foreach ($each in $Late) {
        $report = 'never'
        if ($each.LastStatusReport -is [DateTime]) { $report = $each.LastStatusReport.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture) }
        $line = '  - ' + $each.ReplicaFqdn + ' (last status report: ' + $report + ')'
        if ($each.UpToDate) { $line += ': up to date only with an update from before the change' }
        $lines += $line
    }
    if ($old.Count -gt 0) {
        $lines += 'Where the change does not concern a computer, it gets no update, and counts ' + (Get-SettleTime) + ' s after the change: ' +
        'raise replication.timeoutSeconds above that, or name in replication.replicas only the computers that the test depends on.'
    }
    $lines += 'Check on each of them that the service REPLICA runs, and on an Edge that the Central Management server reaches its internal side at TCP port ' +
    '4443. Where it only takes longer, raise replication.timeoutSeconds. A retired computer may stay in the list and never catch up: name the computers to wait ' +
    'for in replication.replicas, and leave it out.'
    return $lines -join [Environment]::NewLine
}
