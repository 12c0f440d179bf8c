# Lets a runspace that starts without the cmdlets (CreateDefault2) find them by module auto-loading.
@{
    RootModule = '../../PowerShellHost.Utility.dll'
    ModuleVersion = '7.0.0.0'
    GUID = '6d1f2c0a-0c1e-4b8e-9f4b-6f0c3a4f1c55'
    CompatiblePSEditions = @('Core')
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        'Add-Member'
        'Clear-Variable'
        'Compare-Object'
        'ConvertFrom-Json'
        'ConvertTo-Json'
        'Format-List'
        'Format-Table'
        'Get-Date'
        'Get-Member'
        'Get-Random'
        'Get-Variable'
        'Group-Object'
        'Measure-Object'
        'New-Object'
        'New-TimeSpan'
        'New-Variable'
        'Out-File'
        'Out-String'
        'Read-Host'
        'Remove-Variable'
        'Select-Object'
        'Set-Variable'
        'Sort-Object'
        'Start-Sleep'
        'Write-Debug'
        'Write-Error'
        'Write-Host'
        'Write-Information'
        'Write-Output'
        'Write-Progress'
        'Write-Verbose'
        'Write-Warning'
    )
}
