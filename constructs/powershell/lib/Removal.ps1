# What the stack no longer declares: objects to remove, and settings to put back to Lync Server's default.

function Get-Removal {
    # Whole objects, and settings of objects that stay. Each list is one of Read-ObjectList.
    param([hashtable] $Before, [hashtable] $After)
    $defaults = Get-KindDefault
    foreach ($object in $Before.Objects) {
        if ($object.Policy -ne 'remove') { continue }
        $still = $After.ByName[$object.Name]
        $left = $object.Declares
        if ($null -ne $still) { $left = @(foreach ($name in $left) { if ($still.Declares -notcontains $name) { $name } }) }
        $kind, $identity = $object.Name -split ' ', 2
        $resets = @(foreach ($name in $left) { if ($defaults.ContainsKey($kind) -and $defaults[$kind].ContainsKey($name)) { $name } })
        if ($null -ne $still -and $resets.Count -eq 0) { continue }
        @{ Kind = $kind; Identity = $identity; Whole = $null -eq $still; Resets = $resets; Where = $object.Where }
    }
}

function Get-KindDefault {
    # What each kind has defaults for: its other settings stay as they are.
    $defaults = @{}
    foreach ($name in Get-KindName) {
        $kind = Get-LyncKind -Name $name
        if ($kind.ContainsKey('Defaults')) { $defaults[$name] = $kind.Defaults }
    }
    return $defaults
}

function Assert-DeployReadiness {
    # The checks of the pre-flight and the claims, for the whole stack. A kind that another version of the library knew does
    # not keep the others from their removal.
    param([hashtable] $Before, [object[]] $Removals)
    $order = Get-RemovalOrder
    $kinds = @($Removals | ForEach-Object { $_.Kind } | Where-Object { $order -contains $_ })
    $kinds = @($kinds + @($env:LYNC_KINDS -split ' ' | Where-Object { $_ }) | Sort-Object -Unique)
    $edges = @($env:LYNC_EDGES -split ' ' | Where-Object { $_ })
    if ($kinds.Count -gt 0) { Assert-Runner -Kinds $kinds -NeedsDnsSrvRouting ($env:LYNC_NEEDS_DNS_SRV_ROUTING -eq 'true') -Edges $edges -Unchanged 'nothing has been changed.' }
    Confirm-NewClaim -Before $Before
}

function Get-RemovalOrder {
    # Every kind that can be removed, in the reverse order of the procedure: each says its own place in RemovedAs.
    $kinds = @(Get-KindName | ForEach-Object { Get-LyncKind -Name $_ } | Where-Object { $_.ContainsKey('RemovedAs') })
    return @($kinds | Sort-Object -Property { $_.RemovedAs } | ForEach-Object { $_.Name })
}

function Remove-DeclaredObject {
    # One that fails does not keep the others: all failures are told at the end.
    param([object[]] $Removals)
    $order = Get-RemovalOrder
    if ($Removals.Count -eq 0) { Write-Line 'Nothing to remove or to put back.' }
    $failures = @($Removals | Where-Object { $order -notcontains $_.Kind } | ForEach-Object {
            (Get-RemovalTitle -Removal $_) + ': these scripts know no such kind of object. Deploy with the version of the library that made it, or a newer one.'
        })
    $names = @($Removals | ForEach-Object { $_.Kind } | Sort-Object -Unique)
    foreach ($kindName in ($order | Where-Object { $names -contains $_ })) {
        $ofKind = @($Removals | Where-Object { $_.Kind -eq $kindName })
        $failures += @(Invoke-KindRemoval -Kind (Get-LyncKind -Name $kindName) -Removals $ofKind)
    }
    if ($failures.Count -gt 0) {
        throw ([string] $failures.Count + ' of ' + $Removals.Count + ' could not be removed or put back; the next deploy tries these again.' +
            [Environment]::NewLine + ($failures -join [Environment]::NewLine))
    }
}

function Invoke-KindRemoval {
    # What is there is read once before and once after: reading it for each of thousands would take hours. Returns the failures.
    param([hashtable] $Kind, [object[]] $Removals)
    $known = @{ Kind = $Kind; Objects = $null }
    $acted = @()
    foreach ($removal in $Removals) {
        Restart-TimeLimit
        try { if (Invoke-WithRetry -Body { Complete-Removal -Known $known -Removal $removal }) { $acted += $removal } }
        catch { (Get-RemovalTitle -Removal $removal) + ': ' + $_.Exception.Message }
    }
    $known.Objects = $null
    foreach ($removal in $acted) {
        Restart-TimeLimit
        try { Invoke-WithRetry -Body { Assert-Removal -Known $known -Removal $removal } }
        catch { (Get-RemovalTitle -Removal $removal) + ': ' + $_.Exception.Message }
    }
}

