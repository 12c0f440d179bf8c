# Removes from Lync Server what an earlier list of the stack declared and the present one does not.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'remove what is no longer declared' -Body {
    $before = Read-ObjectList -Text (Get-LongText -Name 'LYNC_BEFORE')
    $after = Read-ObjectList -Text (Get-LongText -Name 'LYNC_AFTER')
    if (Test-SameObjectList -Before $before -After $after) {
        Write-Line 'Nothing to remove or to put back.'
        return
    }
    $removals = @(Get-Removal -Before $before -After $after)
    # Where the rest of the deploy cannot be made, nothing is removed, and the list before stays in Terraform's state.
    Assert-DeployReadiness -Before $before -Removals $removals
    Invoke-WithLock -Body { Remove-DeclaredObject -Removals $removals }
}
