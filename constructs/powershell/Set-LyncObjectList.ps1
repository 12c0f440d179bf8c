# Brings many objects of one kind to their declared settings: reads each list once, and acts only on what differs.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name ('apply a list of ' + $env:LYNC_KIND) -Body {
    $objects = @(Get-DeclaredList)
    $kind = Get-LyncKind -Name $env:LYNC_KIND
    Import-LyncModule -Kinds $kind
    Complete-ObjectList -Run (Sync-ObjectList -Kind $kind -Objects $objects)
}
