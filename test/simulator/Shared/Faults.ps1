# Faults on request: entries of the state's list "faults".
#
#   cmdlet     which call: a name, or "*" for every mutating one
#   kind       throwBefore, throwAfter, hangBefore, hangAfter, dieBefore, dieAfter, delay: before or after the effect
#   nth        the first call that it hits, counted from when the fault was set (1)
#   times      how many calls it hits from there (1)
#   exception  full name of the type to throw (System.InvalidOperationException); message: its text
#   inner      full name of the type that an exception of Microsoft.Rtc wraps; number: that of a SqlException, wrapped or not
#   seconds    how long a delay takes (1)
#   seen       how many calls it has seen; fired: how many it has hit. Both are counted here.

# Counts the call in every fault that looks at it, and returns the kind and the values of the first that is due.
function Step-Fault {
    param($State, [string] $Cmdlet, [bool] $Mutating)
    $due = $null
    $list = $State['faults']
    if ($null -eq $list) { return $null }
    foreach ($fault in $list.ChildNodes) {
        $name = Get-Value $fault 'cmdlet'
        if ($name -ne $Cmdlet -and -not ($name -eq '*' -and $Mutating)) { continue }
        $seen = [int] (Get-ValueOr $fault 'seen' 0) + 1
        Set-Value $fault 'seen' $seen
        $nth = Get-ValueOr $fault 'nth' 1
        if ($null -ne $due -or $seen -lt $nth -or $seen -ge $nth + (Get-ValueOr $fault 'times' 1)) { continue }
        Set-Value $fault 'fired' ([int] (Get-ValueOr $fault 'fired' 0) + 1)
        $due = @{
            Kind      = Get-Value $fault 'kind'
            Exception = Get-ValueOr $fault 'exception' 'System.InvalidOperationException'
            Message   = Get-ValueOr $fault 'message' (Get-Message $State 'Fault')
            Inner     = Get-ValueOr $fault 'inner' ''
            Number    = Get-ValueOr $fault 'number' 0
            Seconds   = Get-ValueOr $fault 'seconds' 1
        }
    }
    return $due
}

# What happens outside the lock, so that a call that hangs or dies is alone with it.
function Invoke-Fault {
    param([hashtable] $Fault)
    switch -Wildcard ($Fault.Kind) {
        'delay' { [Threading.Thread]::Sleep([int] ($Fault.Seconds * 1000)) }
        'hang*' {
            # A pool ends a call whose session is closed.
            while ($Host.Name -eq 'ServerRemoteHost') { [Threading.Thread]::Sleep(50) }
            [Threading.Thread]::Sleep(-1)
        }
        'die*' {
            # Like SIGKILL: nothing of the caller runs any more.
            [Diagnostics.Process]::GetCurrentProcess().Kill()
            [Threading.Thread]::Sleep(-1)
        }
    }
}
