# Test cmdlets: the result that they return or throw is judged here, after replication and with retries.

function Invoke-LyncTest {
    param([string] $Name, [hashtable] $Settings)
    $option = Get-TestOption
    $test = Get-LyncKind -Name $Name
    $parameters = Get-TestParameter -Test $test -Settings $Settings
    $record = New-TestRecord -Name $Name -Test $test -Parameters $parameters -Option $option
    $goesOn = 'The deploy goes on, since onFailure of this test is "warn". The test runs again when what it tests changes, or in every deploy with when: "every deploy".'
    $run = @{ Log = $null; Judged = $false; Watch = [Diagnostics.Stopwatch]::StartNew() }
    $failure = $null
    if ($option.Warn) { Enable-TimeoutWarning -Reason $goesOn }
    try {
        Initialize-TestReport -Record $record -Option $option
        Import-LyncModule -Kinds (@($test) + @(Get-ReplicationKind -Option $option))
        if ($option.Replicas.Count -gt 0) { $record.waitedSeconds = Wait-Replication -Option $option }
        Invoke-TestWithRetry -Test $test -Parameters $parameters -Option $option -Record $record -Run $run
    }
    catch {
        $failure = $_.Exception
        Set-RecordFailure -Record $record -Exception $failure -Parameters $parameters -Judged $run.Judged
    }
    $record.seconds = [Math]::Round($run.Watch.Elapsed.TotalSeconds, 3)
    Complete-TestReport -Record $record -Option $option -Log $run.Log
    if ($null -eq $failure) { return }
    if (-not $option.Warn) { throw $record.message }
    Write-Line ('WARNING: ' + $record.message)
    Write-Line $goesOn
}

function Get-TestParameter {
    param([hashtable] $Test, [hashtable] $Settings)
    $parameters = @{}
    foreach ($key in $Test.Properties.Keys) {
        if ($Settings.ContainsKey($key)) { $parameters[$key] = $Settings[$key] }
    }
    return $parameters
}

function New-TestRecord {
    # What the JSON result holds.
    param([string] $Name, [hashtable] $Test, [hashtable] $Parameters, [hashtable] $Option)
    return [ordered] @{
        test          = [string] $env:LYNC_TEST
        kind          = $Name
        stack         = $Option.Index.stack
        cmdlet        = $Test.Test
        parameters    = $Parameters
        result        = 'Unfinished'
        message       = $Name + ' against ' + $Parameters[$Test.Target] + ' has not come to an end: its process was ended from outside, or ran out of time.'
        error         = ''
        diagnosis     = ''
        hints         = @()
        attempts      = @()
        startedAt     = Format-Time ([DateTime]::UtcNow)
        seconds       = 0
        waitedSeconds = 0
        latencyMs     = $null
        report        = $null
        runner        = [Environment]::MachineName
    }
}

function Invoke-TestWithRetry {
    # Throws where the last attempt did not succeed. An error that is no result of the test ends it at once.
    param([hashtable] $Test, [hashtable] $Parameters, [hashtable] $Option, [Collections.IDictionary] $Record, [hashtable] $Run)
    Write-Line (Format-Call -Name $Test.Test -Parameters $Parameters)
    if ($Option.ReportDirectory -and (Test-RemoteSession)) { Write-Line ('A session brings no log of ' + $Test.Test + ' back, so there is no HTML report: the result is in the JSON and the JUnit file.') }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    for ($attempt = 1; ; $attempt++) {
        $Run.Log = $null
        $outcome = Invoke-WithSession -Body { Invoke-TestCmdlet -Cmdlet $Test.Test -Arguments $Parameters -Logged (Test-Logged -Option $Option) }
        $Run.Log = $outcome.Log
        Set-RecordOutcome -Record $Record -Outcome $outcome
        $left = $Option.RetryTimeout - $watch.Elapsed.TotalSeconds
        $wait = [Math]::Min($Option.RetryInterval, $left)
        $line = 'Attempt ' + $attempt + ': ' + (Format-Outcome -Outcome $outcome)
        $Record.attempts += $line
        if ($outcome.Result -ne 'Success' -and $left -gt 0) { $line = $line + '; next attempt in ' + [Math]::Ceiling($wait) + ' s, ' + [Math]::Ceiling($left) + ' s left' }
        Write-Line ($line + '.')
        if ($outcome.Result -eq 'Success') {
            Write-Line ($env:LYNC_KIND + ' against ' + $Parameters[$Test.Target] + ': Success.')
            return
        }
        if ($left -le 0) { break }
        Set-ProgressStep ('wait before attempt ' + ($attempt + 1))
        Start-Sleep -Milliseconds ([int] (1000 * $wait))
    }
    $Run.Judged = $true
    throw ($env:LYNC_KIND + ' against ' + $Parameters[$Test.Target] + ' did not succeed. Attempts: ' + $attempt + ', in ' + [Math]::Ceiling($watch.Elapsed.TotalSeconds) + ' s.')
}

function Test-Logged {
    # At the far end of a session no variable can be read.
    param([hashtable] $Option)
    return [bool] $Option.ReportDirectory -and -not (Test-RemoteSession)
}

