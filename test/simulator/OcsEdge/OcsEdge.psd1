# The WMI cmdlets for a simulated Access Edge of Office Communications Server 2007 R2.
@{
    RootModule        = 'OcsEdge.psm1'
    ModuleVersion     = '1.0'
    GUID              = 'b7d61a52-9c0d-4b7a-8d57-3d1f0a6c8e43'
    Description       = 'The WMI cmdlets for a simulated Access Edge of Office Communications Server 2007 R2.'
    PowerShellVersion = '3.0'
    FunctionsToExport = @('Get-WmiObject', 'Remove-WmiObject', 'Set-WmiInstance')
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
