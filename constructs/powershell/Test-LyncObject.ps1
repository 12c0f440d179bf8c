# Runs one test cmdlet; a result other than Success fails the deploy with the test's own Error and Diagnosis.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name ('run ' + $env:LYNC_KIND) -Body {
    $settings = Get-DeclaredSetting
    Import-LyncModule
    Invoke-LyncTest -Name $env:LYNC_KIND -Settings $settings
}
