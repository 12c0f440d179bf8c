# Notes on the runner of what is half done: they outlive the process, and are gone when it is done. Each belongs to one claim,
# whose id Terraform keeps as long as the object is the stack's.

function Get-JournalFile {
    # Where there is no claim there is no note.
    param([hashtable] $Claim, [string] $Note)
    if (-not $Claim.Id) { return }
    $root = [Environment]::GetFolderPath('LocalApplicationData')
    if (-not $root) { $root = [IO.Path]::GetTempPath() }
    $folder = Join-Path $root 'LyncPushNotifications'
    $null = [IO.Directory]::CreateDirectory($folder)
    return Join-Path $folder ($Claim.Id + '.' + $Note)
}

function Write-Journal {
    # In one step, so that no reader finds half a note; on the disk before the change that it is for.
    param([hashtable] $Claim, [string] $Note, [string] $Text)
    $file = Get-JournalFile -Claim $Claim -Note $Note
    if (-not $file) { return }
    $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
    $stream = New-Object -TypeName System.IO.FileStream -ArgumentList ($file + '.new'), 'Create'
    try {
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Flush($true)
    }
    finally { $stream.Dispose() }
    Remove-Journal -Claim $Claim -Note $Note
    [IO.File]::Move($file + '.new', $file)
}

function Read-Journal {
    # The text, or nothing where there is no such note.
    param([hashtable] $Claim, [string] $Note)
    $file = Get-JournalFile -Claim $Claim -Note $Note
    if ($file -and [IO.File]::Exists($file)) { return [IO.File]::ReadAllText($file, [Text.Encoding]::UTF8) }
}

function Remove-Journal {
    param([hashtable] $Claim, [string] $Note)
    $file = Get-JournalFile -Claim $Claim -Note $Note
    if ($file) { [IO.File]::Delete($file) }
}
