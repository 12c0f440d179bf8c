# Checks, before the first change of a deploy, that this runner can make all of them. Changes nothing.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name 'check the runner' -Body {
    $kinds = @($env:LYNC_KINDS -split ' ' | Where-Object { $_ })
    $edges = @($env:LYNC_EDGES -split ' ' | Where-Object { $_ })
    Assert-Runner -Kinds $kinds -NeedsDnsSrvRouting ($env:LYNC_NEEDS_DNS_SRV_ROUTING -eq 'true') -Edges $edges
}
