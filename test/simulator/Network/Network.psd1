# The network between a runner and the pools of a simulated Lync Server.
@{
    RootModule        = 'Network.psm1'
    ModuleVersion     = '1.0'
    GUID              = '5b0f5f57-7f0c-4a55-9d3a-1c9b8a0f2d14'
    Description       = 'New-PSSession, with a simulated Lync Server at the other end.'
    PowerShellVersion = '3.0'
    FunctionsToExport = @('New-PSSession')
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
