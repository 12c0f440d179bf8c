# Many objects of one kind from what Lync Server has to what is declared: each list is read once, and nobody waits for one
# that fails.

# How many are changed before the other changes of this runner have their turn.
$script:ListPart = 500
# So many in a row that fail for what all have in common: then it is not the objects.
$script:ListFaults = 3

function Sync-ObjectList {
    # Returns how it went, for Complete-ObjectList. Where the caller has read the list already, it gives what is known.
    param([hashtable] $Kind, [hashtable[]] $Objects, [hashtable] $Known = @{ Kind = $Kind; Objects = $null })
    $run = @{
        Kind = $Kind; Objects = $Objects; Left = $Objects; Known = $Known; Failures = @(); Failed = @{}; Remarks = @()
        Total = -1; Tried = 0; Before = 0; Applied = 0; Faults = 0; Seconds = 0.0; Said = 0.0
    }
    while ($run.Left.Count -gt 0) {
        try { Invoke-WithLock -Body { Invoke-ListPart -Run $run } }
        catch {
            # Before the first change there is nothing else to tell.
            if ($run.Total -lt 0) { throw }
            $run.Remarks += 'What has become of the others could not be read: ' + $_.Exception.Message
            break
        }
        if ($run.Left.Count -eq 0) { break }
        $run.Known.Objects = $null
        Wait-ListTurn
    }
    return $run
}

function Wait-ListTurn {
    # Whoever waits for the lock gets it.
    Start-Sleep -Milliseconds 200
}

function Invoke-ListPart {
    # The next ones that differ, and a look at what has become of them.
    param([hashtable] $Run)
    Restart-TimeLimit
    Invoke-WithRetry -Body { Read-KnownObject -Known $Run.Known }
    $isFirst = $Run.Total -lt 0
    if ($isFirst) { Start-ListRun -Run $Run }
    $part = @($Run.Left | Select-Object -First $script:ListPart)
    $Run.Left = @($Run.Left | Select-Object -Skip $script:ListPart)
    # While others had their turn, one of them may have done it.
    if (-not $isFirst) { $part = @(Select-OpenObject -Run $Run -Objects $part) }
    if ($part.Count -eq 0) { return }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $spent = $Run.Seconds
    Invoke-WithReadList -Body {
        for ($index = 0; $index -lt $part.Count -and -not (Test-ListFault -Run $Run -Untried ($part.Count - $index)); $index++) {
            Restart-TimeLimit
            Invoke-ListedObject -Run $Run -Object $part[$index]
            $Run.Seconds = $spent + $clock.Elapsed.TotalSeconds
            Write-ListProgress -Run $Run
        }
    }
    Restart-TimeLimit
    Assert-AppliedList -Run $Run -Part $part
}

function Start-ListRun {
    param([hashtable] $Run)
    $Run.Left = @(Select-OpenObject -Run $Run -Objects $Run.Objects)
    $Run.Total = $Run.Left.Count
    if ($Run.Total -gt 0) { Write-Line ((Format-Count $Run.Before) + ' of ' + (Format-Count $Run.Objects.Count) + ' objects are as declared already; ' + (Format-Count $Run.Total) + ' to go.') }
}

function Select-OpenObject {
    # Those that are not as declared; the others are counted.
    param([hashtable] $Run, [hashtable[]] $Objects)
    $failed = $Run.Failed.Count
    $open = @(foreach ($object in $Objects) { if (Test-OpenObject -Run $Run -Object $object) { $object } })
    $Run.Before = $Run.Before + $Objects.Count - $open.Count - ($Run.Failed.Count - $failed)
    return $open
}

function Test-OpenObject {
    # Whether it is not as declared. A value that cannot be right is a failure of this object alone.
    param([hashtable] $Run, [hashtable] $Object)
    try {
        $look = Get-ListedDifference -Known $Run.Known -Object $Object
        return $null -eq $look.Actual -or $look.Differences.Count -gt 0
    }
    catch {
        Add-ListFailure -Run $Run -Object $Object -Text $_.Exception.Message
        return $false
    }
}

function Get-ListedDifference {
    param([hashtable] $Known, [hashtable] $Object)
    Hide-ListedSetting -Object $Object
    $expected = ConvertTo-ExpectedSetting -Kind $Known.Kind -Settings $Object.Settings
    $actual = Get-KnownSetting -Known $Known -Identity $Object.Identity
    return @{ Expected = $expected; Actual = $actual; Differences = @(Compare-Setting -Kind $Known.Kind -Expected $expected -Actual $actual) }
}

function Invoke-ListedObject {
    param([hashtable] $Run, [hashtable] $Object)
    $Run.Tried = $Run.Tried + 1
    try {
        Invoke-WithRetry -Body { Sync-ListedObject -Known $Run.Known -Object $Object }
        $Run.Faults = 0
    }
    catch {
        if (Test-CommonFault -Exception $_.Exception) { $Run.Faults = $Run.Faults + 1 } else { $Run.Faults = 0 }
        Add-ListFailure -Run $Run -Object $Object -Text $_.Exception.Message
    }
}

function Test-CommonFault {
    # Whether the next object would fail for the same reason: the store, the rights of the account, or no pool that answers.
    param($Exception)
    return (Test-TransientFault -Exception $Exception) -or (Test-AccessRefused -Exception $Exception) -or (Test-SessionGone)
}

