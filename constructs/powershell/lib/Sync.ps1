# One object from what Lync Server has to what is declared: nothing, New-, Set-, or Remove- and New- in one step.

function Sync-LyncObject {
    # What is in Creation is for a new object alone; an object that is there is neither compared with it nor set to it.
    param([hashtable] $Kind, [hashtable] $Settings, [hashtable] $Creation = @{}, [hashtable] $Claim = @{ Id = ''; Way = '' })
    $title = $Kind.Name + ' ' + (Format-Value $Settings.Identity)
    # Where there is no claim, the runner has no notes of the object.
    if ($Claim.Id) { Confirm-OpenClaim -Kind $Kind -Settings $Settings -Creation $Creation -Claim $Claim }
    $expected = ConvertTo-ExpectedSetting -Kind $Kind -Settings $Settings
    $actual = Get-ActualSetting -Kind $Kind -Identity $Settings.Identity
    $differences = @(Compare-Setting -Kind $Kind -Expected $expected -Actual $actual)
    if ($null -ne $actual -and $differences.Count -eq 0) {
        if ($Claim.Id) { Close-Claim -Claim $Claim }
        Write-Line ($title + ' is as declared; nothing to do.' + (Get-OwnershipText -Kind $Kind -Identity $Settings.Identity))
        return
    }
    $owned = ''
    if ($null -ne $actual) { $owned = Get-OwnershipText -Kind $Kind -Identity $Settings.Identity }
    if ($Kind.ContainsKey('Guard')) { & $Kind.Guard $Settings.Identity $expected $actual }
    Write-Line $title
    Write-Difference -Differences $differences
    $new = @{}
    if ($Creation.Count -gt 0) { $new = ConvertTo-ExpectedSetting -Kind $Kind -Settings $Creation }
    Update-LyncObject -Kind $Kind -Identity $Settings.Identity -Expected $expected -Creation $new -Actual $actual -Differences $differences -Claim $Claim
    Assert-AppliedSetting -Kind $Kind -Identity $Settings.Identity -Expected $expected
    if ($Claim.Id) { Close-Claim -Claim $Claim }
    Write-Line ($title + ' is now as declared.' + $owned)
}

function Get-OwnershipText {
    # What becomes of an object that was there before this process; nothing where the script has not been told.
    param([hashtable] $Kind, [string] $Identity)
    if (-not $env:LYNC_REMOVAL_POLICY) { return '' }
    if ($env:LYNC_REMOVAL_POLICY -eq 'retain') { return ' It was there before, and stays when it leaves the code.' }
    if (-not $Kind.ContainsKey('Remove') -or ($Kind.ContainsKey('StaysAs') -and (Test-SameValue -Expected $Kind.StaysAs -Actual $Identity -Type 'Name'))) {
        return ' It was there before, and goes back to the defaults of Lync Server when it leaves the code.'
    }
    return ' It was there before, belongs to this stack now, and leaves with it.'
}

function ConvertTo-ExpectedSetting {
    # A value that only Terraform knew at synthesis is checked here, before anything is changed: all of the object at once.
    param([hashtable] $Kind, [hashtable] $Settings)
    $expected = @{}
    $problems = @()
    foreach ($name in $Kind.Properties.Keys) {
        if (-not $Settings.ContainsKey($name)) { continue }
        $expected[$name] = $Settings[$name]
        $type = $Kind.Properties[$name]
        # Any text will do for them, and most settings are one of these.
        if ($type -eq 'Text' -or $type -eq 'Name') { continue }
        $allowed = Get-AllowedText -Text $Settings[$name] -Type $type
        if ($allowed) { $problems += '  - ' + $name + ': ' + (Format-Setting -Name $name -Value $Settings[$name]) + ' is not allowed. Allowed: ' + $allowed + '. Give it one of these, or null to leave it out.' }
        else { $expected[$name] = ConvertTo-DeclaredValue -Text $Settings[$name] -Type $type }
    }
    if ($problems.Count -gt 0) {
        throw ($Kind.Name + ' ' + (Format-Value $Settings.Identity) + ' has values that cannot be right, and nothing of it has been changed.' +
            [Environment]::NewLine + ($problems -join [Environment]::NewLine))
    }
    return $expected
}

