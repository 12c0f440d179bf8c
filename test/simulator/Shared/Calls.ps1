# The life of one call: confirmation, counters, log, faults, the effect itself, and how it ends for the caller.
#
# The log holds one entry for each mutating call: seq, time, pid, cmdlet, parameters, phase, and on demand fault and
# error. Phase is "begin" (no effect yet, or died before it), "effect" or "error" (no effect). With "logsTests" in the state
# it holds the test cmdlets, too.

# What PowerShell itself adds to every cmdlet is no parameter of the call.
$script:CommonParameters = @(
    'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'ErrorVariable',
    'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable', 'WhatIf', 'Confirm'
)

# A call that reads: $Body gets the state and the bound parameters.
function Invoke-ReadingCall {
    param($Cmdlet, [Collections.IDictionary] $Bound, [scriptblock] $Body)
    Invoke-Call $Cmdlet $Bound $Body $false $false
}

# A call that changes something. -Replicated says whether the change is one of the replicated configuration.
function Invoke-MutatingCall {
    param($Cmdlet, [Collections.IDictionary] $Bound, [scriptblock] $Body, [bool] $Replicated = $true)
    if ($Bound.ContainsKey('InMemory') -and $Bound['InMemory']) {
        Invoke-Call $Cmdlet $Bound $Body $false $false
    } elseif (Test-Confirmation $Cmdlet $Bound) {
        Invoke-Call $Cmdlet $Bound $Body $true $Replicated
    }
}

# A function of a module does not see the preferences of the script that calls it, a real cmdlet does.
function Test-Confirmation {
    param($Cmdlet, [Collections.IDictionary] $Bound)
    $ConfirmPreference = $Cmdlet.SessionState.PSVariable.GetValue('ConfirmPreference')
    $WhatIfPreference = $Cmdlet.SessionState.PSVariable.GetValue('WhatIfPreference')
    $target = ''
    foreach ($name in 'Identity', 'Domain', 'Class', 'Path') {
        if ($Bound.ContainsKey($name)) { $target = [string] $Bound[$name] }
    }
    return $Cmdlet.ShouldProcess($target)
}

function Invoke-Call {
    param($Cmdlet, [Collections.IDictionary] $Bound, [scriptblock] $Body, [bool] $Mutating, [bool] $Replicated)
    $ErrorActionPreference = 'Stop'
    $call = @{
        Name = $Cmdlet.MyInvocation.MyCommand.Name; Bound = $Bound; Body = $Body; Caller = $Cmdlet.SessionState
        Mutating = $Mutating; Replicated = $Replicated; Logged = $Mutating
        Fault = $null; Seq = $null; Output = $null; Failure = $null; Terminates = $false
    }
    $session = Open-StateFile
    try {
        Register-Call $session.Root $call
        if ($null -ne $call.Fault -and @('hangBefore', 'dieBefore', 'delay') -contains $call.Fault.Kind) {
            Save-StateFile $session
            Close-StateFile $session
            Invoke-Fault $call.Fault
            $session = Open-StateFile
        }
        Complete-Call $session.Root $call
        Save-StateFile $session
    } finally {
        Close-StateFile $session
    }
    if ($null -ne $call.Fault -and $null -eq $call.Failure) { Invoke-FaultAfter $call }
    Publish-Result $Cmdlet $call
}

# Counts the call, writes its beginning to the log and finds the fault that is due.
function Register-Call {
    param($State, [hashtable] $Call)
    $calls = $State['calls']
    if ($null -eq $calls) {
        Set-Value $State 'calls' @{}
        $calls = $State['calls']
    }
    Set-Value $calls $Call.Name ([int] (Get-ValueOr $calls $Call.Name 0) + 1)
    $Call.Fault = Step-Fault $State $Call.Name $Call.Mutating
    if ($Call.Name -like 'Test-Cs*' -and (Get-ValueOr $State 'logsTests' $false)) { $Call.Logged = $true }
    if (-not $Call.Logged) { return }

    $log = $State['log']
    $Call.Seq = 1
    if ($null -ne $log.LastChild) { $Call.Seq = [int] (Get-Value $log.LastChild 'seq') + 1 }
    $entry = [ordered]@{
        seq = $Call.Seq; time = Get-UtcText; pid = $PID; cmdlet = $Call.Name
        parameters = ConvertTo-LoggedParameter $Call.Bound; phase = 'begin'
    }
    if ($null -ne $Call.Fault) { $entry['fault'] = $Call.Fault.Kind }
    [void] (Add-Record $log $entry)
}