function Complete-Removal {
    # Returns whether anything was changed.
    param([hashtable] $Known, [hashtable] $Removal)
    try { $actual = Get-KnownSetting -Known $Known -Identity $Removal.Identity }
    catch {
        if (-not (Test-UnknownComputer -Kind $Known.Kind -Identity $Removal.Identity -Exception $_.Exception)) { throw }
        Write-Line ((Get-RemovalTitle -Removal $Removal) + ' is on a computer that DNS does not know and that does not answer, so it was never made; nothing to do.')
        return $false
    }
    $reason = Get-SkipReason -Kind $Known.Kind -Removal $Removal -Actual $actual
    if ($reason) {
        Write-Line ((Get-RemovalTitle -Removal $Removal) + $reason)
        return $false
    }
    # A try that fails may have had its effect: the next one looks again.
    try { Invoke-Removal -Kind $Known.Kind -Removal $Removal -Actual $actual }
    catch {
        $Known.Objects = $null
        throw
    }
    return $true
}

function Get-SkipReason {
    param([hashtable] $Kind, [hashtable] $Removal, $Actual)
    if ($null -eq $Actual) { return ' is not there any more; nothing to do.' }
    foreach ($other in (Compare-Setting -Kind $Kind -Expected $Removal.Where -Actual $Actual)) {
        return ' has the ' + $other.Property + ' ' + (Format-Value $other.Actual) + ', and this stack declared ' + (Format-Value $other.Expected) +
        ': it is somebody else''s now, and left as it is. Where it is not, remove it by hand.'
    }
    $defaults = Get-RemainingSetting -Kind $Kind -Removal $Removal
    if ($null -ne $defaults -and @(Compare-Setting -Kind $Kind -Expected $defaults -Actual $Actual).Count -eq 0) {
        return ' has the defaults of Lync Server already; nothing to do.'
    }
}

function Invoke-Removal {
    param([hashtable] $Kind, [hashtable] $Removal, [hashtable] $Actual)
    $title = Get-RemovalTitle -Removal $Removal
    if (Test-Deletion -Kind $Kind -Removal $Removal) {
        Write-Line ($title + ' is no longer declared.')
        Remove-ServerObject -Kind $Kind -Identity $Removal.Identity
        return
    }
    Write-Line ($title + ': no longer declared, so back to the default of Lync Server.')
    $differences = @(Compare-Setting -Kind $Kind -Expected (Get-RemainingSetting -Kind $Kind -Removal $Removal) -Actual $Actual)
    Write-Difference -Differences $differences
    $changes = @{}
    foreach ($each in $differences) { $changes[$each.Property] = $each.Expected }
    Set-ServerObject -Kind $Kind -Identity $Removal.Identity -Changes $changes
}

function Assert-Removal {
    # A cmdlet that returns without an error has not proved that Lync Server did what it was asked.
    param([hashtable] $Known, [hashtable] $Removal)
    $title = Get-RemovalTitle -Removal $Removal
    $actual = Get-KnownSetting -Known $Known -Identity $Removal.Identity
    if ($null -eq $actual) {
        Write-Line ($title + ' is removed.')
        return
    }
    $defaults = Get-RemainingSetting -Kind $Known.Kind -Removal $Removal
    if ($null -eq $defaults) { throw ($Known.Kind.Remove + ' ended without an error, but the object is still there.') }
    $left = @(Compare-Setting -Kind $Known.Kind -Expected $defaults -Actual $actual | ForEach-Object { $_.Property })
    if ($left.Count -gt 0) { throw ('the change ended without an error, but these settings do not have the default of Lync Server: ' + ($left -join ', ') + '.') }
    Write-Line ($title + ' is back to the defaults of Lync Server.')
}

function Test-Deletion {
    # Whether the object itself goes; otherwise it stays, with settings put back.
    param([hashtable] $Kind, [hashtable] $Removal)
    return $Removal.Whole -and $Kind.ContainsKey('Remove')
}

function Get-RemainingSetting {
    # The settings that the object has to have afterwards, or nothing where it has to be gone.
    param([hashtable] $Kind, [hashtable] $Removal)
    if (Test-Deletion -Kind $Kind -Removal $Removal) {
        # A global configuration stays after its removal, with the defaults.
        if (Test-PermanentObject -Kind $Kind -Identity $Removal.Identity) { return $Kind.Defaults }
        return
    }
    $defaults = @{}
    foreach ($name in $Removal.Resets) { $defaults[$name] = $Kind.Defaults[$name] }
    return $defaults
}

function Get-RemovalTitle {
    param([hashtable] $Removal)
    return $Removal.Kind + ' ' + (Format-Value $Removal.Identity)
}
