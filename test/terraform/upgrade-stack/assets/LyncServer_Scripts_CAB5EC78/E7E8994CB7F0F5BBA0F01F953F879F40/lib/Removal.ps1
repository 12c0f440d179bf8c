# What the stack no longer declares: objects to remove, and settings to put back to Lync Server's default.

function Get-Removal {
    # Each list maps "Kind identity" to its fate (see Get-Fate).
    param([string] $Before, [string] $After)
    # A hashtable of PowerShell compares by the culture of the machine, and names must not.
    $present = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
    foreach ($row in (ConvertFrom-Json -InputObject $After).PSObject.Properties) { $present[$row.Name] = [string] $row.Value }
    foreach ($row in (ConvertFrom-Json -InputObject $Before).PSObject.Properties) {
        $fate = Get-Fate -Text $row.Value
        if ($fate.Policy -ne 'remove') { continue }
        $resets = $fate.Declares
        $whole = -not $present.ContainsKey($row.Name)
        if (-not $whole) {
            $kept = (Get-Fate -Text $present[$row.Name]).Declares
            $resets = @($resets | Where-Object { $kept -notcontains $_ })
            if ($resets.Count -eq 0) { continue }
        }
        $kind, $identity = $row.Name -split ' ', 2
        @{ Kind = $kind; Identity = $identity; Whole = $whole; Resets = $resets; Where = $fate.Where }
    }
}

function Get-Fate {
    # "remove, declares Comment ProxyFqdn": removed with the code; Comment and ProxyFqdn are put back when only they leave.
    # "remove, where EdgeProxyAddress is sip.contoso.com": removed with the code, but left alone with another address.
    param([string] $Text)
    $policy, $clauses = $Text -split ', '
    $fate = @{ Policy = $policy; Declares = @(); Where = @{} }
    foreach ($clause in $clauses) {
        $word, $words = $clause -split ' '
        if ($word -eq 'declares') { $fate.Declares = @($words) }
        if ($word -eq 'where') { $fate.Where[$words[0]] = $words[2] }
    }
    return $fate
}

function Remove-DeclaredObject {
    # In the reverse order of the procedure. One that fails does not keep the others: all failures are told at the end.
    param([object[]] $Removals)
    $order = 'AccessEdgeConfig', 'ExternalEdgeSetting', 'PushNotificationConfig', 'AllowedDomain', 'FederatedPartner', 'HostingProvider'
    $failures = @($Removals | Where-Object { $order -notcontains $_.Kind } | ForEach-Object {
            (Get-Title -Removal $_) + ': these scripts know no such kind of object. Deploy with the version of the library that made it, or a newer one.'
        })
    foreach ($kindName in $order) {
        $ofKind = @($Removals | Where-Object { $_.Kind -eq $kindName })
        if ($ofKind.Count -gt 0) { $failures += @(Remove-OfKind -Kind (Get-LyncKind -Name $kindName) -Removals $ofKind) }
    }
    if ($failures.Count -gt 0) {
        throw ([string] $failures.Count + ' of ' + $Removals.Count + ' could not be removed or put back; the next deploy tries these again.' +
            [Environment]::NewLine + ($failures -join [Environment]::NewLine))
    }
}

function Remove-OfKind {
    # What is there is read once before and once after: reading it for each of thousands would take hours. Returns the failures.
    param([hashtable] $Kind, [object[]] $Removals)
    $known = @{ Kind = $Kind; Objects = $null }
    $acted = @()
    foreach ($removal in $Removals) {
        Restart-TimeLimit
        try { if (Invoke-WithRetry -Body { Remove-One -Known $known -Removal $removal }) { $acted += $removal } }
        catch { (Get-Title -Removal $removal) + ': ' + $_.Exception.Message }
    }
    $known.Objects = $null
    foreach ($removal in $acted) {
        Restart-TimeLimit
        try { Invoke-WithRetry -Body { Assert-Removed -Known $known -Removal $removal } }
        catch { (Get-Title -Removal $removal) + ': ' + $_.Exception.Message }
    }
}

function Remove-One {
    # Returns whether anything was changed.
    param([hashtable] $Known, [hashtable] $Removal)
    $actual = Get-KnownSetting -Known $Known -Identity $Removal.Identity
    $reason = Get-ReasonToLeave -Kind $Known.Kind -Removal $Removal -Actual $actual
    if ($reason) {
        Write-Line ((Get-Title -Removal $Removal) + $reason)
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

function Get-ReasonToLeave {
    param([hashtable] $Kind, [hashtable] $Removal, $Actual)
    if ($null -eq $Actual) { return ' is not there any more; nothing to do.' }
    foreach ($other in (Compare-Setting -Kind $Kind -Expected $Removal.Where -Actual $Actual)) {
        return ' has the ' + $other.Property + ' ' + (Format-Value $other.Actual) + ', and this stack declared ' + (Format-Value $other.Expected) +
        ': it is somebody else''s now, and left as it is. Where it is not, remove it by hand.'
    }
    $defaults = Get-DefaultAfter -Kind $Kind -Removal $Removal
    if ($null -ne $defaults -and @(Compare-Setting -Kind $Kind -Expected $defaults -Actual $Actual).Count -eq 0) {
        return ' has the defaults of Lync Server already; nothing to do.'
    }
}

function Invoke-Removal {
    param([hashtable] $Kind, [hashtable] $Removal, [hashtable] $Actual)
    $title = Get-Title -Removal $Removal
    if (Test-Deletion -Kind $Kind -Removal $Removal) {
        Write-Line ($title + ' is no longer declared.')
        & $Kind.Delete $Removal.Identity $Kind
        return
    }
    Write-Line ($title + ': no longer declared, so back to the default of Lync Server.')
    $differences = @(Compare-Setting -Kind $Kind -Expected (Get-DefaultAfter -Kind $Kind -Removal $Removal) -Actual $Actual)
    Write-Difference -Differences $differences
    $changes = @{}
    foreach ($each in $differences) { $changes[$each.Property] = $each.Expected }
    & $Kind.Change $Removal.Identity $Kind $changes
}

function Assert-Removed {
    # A cmdlet that returns without an error has not proved that Lync Server did what it was asked.
    param([hashtable] $Known, [hashtable] $Removal)
    $title = Get-Title -Removal $Removal
    $actual = Get-KnownSetting -Known $Known -Identity $Removal.Identity
    if ($null -eq $actual) {
        Write-Line ($title + ' is removed.')
        return
    }
    $defaults = Get-DefaultAfter -Kind $Known.Kind -Removal $Removal
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

function Get-DefaultAfter {
    # The settings that the object has to have afterwards, or nothing where it has to be gone.
    param([hashtable] $Kind, [hashtable] $Removal)
    if (Test-Deletion -Kind $Kind -Removal $Removal) {
        # A global configuration stays after its removal, with the defaults.
        if ($Kind.ContainsKey('StaysAs') -and $Removal.Identity -eq $Kind.StaysAs) { return $Kind.Defaults }
        return
    }
    $defaults = @{}
    foreach ($name in $Removal.Resets) { $defaults[$name] = $Kind.Defaults[$name] }
    return $defaults
}

function Get-Title {
    param([hashtable] $Removal)
    return $Removal.Kind + ' ' + (Format-Value $Removal.Identity)
}