function Invoke-TestCmdlet {
    # -OutLoggerVariable leaves its log in the scope that calls the cmdlet, so the call stands here and not in Invoke-Cmdlet.
    param([string] $Cmdlet, [hashtable] $Arguments, [bool] $Logged)
    $LyncTestLog = $null
    $call = $Arguments.Clone()
    if ($Logged) { $call['OutLoggerVariable'] = 'LyncTestLog' }
    Set-ProgressStep $Cmdlet
    try {
        Confirm-SessionCmdlet -Name $Cmdlet
        $outcomes = @(& $Cmdlet @call -ErrorAction Stop)
    }
    catch {
        $exception = ConvertTo-CmdletException -Name $Cmdlet -Failure $_
        if (-not (Test-TestFailure -Exception $exception)) { throw $exception }
        $outcomes = @(ConvertTo-TestFailure -Exception $exception.InnerException)
    }
    if ($Logged -and $null -eq $LyncTestLog) { Write-Line ('WARNING: ' + $Cmdlet + ' left no log, so there is no HTML report.') }
    $failed = @($outcomes | Where-Object { [string] (Get-Property -Object $_ -Name 'Result') -ne 'Success' })
    if ($outcomes.Count -eq 0) { return @{ Result = '(nothing)'; Error = ''; Diagnosis = ''; Latency = $null; Log = $LyncTestLog } }
    $telling = ($failed + $outcomes)[0]
    return @{
        Result    = [string] (Get-Property -Object $telling -Name 'Result')
        Error     = ([string] (Get-Property -Object $telling -Name 'Error')).Trim()
        Diagnosis = ([string] (Get-Property -Object $telling -Name 'Diagnosis')).Trim()
        Latency   = Get-Property -Object $telling -Name 'Latency'
        Log       = $LyncTestLog
    }
}

function Test-TestFailure {
    # Whether what was thrown is the result of the test. What the account may not do, or the cmdlet cannot do, is none.
    param($Exception)
    if ((Test-AccessRefused -Exception $Exception) -or (Test-SessionLost -Exception $Exception)) { return $false }
    foreach ($name in 'CommandNotFoundException', 'ParameterBindingException') {
        if (Test-ExceptionType -Exception $Exception -Name $name) { return $false }
    }
    return ([string] $Exception.Data['ErrorId']).StartsWith('WorkflowNotCompleted', [StringComparison]::Ordinal) -or (Test-ExceptionType -Exception $Exception -Name 'Microsoft.Rtc.Signaling.*Exception')
}

function ConvertTo-TestFailure {
    # The result as the cmdlet would have returned it. The types stand for a Diagnosis: hints are told by them.
    param($Exception)
    $lines = @()
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        if ($cause -is [string]) { $lines += $cause }
        elseif ($cause -is [Management.Automation.RemoteException]) { continue }
        elseif ($lines.Count -eq 0) { $lines += @(Get-ErrorTypeName -Cause $cause)[0] }
        else { $lines += @(Get-ErrorTypeName -Cause $cause)[0] + ': ' + [string] (Get-Property -Object $cause -Name 'Message') }
    }
    return New-Object -TypeName psobject -Property @{ Result = 'Failure'; Error = $Exception.Message; Diagnosis = $lines -join '; ' }
}

function Set-RecordOutcome {
    param([Collections.IDictionary] $Record, [hashtable] $Outcome)
    $Record.error = $Outcome.Error
    $Record.diagnosis = $Outcome.Diagnosis
    $Record.result = 'Failure'
    if ($Outcome.Result -eq 'Success') {
        $Record.result = 'Success'
        $Record.message = ''
    }
    if ($Outcome.Latency -is [TimeSpan]) { $Record.latencyMs = [Math]::Round($Outcome.Latency.TotalMilliseconds, 1) }
}

function Set-RecordFailure {
    # The message with all that helps: the last Error and Diagnosis, and what to check.
    param([Collections.IDictionary] $Record, $Exception, [hashtable] $Parameters, [bool] $Judged)
    $lines = @($Exception.Message)
    if ($Judged) {
        foreach ($name in 'Error', 'Diagnosis') { $lines += '  ' + $name + ': ' + (Format-OneLine $Record[$name]) }
        $Record.hints = @(Get-TestHint -ErrorText $Record.error -Diagnosis $Record.diagnosis -Parameters $Parameters)
    }
    else {
        $Record.result = 'Error'
        $Record.hints = @(Get-ExceptionHint -Exception $Exception -Parameters $Parameters)
    }
    foreach ($hint in $Record.hints) { $lines += '  Check: ' + $hint }
    $Record.message = $lines -join [Environment]::NewLine
}

function Format-Outcome {
    param([hashtable] $Outcome)
    $parts = @($Outcome.Result)
    foreach ($name in 'Error', 'Diagnosis') {
        if ($Outcome[$name] -ne '') { $parts += $name + ': ' + (Format-OneLine $Outcome[$name]) }
    }
    return $parts -join '; '
}

function Format-OneLine {
    # A Diagnosis has line breaks, and each attempt is one line.
    param([string] $Text)
    return ($Text -replace '\s+', ' ').Trim()
}
