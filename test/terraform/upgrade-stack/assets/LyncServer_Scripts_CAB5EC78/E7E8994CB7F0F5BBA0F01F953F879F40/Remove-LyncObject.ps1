# Removes from Lync Server what an earlier list of the stack declared and the present one does not.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name 'remove what is no longer declared' -Body {
    $removals = @(Get-Removal -Before (Get-LongText -Name 'LYNC_BEFORE') -After (Get-LongText -Name 'LYNC_AFTER'))
    if ($removals.Count -eq 0) {
        Write-Line 'Nothing to remove or to put back.'
        return
    }
    Assert-Runner -Kinds @($removals | ForEach-Object { $_.Kind } | Sort-Object -Unique) -NeedsDnsSrvRouting $false
    Invoke-WithLock -Body { Remove-DeclaredObject -Removals $removals }
}
