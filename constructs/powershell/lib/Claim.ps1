# Whether an object that is there before the stack's first deploy of it may become the stack's.

function Get-DeclaredClaim {
    # The claim of the object that this process applies; it has no id where the kind needs none.
    return @{ Id = [string] $env:LYNC_CLAIM; Way = [string] $env:LYNC_CLAIM_WAY }
}

function Confirm-Claim {
    # The look is noted before it begins, and the note stays until the object is applied: Terraform may be killed in between,
    # and then takes the look for done.
    param([hashtable] $Kind, [hashtable] $Settings, [hashtable] $Creation, [hashtable] $Claim)
    Write-Journal -Key $Claim.Id -Note 'claim' -Text $Claim.Way
    try { $verdict = Get-ClaimVerdict -Kind $Kind -Settings $Settings -Creation $Creation -Way $Claim.Way }
    catch {
        Remove-Journal -Key $Claim.Id -Note 'claim'
        throw
    }
    Write-Line $verdict.Text
    Write-Difference -Differences $verdict.Differences
}

function Confirm-OpenClaim {
    # A claim whose object has not been applied since: what is there may have come meanwhile.
    param([hashtable] $Kind, [hashtable] $Settings, [hashtable] $Creation, [hashtable] $Claim)
    if (Read-Journal -Key $Claim.Id -Note 'claim') { $null = Get-ClaimVerdict -Kind $Kind -Settings $Settings -Creation $Creation -Way $Claim.Way }
}

function Confirm-NewClaim {
    # Those of objects that the list before does not have, all at once.
    param([hashtable] $Before)
    $claims = @(Get-Property -Object (ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_CLAIMS')) -Name 'Claims')
    $failures = @()
    foreach ($each in ($claims | Where-Object { $null -ne $_ -and -not $Before.ByName.ContainsKey($_.Kind + ' ' + $_.Identity) })) {
        $kind = Get-LyncKind -Name $each.Kind
        Import-LyncModule -Kinds $kind
        $settings = ConvertFrom-MarkedSetting -Object $each.Settings
        $creation = ConvertFrom-MarkedSetting -Object $each.Creation
        try { $null = Invoke-WithRetry -Body { Get-ClaimVerdict -Kind $kind -Settings $settings -Creation $creation -Way $each.Way } }
        catch { $failures += $_.Exception.Message }
    }
    if ($failures.Count -gt 0) { throw ($failures -join [Environment]::NewLine) }
}

function Get-ClaimVerdict {
    # What to say, and what differs from what is declared. Throws where the object is somebody else's.
    param([hashtable] $Kind, [hashtable] $Settings, [hashtable] $Creation, [string] $Way)
    $title = $Kind.Name + ' ' + (Format-Value $Settings.Identity)
    $expected = ConvertTo-ExpectedSetting -Kind $Kind -Settings $Settings
    $actual = Get-ActualSetting -Kind $Kind -Identity $Settings.Identity
    if ($null -eq $actual) { return @{ Text = $title + ' is not there yet.'; Differences = @() } }
    $declared = @(Compare-Setting -Kind $Kind -Expected $expected -Actual $actual)
    $others = @(Get-UndeclaredDifference -Kind $Kind -Expected $expected -Creation $Creation -Actual $actual)
    $fixed = @($declared | Where-Object { $_.Property -eq $Kind.Own -and -not [string]::IsNullOrEmpty([string] $_.Actual) })
    if ($fixed.Count -gt 0 -or ($Way -eq 'exact' -and $declared.Count + $others.Count -gt 0)) {
        throw (Format-ClaimError -Title $title -Differences ($declared + $others) -Fixed $fixed -Way $Way)
    }
    $end = ' was there before. It belongs to this stack now, and leaves with it.'
    if ($Way -eq 'retain') { $end = ' was there before. It is used, and stays when it leaves the code.' }
    return @{ Text = $title + $end; Differences = $declared }
}

function Get-UndeclaredDifference {
    # What a new object would have otherwise. A property that this version of Lync Server does not have reads as nothing.
    param([hashtable] $Kind, [hashtable] $Expected, [hashtable] $Creation, [hashtable] $Actual)
    $new = @{}
    if ($Kind.ContainsKey('Defaults')) { $new = $Kind.Defaults }
    $new = Join-Setting -Expected (ConvertTo-ExpectedSetting -Kind $Kind -Settings $Creation) -Actual $new
    $open = @{}
    foreach ($name in $Kind.Properties.Keys) {
        if ($Expected.ContainsKey($name) -or [string]::IsNullOrEmpty([string] $Actual[$name])) { continue }
        $open[$name] = $new[$name]
    }
    return Compare-Setting -Kind $Kind -Expected $open -Actual $Actual
}

function Format-ClaimError {
    # The differences, and every way on that can be gone.
    param([string] $Title, [object[]] $Differences, [object[]] $Fixed, [string] $Way)
    $lines = @($Title + ' is there already, and is not what this stack would have made. It is left as it is:')
    foreach ($each in $Differences) {
        $lines += '  ' + $each.Property + ': it has ' + (Format-Setting -Name $each.Property -Value $each.Actual) +
        ', this stack would have made ' + (Format-Setting -Name $each.Property -Value (ConvertTo-PlainValue $each.Expected))
    }
    foreach ($each in $Fixed) {
        $lines += 'A first deploy changes no ' + $each.Property + ' that it has not set. Declare ' + (Format-Setting -Name $each.Property -Value $each.Actual) + ', deploy, and change it in a second deploy; ' +
        'or give the object another identity; or remove what is there by hand, and deploy again.'
    }
    if ($Way -eq 'exact') {
        $lines += 'To use it and never remove it: removalPolicy RemovalPolicy.RETAIN. To take it over, so that it leaves with the code: adoptExisting true. ' +
        'With both, what is declared is set, and all else stays as it is.'
    }
    return $lines -join [Environment]::NewLine
}
