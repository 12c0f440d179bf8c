# What the stack no longer declares: objects to remove, and settings to put back to Lync Server's default.

function Get-Removal {
    # Each list maps "Kind identity" to its fate: "remove" or "retain", and the settings that are put back on their own.
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
        @{ Kind = $kind; Identity = $identity; Whole = $whole; Resets = $resets }
    }
}

function Get-Fate {
    # "remove, declares Comment ProxyFqdn": removed with the code; Comment and ProxyFqdn are put back when only they leave.
    param([string] $Text)
    $policy, $rest = $Text -split ', declares ', 2
    return @{ Policy = $policy; Declares = @(([string] $rest) -split ' ' | Where-Object { $_ }) }
}

function Remove-DeclaredObject {
    # In the reverse order of the procedure. One that fails does not keep the others: all failures are told at the end.
    param([object[]] $Removals)
    $failures = @()
    foreach ($kindName in 'AccessEdgeConfig', 'PushNotificationConfig', 'AllowedDomain', 'HostingProvider') {
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
    Invoke-Mutation -Name $Kind.Remove -Parameters @{ Identity = $Identity }
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
    $changes = Get-NameParameter -Kind $Kind -Identity $Removal.Identity
    foreach ($each in $differences) { $changes[$each.Property] = $each.Expected }
    Invoke-Mutation -Name $Kind.Set -Parameters $changes
    Assert-Applied -Kind $Kind -Identity $Removal.Identity -Expected $defaults
}
