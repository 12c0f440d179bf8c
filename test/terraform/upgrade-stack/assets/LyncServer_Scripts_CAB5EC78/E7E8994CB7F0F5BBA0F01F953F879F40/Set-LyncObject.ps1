# Brings one object of Lync Server to its declared settings: reads, compares, acts only on a difference, verifies.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name ('apply ' + $env:LYNC_KIND) -Body {
    $settings = Get-DeclaredSetting
    $kind = Get-LyncKind -Name $env:LYNC_KIND
    Import-LyncModule -Kinds $kind
    Invoke-WithLock -Body {
        Invoke-WithRetry -Body { Sync-LyncObject -Kind $kind -Settings $settings }
    }
}
