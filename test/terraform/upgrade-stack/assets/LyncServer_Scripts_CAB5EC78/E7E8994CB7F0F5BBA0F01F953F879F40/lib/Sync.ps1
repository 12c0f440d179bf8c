# One object from what Lync Server has to what is declared: nothing, New-, Set-, or Remove- and New- in one step.

function Sync-LyncObject {
    param([hashtable] $Kind, [hashtable] $Settings)
    $title = $env:LYNC_KIND + ' ' + (Format-Value $Settings.Identity)
    $expected = ConvertTo-Expected -Kind $Kind -Settings $Settings
    $actual = Get-ActualSetting -Kind $Kind -Identity $Settings.Identity
    $differences = @(Compare-Setting -Kind $Kind -Expected $expected -Actual $actual)
    if ($null -ne $actual -and $differences.Count -eq 0) {
        Write-Line ($title + ' is as declared; nothing to do.')
        return
    }
    if ($Kind.ContainsKey('Guard')) { & $Kind.Guard $Settings.Identity $expected $actual }
    Write-Line $title
    Write-Difference -Differences $differences
    Update-LyncObject -Kind $Kind -Identity $Settings.Identity -Expected $expected -Actual $actual -Differences $differences
    Assert-Applied -Kind $Kind -Identity $Settings.Identity -Expected $expected
    Write-Line ($title + ' is now as declared.')
}

function ConvertTo-Expected {
    param([hashtable] $Kind, [hashtable] $Settings)
    $expected = @{}
    foreach ($name in $Kind.Properties.Keys) {
        if ($Settings.ContainsKey($name)) { $expected[$name] = ConvertTo-Declared -Text $Settings[$name] -Type $Kind.Properties[$name] }
    }
    return $expected
}

function Update-LyncObject {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected, $Actual, [object[]] $Differences)
    if ($null -eq $Actual) {
        # Where a try before this one removed the object to create it anew, it comes back with all that it had.
        $kept = @{}
        if ($Kind.ContainsKey('Kept')) { $kept = $Kind.Kept }
        Invoke-Creation -Kind $Kind -Identity $Identity -Settings (Join-Setting -Expected $Expected -Actual $kept)
        return
    }
    $fixed = @($Differences | Where-Object { $Kind.Fixed -contains $_.Property })
    if ($fixed.Count -gt 0) {
        Write-Line ('  ' + $fixed[0].Property + ' cannot be changed by ' + $Kind.Set + ': the object is removed and created anew.')
        $Kind.Kept = $Actual
        Write-Kept -Expected $Expected -Actual $Actual
        & $Kind.Delete $Identity $Kind
        Invoke-Creation -Kind $Kind -Identity $Identity -Settings (Join-Setting -Expected $Expected -Actual $Actual)
        return
    }
    $changes = @{}
    foreach ($each in $Differences) { $changes[$each.Property] = $each.Expected }
    if ($Kind.ContainsKey('Together')) { $changes = & $Kind.Together $changes $Expected }
    & $Kind.Change $Identity $Kind $changes
}

function Invoke-Creation {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Settings)
    try { & $Kind.Create $Identity $Kind $Settings }
    catch {
        if (Test-PassingFault -Exception $_.Exception) { throw }
        $advice = Get-CreationAdvice -Kind $Kind -Identity $Identity
        if (-not $advice) { throw }
        throw (New-Object -TypeName System.InvalidOperationException -ArgumentList ($_.Exception.Message + [Environment]::NewLine + $advice), $_.Exception)
    }
}

function Get-CreationAdvice {
    param([hashtable] $Kind, [string] $Identity)
    $there = $null
    try { $there = Get-ActualSetting -Kind $Kind -Identity $Identity }
    catch { Write-Line ('Whether it is there now could not be read: ' + $_.Exception.Message) }
    if ($null -ne $there) {
        return 'It is there now, and was not a moment ago: either another runner or somebody by hand has made it, or the cmdlet had its effect before it failed. ' +
        'Deploy again: a deploy looks at what is there, and changes only what differs.'
    }
    if ($Kind.ContainsKey('Refused')) { return & $Kind.Refused $Identity }
}

function Join-Setting {
    # What is not declared is left alone, also where the object has to be created anew.
    param([hashtable] $Expected, [hashtable] $Actual)
    $all = @{}
    foreach ($name in $Actual.Keys) {
        if (-not [string]::IsNullOrEmpty([string] $Actual[$name])) { $all[$name] = $Actual[$name] }
    }
    foreach ($name in $Expected.Keys) { $all[$name] = $Expected[$name] }
    return $all
}

function Write-Kept {
    # Should the process be killed before the object is back, this line is all that tells what nobody declares.
    param([hashtable] $Expected, [hashtable] $Actual)
    $kept = Join-Setting -Expected @{} -Actual $Actual
    $words = @($kept.Keys | Where-Object { -not $Expected.ContainsKey($_) } | Sort-Object | ForEach-Object { $_ + ' ' + (Format-Value $kept[$_]) })
    if ($words.Count -gt 0) { Write-Line ('  Not declared, and kept as it is: ' + ($words -join ', ')) }
}

function Assert-Applied {
    # A cmdlet that returns without an error has not proved that Lync Server has the values.
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected)
    $actual = Get-ActualSetting -Kind $Kind -Identity $Identity
    $left = @(Compare-Setting -Kind $Kind -Expected $Expected -Actual $actual)
    if ($null -ne $actual -and $left.Count -eq 0) { return }
    Write-Line 'Read back after the change:'
    Write-Difference -Differences $left
    $names = @($left | ForEach-Object { $_.Property }) -join ', '
    throw ('Lync Server took the change without an error, but what it has now differs from what is declared: ' + $names +
        '. Either this version does not support the property, or somebody changed it at the same time. Deploy again; if it stays, leave the property out.')
}