function Update-LyncObject {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected, [hashtable] $Creation, $Actual, [object[]] $Differences, [hashtable] $Claim)
    if ($null -eq $Actual) {
        # Where a process before this one removed the object to create it anew, it comes back with all that it had.
        $kept = @{}
        if ($Claim.Id) { $kept = Read-KeptSetting -Kind $Kind -Claim $Claim }
        if ($kept.Count -gt 0) { Write-KeptSetting -Expected $Expected -Actual $kept }
        Invoke-Creation -Kind $Kind -Identity $Identity -Expected $Expected -Kept $kept -Creation $Creation
        return
    }
    $fixed = @(foreach ($each in $Differences) { if ($Kind.Fixed -contains $each.Property) { $each } })
    if ($fixed.Count -gt 0) {
        Write-Line ('  ' + $fixed[0].Property + ' cannot be changed by ' + $Kind.Set + ': the object is removed and created anew.')
        Write-KeptSetting -Expected $Expected -Actual $Actual
        Invoke-Recreation -Kind $Kind -Identity $Identity -Expected $Expected -Creation $Creation -Actual $Actual -Claim $Claim
        return
    }
    $changes = @{}
    foreach ($each in $Differences) { $changes[$each.Property] = $each.Expected }
    Set-ServerObject -Kind $Kind -Identity $Identity -Changes (Add-Companion -Kind $Kind -Changes $changes -Expected $Expected)
}

function Add-Companion {
    # Of a pair that the cmdlet takes together alone, both are given where one of them changes.
    param([hashtable] $Kind, [hashtable] $Changes, [hashtable] $Expected)
    if (-not $Kind.ContainsKey('Together')) { return $Changes }
    foreach ($pair in $Kind.Together) {
        if (-not ($Changes.ContainsKey($pair[0]) -or $Changes.ContainsKey($pair[1]))) { continue }
        foreach ($name in $pair) { if ($Expected.ContainsKey($name)) { $Changes[$name] = $Expected[$name] } }
    }
    return $Changes
}

function Invoke-Creation {
    # What is declared comes first, then what the object had before, then the values for a new one.
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected, [hashtable] $Kept, [hashtable] $Creation)
    $settings = $Expected
    foreach ($others in $Kept, $Creation) { if ($others.Count -gt 0) { $settings = Join-Setting -Expected $settings -Actual $others } }
    try { New-ServerObject -Kind $Kind -Identity $Identity -Settings $settings }
    catch {
        if ((Test-TransientFault -Exception $_.Exception) -or (Test-SessionLost -Exception $_.Exception)) { throw }
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

function Write-KeptSetting {
    # Should the process be killed before the object is back, and the next deploy come from another runner, this line is all
    # that tells what nobody declares.
    param([hashtable] $Expected, [hashtable] $Actual)
    $kept = Join-Setting -Expected @{} -Actual $Actual
    $words = @($kept.Keys | Where-Object { -not $Expected.ContainsKey($_) } | Sort-Object | ForEach-Object { $_ + ' ' + (Format-Setting -Name $_ -Value $kept[$_]) })
    if ($words.Count -gt 0) { Write-Line ('  Not declared, and kept as it is: ' + ($words -join ', ')) }
}

function Assert-AppliedSetting {
    # A cmdlet that returns without an error has not proved that Lync Server has the values.
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected)
    $actual = Get-ActualSetting -Kind $Kind -Identity $Identity
    $left = @(Compare-Setting -Kind $Kind -Expected $Expected -Actual $actual)
    if ($null -ne $actual -and $left.Count -eq 0) { return }
    Write-Line 'Read back after the change:'
    Write-Difference -Differences $left
    throw (Get-NotAppliedText -Differences $left)
}

function Get-NotAppliedText {
    param([object[]] $Differences)
    $names = @($Differences | ForEach-Object { $_.Property }) -join ', '
    return 'Lync Server took the change without an error, but what it has now differs from what is declared: ' + $names +
    '. Either this version does not support the property, or somebody changed it at the same time. Deploy again; if it stays, leave the property out.'
}
