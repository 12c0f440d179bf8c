# Looks whether a test has come to its end, and runs it where an interrupted deploy has kept it from that.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name ('look whether ' + $env:LYNC_KIND + ' has run') -Body { Confirm-Test -Name $env:LYNC_KIND }
