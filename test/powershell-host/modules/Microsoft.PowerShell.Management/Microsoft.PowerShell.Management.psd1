# Lets a runspace that starts without the cmdlets (CreateDefault2) find them by module auto-loading.
@{
    RootModule = '../../PowerShellHost.Management.dll'
    ModuleVersion = '7.0.0.0'
    GUID = '0b7a2b3e-8c5d-4f65-a7d1-2f6f6f1d9e21'
    CompatiblePSEditions = @('Core')
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        'Add-Content'
        'Clear-Content'
        'Convert-Path'
        'Copy-Item'
        'Get-ChildItem'
        'Get-Content'
        'Get-Item'
        'Get-Location'
        'Join-Path'
        'Move-Item'
        'New-Item'
        'Pop-Location'
        'Push-Location'
        'Remove-Item'
        'Rename-Item'
        'Resolve-Path'
        'Set-Content'
        'Set-Item'
        'Set-Location'
        'Split-Path'
        'Test-Path'
    )
}
