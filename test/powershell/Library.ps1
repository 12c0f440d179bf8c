# For the tests of this folder: dot-sourced, it loads the scripts' functions as an entry script does.
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'constructs', 'powershell', 'lib', 'Import-Library.ps1'))
$env:LYNC_MODULE = 'Lync'
$env:LYNC_TIMEOUT_SECONDS = '60'
$script:Progress = [hashtable]::Synchronized(@{ Step = ''; Limited = $true; Turn = 0 })

function Get-WrittenLine {
    # What the body writes to the console, line by line.
    param([scriptblock] $Body)
    $console = [Console]::Out
    $writer = New-Object -TypeName System.IO.StringWriter
    [Console]::SetOut($writer)
    try { & $Body } finally { [Console]::SetOut($console) }
    return $writer.ToString().TrimEnd() -split '\r?\n'
}
