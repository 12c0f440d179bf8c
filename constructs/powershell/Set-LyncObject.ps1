# Brings one object of Lync Server to its declared settings: reads, compares, acts only on a difference, verifies.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name ('apply ' + $env:LYNC_KIND) -Body {
    $settings = Get-DeclaredSetting
    $creation = Get-CreationSetting
    $claim = Get-DeclaredClaim
    $kind = Get-LyncKind -Name $env:LYNC_KIND
    Import-LyncModule -Kinds $kind
    Invoke-WithLock -Body {
        Invoke-WithRetry -Body { Sync-LyncObject -Kind $kind -Settings $settings -Creation $creation -Claim $claim }
    }
}
