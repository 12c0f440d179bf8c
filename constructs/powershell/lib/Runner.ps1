# Whether this runner can do what is asked of it: all that is missing in one message, before anything is changed.

function Assert-Runner {
    # Unchanged: what the caller knows to be as it was.
    param([string[]] $Kinds, [bool] $NeedsDnsSrvRouting, [string[]] $Edges, [string] $Unchanged)
    $tables = @($Kinds | ForEach-Object { Get-LyncKind -Name $_ })
    $byCmdlet = @(Select-CmdletKind -Kinds $tables)
    $byWmi = @($tables | Where-Object { $byCmdlet -notcontains $_ })
    $problems = @(Get-RunnerProblem -Kinds $byCmdlet -NeedsDnsSrvRouting $NeedsDnsSrvRouting) + @(Get-EdgeProblem -Kinds $byWmi -Edges $Edges)
    if ($problems.Count -gt 0) {
        $lines = @($problems | ForEach-Object { '  - ' + $_ })
        throw ('The runner is not ready, and ' + $Unchanged + [Environment]::NewLine + ($lines -join [Environment]::NewLine))
    }
    $found = @('PowerShell ' + $PSVersionTable.PSVersion)
    if ($byCmdlet.Count -gt 0) { $found += @((Get-CmdletSource), ([string] @(Get-NeededCmdlet -Kinds $byCmdlet).Count + ' cmdlets')) }
    foreach ($edge in $Edges) { $found += 'WMI of ' + (Format-Computer -Computer (ConvertFrom-EdgeName -Name $edge)) }
    Write-Line ('The runner is ready: ' + ($found -join ', ') + '.')
}

function Get-RunnerProblem {
    param([hashtable[]] $Kinds, [bool] $NeedsDnsSrvRouting)
    if ($PSVersionTable.PSVersion.Major -lt 3) { 'This is PowerShell ' + $PSVersionTable.PSVersion + '. Install Windows PowerShell 3.0 or newer.' }
    if ($Kinds.Count -eq 0) { return }
    try { Import-LyncModule -Kinds $Kinds }
    catch {
        $_.Exception.Message
        return # without the module nothing else can be looked at
    }
    $needed = @(Get-NeededCmdlet -Kinds $Kinds)
    $missing = @($needed | Where-Object { -not (Test-CmdletPresence -Name $_) })
    if ($missing.Count -gt 0) { Get-MissingAdvice -Cmdlet ($missing -join ', ') }
    Get-AccountProblem -Cmdlets @($needed | Where-Object { $missing -notcontains $_ })
    $unread = $missing
    foreach ($name in $needed) {
        # Reading shows whether the account gets through to Lync Server at all, and changes nothing.
        if ($name -notlike 'Get-*' -or $missing -contains $name) { continue }
        try { $null = Invoke-WithRetry -Body { Get-LyncList -Cmdlet $name } }
        catch {
            $_.Exception.Message
            $unread += $name
        }
    }
    if ($NeedsDnsSrvRouting -and $unread -notcontains 'Get-CsAccessEdgeConfiguration') { Get-RoutingProblem }
}

function Test-CmdletPresence {
    param([string] $Name)
    if (Test-RemoteSession) { return $script:Far.Imported -contains $Name }
    return $null -ne (Get-Command -Name $Name -ErrorAction SilentlyContinue)
}

function Get-CmdletSource {
    if (Test-RemoteSession) { return 'a session with ' + $script:Far.Uri }
    return 'module ' + $env:LYNC_MODULE
}

function Get-EdgeProblem {
    # Reading shows whether the account gets through to WMI of each Edge, and that it is one.
    param([hashtable[]] $Kinds, [string[]] $Edges)
    foreach ($edge in $Edges) {
        $computer = ConvertFrom-EdgeName -Name $edge
        foreach ($kind in $Kinds) {
            try { $null = Get-WmiList -Kind $kind -Computer $computer }
            catch {
                $_.Exception.Message
                break # the second class on the same computer has no other answer
            }
        }
    }
}

function ConvertFrom-EdgeName {
    # In a list of Edges the runner itself is a dot.
    param([string] $Name)
    if ($Name -ne '.') { return $Name }
}

function Get-NeededCmdlet {
    # Every cmdlet that an operation on these kinds may call.
    param([hashtable[]] $Kinds)
    $names = foreach ($kind in $Kinds) {
        foreach ($key in 'Get', 'New', 'Set', 'Remove', 'Test', 'Also') { if ($kind.ContainsKey($key)) { $kind[$key] } }
    }
    return $names | Sort-Object -Unique
}
