# Reads all that the kinds know of a server, in one process, and leaves it as JSON in LYNC_RESULT_FILE. Changes nothing.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'read the server' -Body {
    $edges = @($env:LYNC_EDGES -split ' ' | Where-Object { $_ })
    Write-Environment -Value (Read-Environment -Edges $edges)
}
