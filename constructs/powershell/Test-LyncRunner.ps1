# Checks, before anything that is declared is changed, that this runner can make all changes. Changes nothing.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'check the runner' -Body {
    $kinds = @($env:LYNC_KINDS -split ' ' | Where-Object { $_ })
    $edges = @($env:LYNC_EDGES -split ' ' | Where-Object { $_ })
    # The removals of a deploy are a step of their own, which may have run before this one.
    $unchanged = 'nothing that the code declares has been changed. What has left the code is removed by a step of its own, whose lines tell.'
    Assert-Runner -Kinds $kinds -NeedsDnsSrvRouting ($env:LYNC_NEEDS_DNS_SRV_ROUTING -eq 'true') -Edges $edges -Unchanged $unchanged
}
