# Whether this runner can do what is asked of it: all that is missing in one message, before anything is changed.

function Assert-Runner {
    param([string[]] $Kinds, [bool] $NeedsDnsSrvRouting)
    $tables = @($Kinds | ForEach-Object { Get-LyncKind -Name $_ })
    $problems = @(Get-RunnerProblem -Kinds $tables -NeedsDnsSrvRouting $NeedsDnsSrvRouting)
    if ($problems.Count -gt 0) {
        $lines = @($problems | ForEach-Object { '  - ' + $_ })
        throw ('The runner is not ready, and nothing has been changed.' + [Environment]::NewLine + ($lines -join [Environment]::NewLine))
    }
    Write-Line ('The runner is ready: PowerShell ' + $PSVersionTable.PSVersion + ', module ' + $env:LYNC_MODULE + ', ' + @(Get-NeededCmdlet -Kinds $tables).Count + ' cmdlets.')
}

function Get-RunnerProblem {
    param([hashtable[]] $Kinds, [bool] $NeedsDnsSrvRouting)
    if ($PSVersionTable.PSVersion.Major -lt 3) { 'This is PowerShell ' + $PSVersionTable.PSVersion + '. Install Windows PowerShell 3.0 or newer.' }
    try { Import-LyncModule }
    catch {
        $_.Exception.Message
        return # without the module nothing else can be looked at
    }
    $needed = @(Get-NeededCmdlet -Kinds $Kinds)
    $missing = @($needed | Where-Object { -not (Get-Command -Name $_ -ErrorAction SilentlyContinue) })
    if ($missing.Count -gt 0) { Get-MissingAdvice -Cmdlet ($missing -join ', ') }
    foreach ($name in $needed) {
        # Reading shows whether the account gets through to Lync Server at all, and changes nothing.
        if ($name -notlike 'Get-*' -or $missing -contains $name) { continue }
        try { $null = Get-LyncList -Cmdlet $name } catch { $_.Exception.Message }
    }
    if ($NeedsDnsSrvRouting -and $missing -notcontains 'Get-CsAccessEdgeConfiguration') { Get-RoutingProblem }
}

function Get-NeededCmdlet {
    # Every cmdlet that an operation on these kinds may call.
    param([hashtable[]] $Kinds)
    $names = foreach ($kind in $Kinds) {
        foreach ($key in 'Get', 'New', 'Set', 'Remove', 'Test', 'Also') { if ($kind.ContainsKey($key)) { $kind[$key] } }
    }
    return $names | Sort-Object -Unique
}

function Get-RoutingProblem {
    if (-not (Get-EdgeConfiguration).UseDefaultRouting) { return }
    return 'The Edge uses default routing, and no hosting provider works with it. Switch it to DNS SRV routing first: an AccessEdgeConfig with ' +
    'useDnsSrvRouting and enablePartnerDiscovery that the provider depends on.'
}
