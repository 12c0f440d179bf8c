# Reads every object that a stack declares, in one process, and leaves the differences as JSON in LYNC_RESULT_FILE.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'compare what is declared with Lync Server' -Body {
    $declared = @(Get-DeclaredObject)
    $known = Get-KnownKind -Declared $declared
    Import-LyncModule -Kinds @($known.Values | ForEach-Object { $_.Kind })
    $readings = @()
    foreach ($object in $declared) {
        $settings = ConvertFrom-MarkedSetting -Object $object.Settings
        $readings += Get-DriftReading -Known $known[$object.Kind] -Settings $settings
    }
    Write-DriftResult -Value @{ Objects = $readings }
}
