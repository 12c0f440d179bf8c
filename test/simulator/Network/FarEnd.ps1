# The far end of a session: a PowerShell of its own, which has the cmdlets of a role and runs no script.

function New-FarSession {
    param($State, [Uri] $Uri)
    $path = [IO.Path]::Combine((Get-SessionFolder), [Guid]::NewGuid().ToString('n'))
    $configuration = $path + '.pssc'
    [IO.File]::WriteAllText($configuration, (Format-Configuration -Module $script:ModuleOfProduct[$State.product] -Withheld $State.remote.withheld))
    $far = New-FarProcess -Configuration $configuration
    $runspace = [RunspaceFactory]::CreateOutOfProcessRunspace($null, $far)
    [IO.File]::WriteAllText($path + '.open', [string] $PID)
    Add-EndHandler -Runspace $runspace -Process $far.Process -File ($path + '.open')
    $runspace.Open()
    Add-BreakHandler -Runspace $runspace -Process $far.Process
    [IO.File]::WriteAllText($path + '.opened', $Uri.OriginalString)
    [IO.File]::Delete($configuration)
    return [Management.Automation.Runspaces.PSSession]::Create($runspace, 'OutOfProcess', $null)
}

function Format-Configuration {
    # As on a pool: RestrictedRemoteServer has what Import-PSSession asks for, and beside it there are the cmdlets of the role.
    param([string] $Module, [string[]] $Withheld)
    # A pattern costs the start of the far end a third of what their names do.
    $names = @("'*-Cs*'")
    if ($Withheld) {
        $manifest = [IO.Path]::Combine($PSScriptRoot, '..', $Module, $Module + '.psd1')
        $names = @((Import-PowerShellDataFile -Path $manifest).FunctionsToExport | Where-Object { $Withheld -notcontains $_ } | ForEach-Object { "'" + $_ + "'" })
    }
    return "@{ SchemaVersion = '2.0.0.0'; GUID = '$([Guid]::NewGuid())'; SessionType = 'RestrictedRemoteServer'; LanguageMode = 'NoLanguage'; " +
    "ModulesToImport = '$Module'; VisibleFunctions = $($names -join ', ') }"
}

function New-FarProcess {
    param([string] $Configuration)
    $instance = New-Object Management.Automation.Runspaces.PowerShellProcessInstance
    $start = $instance.Process.StartInfo
    $start.FileName = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    # PowerShell as a .NET tool is a library that dotnet runs.
    if ([IO.Path]::GetFileNameWithoutExtension($start.FileName) -eq 'dotnet') { $start.ArgumentList.Insert(0, [IO.Path]::Combine($PSHOME, 'pwsh.dll')) }
    # Ctrl-C at the runner reaches nothing on the server.
    $start.ArgumentList.Insert(0, $start.FileName)
    $start.FileName = 'setsid'
    # The modules of the server are on the server alone.
    $start.Environment['PSModulePath'] = [IO.Path]::GetDirectoryName($PSScriptRoot)
    $start.ArgumentList.Add('-ConfigurationFile')
    $start.ArgumentList.Add($Configuration)
    return $instance
}

function Add-BreakHandler {
    # The death of the far end is the break of the connection. PowerShell has the handler for it, and does not set it.
    param($Runspace, [Diagnostics.Process] $Process)
    $transport = $Runspace
    foreach ($name in 'RunspacePool', 'RemoteRunspacePoolInternal', 'DataStructureHandler', 'TransportManager') {
        $transport = $transport.GetType().GetProperty($name, [Reflection.BindingFlags] 'Instance, NonPublic, Public').GetValue($transport)
    }
    $method = $transport.GetType().GetMethod('OnExited', [Reflection.BindingFlags] 'Instance, NonPublic')
    $Process.add_Exited([Delegate]::CreateDelegate([EventHandler], $transport, $method))
}

function Add-EndHandler {
    # The session counts as open until this end has closed it, or the far end has gone; a pool has no process for it any more then. A
    # process that dies closes nothing: as with a real pool, its session stays until somebody ends it. The handler is no script: it
    # runs while PowerShell is busy, or ends.
    param($Runspace, [Diagnostics.Process] $Process, [string] $File)
    $make = [Linq.Expressions.Expression]
    $type = [Management.Automation.Runspaces.RunspaceStateEventArgs]
    $sender = $make::Parameter([object])
    $event = $make::Parameter($type)
    $state = $make::Property($make::Property($event, 'RunspaceStateInfo'), 'State')
    $closed = $make::Equal($state, $make::Constant([Management.Automation.Runspaces.RunspaceState]::Closed))
    $broken = $make::Equal($state, $make::Constant([Management.Automation.Runspaces.RunspaceState]::Broken))
    $delete = $make::Call([IO.File].GetMethod('Delete'), $make::Constant($File))
    $kill = $make::Call($make::Constant($Process), [Diagnostics.Process].GetMethod('Kill', [Type[]] @()))
    $body = $make::Block($make::IfThen($make::OrElse($closed, $broken), $delete), $make::IfThen($closed, $kill))
    $lambda = $make::Lambda([EventHandler[Management.Automation.Runspaces.RunspaceStateEventArgs]], $body, [Linq.Expressions.ParameterExpression[]] @($sender, $event))
    $Runspace.add_StateChanged($lambda.Compile())
}
