# Files that others open too: a viewer, a virus scanner, another script. What they hold for a moment is tried again for a
# while.

function Save-WholeFile {
    # Whoever reads the file finds the old or the new one, never a part, and it is on the disk when this returns.
    param([string] $Path, [byte[]] $Bytes)
    $new = $Path + '.new'
    Invoke-SharedFile -Path $Path -Body {
        Write-Disk -Path $new -Bytes $Bytes
        if ([IO.File]::Exists($Path)) { [IO.File]::Replace($new, $Path, [Management.Automation.Language.NullString]::Value) }
        else { [IO.File]::Move($new, $Path) }
    }
}

function Write-Disk {
    param([string] $Path, [byte[]] $Bytes)
    $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $Path, 'Create'
    try {
        $stream.Write($Bytes, 0, $Bytes.Length)
        $stream.Flush($true)
    }
    finally { $stream.Dispose() }
}

function Read-WholeFile {
    param([string] $Path)
    Invoke-SharedFile -Path $Path -Body { [IO.File]::ReadAllText($Path) }
}

function Remove-WholeFile {
    param([string] $Path)
    Invoke-SharedFile -Path $Path -Body { [IO.File]::Delete($Path) }
}

function Invoke-SharedFile {
    # Runs the body until it gets through. A file that is just being deleted refuses access, like one without rights.
    param([string] $Path, [scriptblock] $Body)
    $limit = 5
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try { return & $Body }
        catch {
            $failure = $_.Exception
            $inUse = Test-FileInUse -Exception $failure
            if (-not $inUse -and -not (Test-ExceptionType -Exception $failure -Name 'UnauthorizedAccessException')) { throw }
            if ($watch.Elapsed.TotalSeconds -ge $limit) {
                if (-not $inUse) { throw }
                $text = 'the file ' + (Format-Value $Path) + ' is in use: another program has held it for more than ' + $limit + ' seconds. Close it there.'
                throw (New-Object -TypeName System.IO.IOException -ArgumentList $text, $failure)
            }
        }
        Start-Sleep -Milliseconds 200
    }
}

function Test-FileInUse {
    # Windows: sharing violation, lock violation, and a file that cannot be replaced now. Elsewhere EAGAIN stands for them.
    param($Exception)
    $codes = -2147024864, -2147024863, -2147023721, 11, 35
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        if ($cause -is [IO.IOException] -and $codes -contains [Runtime.InteropServices.Marshal]::GetHRForException($cause)) { return $true }
    }
    return $false
}

function Skip-FileInUse {
    # What a report lacks then is said, and is no reason to do no more.
    param([scriptblock] $Body)
    try { & $Body }
    catch {
        if (-not (Test-FileInUse -Exception $_.Exception)) { throw }
        Write-Line ('WARNING: the report is not complete: ' + $_.Exception.Message)
    }
}
