# Looks, before the first deploy of an object, whether it is somebody else's. Changes nothing.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name ('look at ' + $env:LYNC_KIND) -Body {
    $settings = Get-DeclaredSetting
    $kind = Get-LyncKind -Name $env:LYNC_KIND
    Import-LyncModule -Kinds $kind
    Invoke-WithRetry -Body { Confirm-Claim -Kind $kind -Settings $settings }
}
