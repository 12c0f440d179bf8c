# Runs one test: waits for replication, tries until it succeeds, writes its reports, and fails the deploy or warns.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name ('run ' + $env:LYNC_KIND) -Body {
    $settings = Get-DeclaredSetting
    Invoke-LyncTest -Name $env:LYNC_KIND -Settings $settings
}
