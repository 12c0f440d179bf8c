# Removes from Lync Server what an earlier list of the stack declared and the present one does not.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name 'remove what is no longer declared' -Body {
    $removals = @(Get-Removal -Before (Get-LongText -Name 'LYNC_BEFORE') -After (Get-LongText -Name 'LYNC_AFTER'))
    if ($removals.Count -eq 0) {
        Write-Line 'Nothing to remove or to put back.'
        return
    }
    # A kind that another version of the library knew does not keep the others from their removal.
    $order = Get-RemovalOrder
    $kinds = @($removals | ForEach-Object { $_.Kind } | Where-Object { $order -contains $_ } | Sort-Object -Unique)
    if ($kinds.Count -gt 0) { Assert-Runner -Kinds $kinds -NeedsDnsSrvRouting $false -Unchanged 'nothing has been removed or put back.' }
    Invoke-WithLock -Body { Remove-DeclaredObject -Removals $removals }
}
