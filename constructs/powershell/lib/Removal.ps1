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
    $failures = @()
    foreach ($kindName in 'AccessEdgeConfig', 'ExternalEdgeSetting', 'PushNotificationConfig', 'AllowedDomain', 'FederatedPartner', 'HostingProvider') {
        $kind = Get-LyncKind -Name $kindName
        foreach ($removal in $Removals) {
            if ($removal.Kind -ne $kindName) { continue }
            try { Invoke-WithRetry -Body { Remove-One -Kind $kind -Removal $removal } }
            catch { $failures += $removal.Kind + ' ' + (Format-Value $removal.Identity) + ': ' + $_.Exception.Message }
        }
    }
    if ($failures.Count -gt 0) {
        throw ([string] $failures.Count + ' of ' + $Removals.Count + ' could not be removed or put back; the next deploy tries these again.' +
            [Environment]::NewLine + ($failures -join [Environment]::NewLine))
    }
}

function Remove-One {
    param([hashtable] $Kind, [hashtable] $Removal)
    $title = $Removal.Kind + ' ' + (Format-Value $Removal.Identity)
    $actual = Get-ActualSetting -Kind $Kind -Identity $Removal.Identity
    if ($null -eq $actual) {
        Write-Line ($title + ' is not there any more; nothing to do.')
        return
    }
    foreach ($other in (Compare-Setting -Kind $Kind -Expected $Removal.Where -Actual $actual)) {
        Write-Line ($title + ' has the ' + $other.Property + ' ' + (Format-Value $other.Actual) + ', and this stack declared ' + (Format-Value $other.Expected) +
            ': it is somebody else''s now, and left as it is. Where it is not, remove it by hand.')
        return
    }
    if ($Removal.Whole -and $Kind.ContainsKey('Remove')) {
        Remove-Whole -Kind $Kind -Identity $Removal.Identity -Title $title -Actual $actual
        return
    }
    Reset-Setting -Kind $Kind -Removal $Removal -Title $title -Actual $actual
}

function Remove-Whole {
    param([hashtable] $Kind, [string] $Identity, [string] $Title, [hashtable] $Actual)
    # A global configuration stays after its removal, with the defaults.
    $stays = $Kind.ContainsKey('StaysAs') -and $Identity -eq $Kind.StaysAs
    if ($stays -and @(Compare-Setting -Kind $Kind -Expected $Kind.Defaults -Actual $Actual).Count -eq 0) {
        Write-Line ($Title + ' has the defaults of Lync Server already; nothing to do.')
        return
    }
    Write-Line ($Title + ' is no longer declared.')
    & $Kind.Delete $Identity $Kind
    if ($stays) {
        Assert-Applied -Kind $Kind -Identity $Identity -Expected $Kind.Defaults
        Write-Line ($Title + ' is back to the defaults of Lync Server.')
        return
    }
    if ($null -ne (Get-ActualSetting -Kind $Kind -Identity $Identity)) { throw ($Kind.Remove + ' ended without an error, but the object is still there.') }
    Write-Line ($Title + ' is removed.')
}

function Reset-Setting {
    param([hashtable] $Kind, [hashtable] $Removal, [string] $Title, [hashtable] $Actual)
    $defaults = @{}
    foreach ($name in $Removal.Resets) { $defaults[$name] = $Kind.Defaults[$name] }
    $differences = @(Compare-Setting -Kind $Kind -Expected $defaults -Actual $Actual)
    if ($differences.Count -eq 0) {
        Write-Line ($Title + ' has the defaults of Lync Server already; nothing to do.')
        return
    }
    Write-Line ($Title + ': no longer declared, so back to the default of Lync Server.')
    Write-Difference -Differences $differences
    $changes = @{}
    foreach ($each in $differences) { $changes[$each.Property] = $each.Expected }
    & $Kind.Change $Removal.Identity $Kind $changes
    Assert-Applied -Kind $Kind -Identity $Removal.Identity -Expected $defaults
}
