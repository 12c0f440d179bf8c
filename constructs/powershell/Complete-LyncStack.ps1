# Finishes what an interrupted deploy has left undone: applies every object that is missing or differs, in one process.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'check that all is as declared' -Body {
    $declared = @(Get-DeclaredObject)
    if ($declared.Count -eq 0) {
        Write-Line 'Nothing is declared.'
        return
    }
    $known = Get-KnownKind -Declared $declared
    Import-LyncModule -Kinds @($known.Values | ForEach-Object { $_.Kind })
    Invoke-WithLock -Body { Complete-DeclaredObject -Declared $declared -Known $known }
}
