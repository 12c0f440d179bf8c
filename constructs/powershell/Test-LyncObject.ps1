# Runs one test: waits for replication, tries until it succeeds, writes its reports, and fails the deploy or warns.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name ('run ' + $env:LYNC_KIND) -Body {
    $settings = Get-DeclaredSetting
    Invoke-NotedTest -Name $env:LYNC_KIND -Settings $settings
}
