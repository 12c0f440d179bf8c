# Notes on the runner that outlive the process: of what is half done, gone when it is done, and of tests that came to their
# end. The key of each is the id of a resource: of a claim, which Terraform keeps as long as the object is the stack's, or of
# a test, which is another one whenever it runs.

function Get-JournalFile {
    # Where there is no key there is no note.
    param([string] $Key, [string] $Note)
    if ($Key) { return [IO.Path]::Combine((Get-JournalFolder), $Key + '.' + $Note) }
}

function Get-JournalFolder {
    $root = [Environment]::GetFolderPath('LocalApplicationData')
    if (-not $root) { $root = [IO.Path]::GetTempPath() }
    $folder = [IO.Path]::Combine($root, 'LyncPushNotifications')
    $null = [IO.Directory]::CreateDirectory($folder)
    return $folder
}

function Write-Journal {
    # On the disk before the change that it is for.
    param([string] $Key, [string] $Note, [string] $Text)
    $file = Get-JournalFile -Key $Key -Note $Note
    if ($file) { Save-WholeFile -Path $file -Bytes ([Text.Encoding]::UTF8.GetBytes($Text)) }
}

function Read-Journal {
    # The text, or nothing where there is no such note.
    param([string] $Key, [string] $Note)
    $file = Get-JournalFile -Key $Key -Note $Note
    if ($file -and [IO.File]::Exists($file)) { return [IO.File]::ReadAllText($file, [Text.Encoding]::UTF8) }
}

function Remove-Journal {
    param([string] $Key, [string] $Note)
    $file = Get-JournalFile -Key $Key -Note $Note
    if ($file) { [IO.File]::Delete($file) }
}

function Remove-OldJournal {
    param([string] $Note, [int] $Days)
    foreach ($file in [IO.Directory]::GetFiles((Get-JournalFolder), '*.' + $Note)) {
        if ([IO.File]::GetLastWriteTimeUtc($file) -lt [DateTime]::UtcNow.AddDays(-$Days)) { [IO.File]::Delete($file) }
    }
}