function ConvertTo-LoggedParameter {
    param([Collections.IDictionary] $Bound)
    $logged = [ordered]@{}
    foreach ($name in $Bound.Keys) {
        if ($script:CommonParameters -contains $name) { continue }
        $value = $Bound[$name]
        if ($name -eq 'Instance' -or $name -eq 'InputObject') { $value = ConvertTo-LoggedObject $value }
        $logged[$name] = $value
    }
    return $logged
}

# Parameters that take an object (Instance, InputObject): its properties.
function ConvertTo-LoggedObject {
    param($Value)
    $base = $Value.PSObject.BaseObject
    if ($base -isnot [Management.Automation.PSCustomObject]) { return $base }
    $properties = [ordered]@{}
    foreach ($property in $Value.PSObject.Properties) { $properties[$property.Name] = $property.Value }
    return $properties
}

# The effect, or why there is none.
function Complete-Call {
    param($State, [hashtable] $Call)
    if ($null -ne $Call.Fault -and $Call.Fault.Kind -eq 'throwBefore') {
        $Call.Terminates = $true
        $Call.Failure = New-FaultRecord $Call
    } elseif ($null -ne $State['denied'] -and (Test-Contains $State['denied'] $Call.Name)) {
        $Call.Terminates = $true
        $Call.Failure = New-DeniedRecord $State $Call.Name
    } else {
        Invoke-Effect $State $Call
    }
    if ($Call.Logged) { Write-Outcome $State $Call }
}

function Invoke-Effect {
    param($State, [hashtable] $Call)
    $before = $null
    Update-Replication $State
    if ($Call.Replicated) { $before = Get-EdgeSnapshot $State }
    try {
        $Call.Output = & $Call.Body $State $Call.Bound
    } catch {
        if (-not [object]::ReferenceEquals($_.Exception, $script:LastRuleError)) { throw }
        $Call.Failure = $_
        $Call.Terminates = $script:LastRuleTerminates
        Remove-ErrorTrace $Call
        return
    }
    if ($Call.Replicated) { Start-Replication $State $before }
}

# On its way here the error has been noted once for every function that it left; a real cmdlet reports it once.
function Remove-ErrorTrace {
    param([hashtable] $Call)
    $lists = @(, $global:Error)
    if ($Call.Bound.ContainsKey('ErrorVariable')) {
        $lists += , $Call.Caller.PSVariable.GetValue($Call.Bound['ErrorVariable'].TrimStart('+'))
    }
    foreach ($list in $lists) {
        if ($null -eq $list) { continue }
        for ($index = $list.Count - 1; $index -ge 0; $index--) {
            $exception = $list[$index]
            if ($exception -is [Management.Automation.ErrorRecord]) { $exception = $exception.Exception }
            if ([object]::ReferenceEquals($exception, $Call.Failure.Exception)) { $list.RemoveAt($index) }
        }
    }
}

function Write-Outcome {
    param($State, [hashtable] $Call)
    $entry = $State['log'].LastChild
    while ($null -ne $entry -and (Get-Value $entry 'seq') -ne $Call.Seq) { $entry = $entry.PreviousSibling }
    # A test may have cleared the log while this call was delayed.
    if ($null -eq $entry) { return }
    if ($null -eq $Call.Failure) {
        Set-Value $entry 'phase' 'effect'
    } else {
        Set-Value $entry 'phase' 'error'
        $exception = $Call.Failure.Exception
        Set-Value $entry 'error' ([ordered]@{ type = $exception.GetType().FullName; message = $exception.Message })
    }
}

function New-FaultRecord {
    param([hashtable] $Call)
    $inner = $null
    if ($Call.Fault.Inner) { $inner = New-Exception $Call.Fault.Inner $Call.Fault.Message $null $Call.Fault.Number }
    $exception = New-Exception $Call.Fault.Exception $Call.Fault.Message $inner $Call.Fault.Number
    return New-Object Management.Automation.ErrorRecord $exception, 'Fault', 'NotSpecified', $null
}

function Invoke-FaultAfter {
    param([hashtable] $Call)
    if ($Call.Fault.Kind -eq 'throwAfter') {
        $Call.Terminates = $true
        $Call.Failure = New-FaultRecord $Call
    } elseif ($Call.Fault.Kind -like '*After') {
        Invoke-Fault $Call.Fault
    }
}

# A rule is broken: an error that $ErrorActionPreference of the calling script governs, as with a real cmdlet.
function Publish-Result {
    param($Cmdlet, [hashtable] $Call)
    if ($null -eq $Call.Failure) {
        if ($null -ne $Call.Output) { $Cmdlet.WriteObject($Call.Output, $true) }
    } elseif ($Call.Terminates) {
        $Cmdlet.ThrowTerminatingError($Call.Failure)
    } else {
        $ErrorActionPreference = $Cmdlet.SessionState.PSVariable.GetValue('ErrorActionPreference')
        $Cmdlet.WriteError($Call.Failure)
    }
}