function Sync-ListedObject {
    param([hashtable] $Known, [hashtable] $Object)
    $kind = $Known.Kind
    $look = Get-ListedDifference -Known $Known -Object $Object
    if ($null -ne $look.Actual -and $look.Differences.Count -eq 0) { return }
    if ($kind.ContainsKey('Guard')) { & $kind.Guard $Object.Identity $look.Expected $look.Actual }
    Write-Line ($kind.Name + ' ' + (Format-Value $Object.Identity))
    Write-Difference -Differences $look.Differences
    try {
        if ($null -eq $look.Actual) {
            New-ServerObject -Kind $kind -Identity $Object.Identity -Settings $look.Expected
            return
        }
        $changes = @{}
        foreach ($each in $look.Differences) { $changes[$each.Property] = $each.Expected }
        Set-ServerObject -Kind $kind -Identity $Object.Identity -Changes $changes
    }
    catch {
        # A try that fails may have had its effect: the next one looks again.
        if ((Test-TransientFault -Exception $_.Exception) -or (Test-SessionLost -Exception $_.Exception)) { $Known.Objects = $null }
        throw
    }
}

function Test-ListFault {
    # Whether the rest is left to the next deploy: each would take its time, and fail for the same reason.
    param([hashtable] $Run, [int] $Untried)
    if ($Run.Faults -lt $script:ListFaults) { return $false }
    $Run.Remarks += (Format-Count ($Untried + $Run.Left.Count)) + ' of them were not tried: the last ' + $script:ListFaults + ' failed for the store of Lync Server, the rights of the account or the session, not for the objects.'
    $Run.Left = @()
    return $true
}

function Add-ListFailure {
    param([hashtable] $Run, [hashtable] $Object, [string] $Text)
    $Run.Failed[$Object.Identity] = $true
    $Run.Failures += $Run.Kind.Name + ' ' + (Format-Value $Object.Identity) + ': ' + $Text
}

function Assert-AppliedList {
    # A cmdlet that returns without an error has not proved that Lync Server has the values.
    param([hashtable] $Run, [hashtable[]] $Part)
    $Run.Known.Objects = $null
    Invoke-WithRetry -Body { Read-KnownObject -Known $Run.Known }
    foreach ($object in $Part) {
        $look = Get-ListedDifference -Known $Run.Known -Object $object
        $fine = $null -ne $look.Actual -and $look.Differences.Count -eq 0
        if ($Run.Failed.ContainsKey($object.Identity)) {
            if ($fine) { $Run.Remarks += $Run.Kind.Name + ' ' + (Format-Value $object.Identity) + ' is as declared all the same: the cmdlet had its effect before it failed.' }
        }
        elseif ($fine) { $Run.Applied = $Run.Applied + 1 }
        else { Add-ListFailure -Run $Run -Object $object -Text (Get-NotAppliedText -Differences $look.Differences) }
    }
}

function Write-ListProgress {
    # "312 of 1,000, 40 s, about 90 s left", every few seconds.
    param([hashtable] $Run)
    if ($Run.Seconds - $Run.Said -lt 5) { return }
    $Run.Said = $Run.Seconds
    $left = $Run.Seconds / $Run.Tried * ($Run.Total - $Run.Tried)
    Write-Line ((Format-Count $Run.Tried) + ' of ' + (Format-Count $Run.Total) + ', ' + (Format-Count $Run.Seconds) + ' s, about ' + (Format-Count $left) + ' s left')
}

function Complete-ObjectList {
    # The last line, or all failures.
    param([hashtable] $Run)
    $all = Format-Count $Run.Objects.Count
    $open = $Run.Objects.Count - $Run.Before - $Run.Applied
    if ($open -gt 0) { throw (Format-ListError -Run $Run -Title ((Format-Count $open) + ' of ' + $all + ' objects are not as declared')) }
    $late = ''
    if ($Run.Applied -gt 0) { $late = '; ' + (Format-Count $Run.Applied) + ' of them only now' }
    Write-Line ('All ' + $all + ' objects are as declared' + $late + '.' + (Get-ListOwnershipText -Objects $Run.Objects))
}

function Format-ListError {
    param([hashtable] $Run, [string] $Title)
    $done = (Format-Count $Run.Before) + ' were before, ' + (Format-Count $Run.Applied) + ' are only now'
    return (@($Title + '; ' + $done + '. The next deploy does the rest.') + $Run.Failures + $Run.Remarks) -join [Environment]::NewLine
}

function Get-ListOwnershipText {
    # What becomes of objects that were there before this process.
    param([hashtable[]] $Objects)
    $retained = @($Objects | Where-Object { $_.Retained }).Count
    if ($Objects.Count -eq 0) { return '' }
    if ($retained -eq $Objects.Count) { return ' They stay when they leave the code.' }
    if ($retained -eq 0) { return ' They belong to this stack, and leave with it.' }
    return ' They belong to this stack, and leave with it, but for ' + (Format-Count $retained) + ' that stay.'
}

function Format-Count {
    # The same on a server of any language.
    param([double] $Number)
    return $Number.ToString('N0', [Globalization.CultureInfo]::InvariantCulture)
}
