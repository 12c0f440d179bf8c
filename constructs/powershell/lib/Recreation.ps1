# An object that is removed and created anew, since Set- cannot change it: it comes back, with the new value or the old one.

function Invoke-Recreation {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected, [hashtable] $Creation, [hashtable] $Actual, [hashtable] $Claim)
    # A process that is killed in between leaves this note, from which the next deploy on this runner creates the object.
    Write-Journal -Key $Claim.Id -Note 'kept' -Text (ConvertTo-KeptText -Actual $Actual)
    Remove-ServerObject -Kind $Kind -Identity $Identity
    try { Invoke-Creation -Kind $Kind -Identity $Identity -Expected $Expected -Kept $Actual -Creation $Creation }
    catch {
        $failure = $_.Exception
        $end = Restore-Object -Kind $Kind -Identity $Identity -Actual $Actual -Claim $Claim
        throw (New-Object -TypeName System.InvalidOperationException -ArgumentList ($failure.Message + [Environment]::NewLine + $end), $failure)
    }
}

function Restore-Object {
    # Puts back what was removed. Returns how that ended.
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Actual, [hashtable] $Claim)
    $title = $Kind.Name + ' ' + (Format-Value $Identity)
    Write-Line ('  ' + $title + ' is put back as it was before.')
    try {
        $old = Join-Setting -Expected @{} -Actual $Actual
        Invoke-WithRetry -Body {
            # A New- that failed may have had its effect.
            if ($null -ne (Get-ActualSetting -Kind $Kind -Identity $Identity)) { return }
            New-ServerObject -Kind $Kind -Identity $Identity -Settings $old
            Assert-AppliedSetting -Kind $Kind -Identity $Identity -Expected $old
        }
        Remove-Journal -Key $Claim.Id -Note 'kept'
        return $title + ' is there again.'
    }
    catch {
        return $title + ' IS NOT THERE NOW, and could not be put back: ' + $_.Exception.Message + [Environment]::NewLine +
        'The next deploy on this runner creates it with all that it had.'
    }
}

function ConvertTo-KeptText {
    # Marked as settings are, so that the same functions read it.
    param([hashtable] $Actual)
    $marked = @{}
    foreach ($name in $Actual.Keys) {
        if (-not [string]::IsNullOrEmpty([string] $Actual[$name])) { $marked[$name] = ':' + [string] $Actual[$name] }
    }
    return ConvertTo-Json -InputObject $marked -Compress
}

function Read-KeptSetting {
    # What the object had when a process before this one removed it; nothing where none did.
    param([hashtable] $Kind, [hashtable] $Claim)
    $text = Read-Journal -Key $Claim.Id -Note 'kept'
    if (-not $text) { return @{} }
    return ConvertTo-ExpectedSetting -Kind $Kind -Settings (ConvertFrom-MarkedSetting -Object (ConvertFrom-Json -InputObject $text))
}

function Close-Claim {
    # The object is as declared: there is nothing half done any more.
    param([hashtable] $Claim)
    foreach ($note in 'claim', 'kept') { Remove-Journal -Key $Claim.Id -Note $note }
}
