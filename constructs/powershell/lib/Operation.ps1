# The frame of every script: UTF-8, a time limit, one error message with all causes, an exit code.

function Invoke-Operation {
    param([string] $Name, [scriptblock] $Body)
    Initialize-Console
    $code = 1
    $ended = $false
    $watch = $null
    $done = New-Object -TypeName System.Threading.ManualResetEvent -ArgumentList $false
    $script:Progress = [hashtable]::Synchronized(@{ Step = $Name; Limited = $true; Turn = 0; Done = $done; Warning = ''; Note = ''; Over = $false; Opening = $false; Session = $null; Folders = @() })
    try {
        try {
            $watch = Start-Watchdog -Progress $script:Progress -Seconds ([int] $env:LYNC_TIMEOUT_SECONDS)
            & $Body
            $code = 0
        }
        catch {
            Write-ErrorLine ''
            Write-ErrorLine ('ERROR: ' + $_.Exception.Message)
        }
        Close-LyncSession
        Stop-Watchdog -Progress $script:Progress -Watch $watch
        $ended = $true
    }
    finally {
        # Ctrl-C that reaches PowerShell alone ends a script with 0, and Terraform would take the object for done.
        if (-not $ended) { Stop-Operation -Name $Name }
    }
    exit $code
}

function Stop-Operation {
    param([string] $Name)
    try {
        Write-ErrorLine ''
        Write-ErrorLine ('ERROR: interrupted: ' + $Name + '. Nothing is known of its effect; the next deploy looks and finishes.')
        Stop-FarSession -Progress $script:Progress
    }
    finally { [Environment]::Exit(1) }
}

function Start-Watchdog {
    # A cmdlet that hangs cannot be stopped from its own thread, so a second one ends the process. It uses nothing but
    # .NET: no cmdlet needs to be loaded there, which would take time in every process. Waiting for the lock is not limited by
    # it (see Lock.ps1). Returns what Stop-Watchdog waits for.
    param([hashtable] $Progress, [int] $Seconds)
    $bare = [Management.Automation.Runspaces.InitialSessionState]::Create()
    $bare.LanguageMode = 'FullLanguage'
    $bare.Commands.Add((New-Object -TypeName System.Management.Automation.Runspaces.SessionStateFunctionEntry -ArgumentList 'Stop-FarSession', ${function:Stop-FarSession}.ToString()))
    $watch = [PowerShell]::Create($bare)
    $null = $watch.AddScript({
            param($Progress, $Seconds)
            $left = $Seconds
            $silent = 0
            $turn = $Progress.Turn
            while ($left -gt 0) {
                if ($Progress.Done.WaitOne(1000)) { return }
                if (-not $Progress.Limited) { continue }
                if ($turn -ne $Progress.Turn) {
                    $turn = $Progress.Turn
                    $left = $Seconds
                }
                $left = $left - 1
                $silent = $silent + 1
                if ($silent -ge 30) {
                    $silent = 0
                    [Console]::Out.WriteLine('Still at it: ' + $Progress.Step + '. ' + ($Seconds - $left) + ' s of at most ' + $Seconds + ' s.')
                }
            }
            $Progress.Over = $true
            $text = 'timed out: ' + $Progress.Step + ' took longer than ' + $Seconds + ' seconds. '
            $advice = 'Where this operation needs longer, raise timeoutSeconds of the runner.'
            if ($Progress.Warning) {
                [Console]::Out.WriteLine('WARNING: ' + $text + $advice)
                [Console]::Out.WriteLine($Progress.Warning)
                try {
                    if ($Progress.Note) { [IO.File]::WriteAllText($Progress.Note, $text) }
                    Stop-FarSession -Progress $Progress
                }
                finally { [Environment]::Exit(0) }
            }
            [Console]::Error.WriteLine('')
            [Console]::Error.WriteLine('ERROR: ' + $text + 'Nothing is known of its effect; the next deploy looks and finishes. ' + $advice)
            try { Stop-FarSession -Progress $Progress }
            finally { [Environment]::Exit(1) }
        }).AddArgument($Progress).AddArgument($Seconds)
    $watch.BeginInvoke()
}

function Stop-Watchdog {
    # A PowerShell that ends while the watchdog is just ending may crash, and Terraform would take the object for failed.
    param([hashtable] $Progress, [IAsyncResult] $Watch)
    $null = $Progress.Done.Set()
    if ($Watch) { $null = $Watch.AsyncWaitHandle.WaitOne() }
}

function Set-ProgressStep {
    # Names what is going on, for progress lines and for the message of a time-out.
    param([string] $Name)
    $script:Progress.Step = $Name
}

function Enable-TimeoutWarning {
    # With a reason, running out of time is a warning and no failure.
    param([string] $Reason)
    $script:Progress.Warning = $Reason
}

function Set-TimeoutNote {
    # The file that tells afterwards of a process that ended in this way.
    param([string] $Path)
    $script:Progress.Note = $Path
}

function Restart-TimeLimit {
    # Every object of a list has the whole time: nobody can tell how long thousands take.
    $script:Progress.Turn = $script:Progress.Turn + 1
}
