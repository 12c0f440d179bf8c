# How many sessions there are at once: Terraform starts ten operations, and a pool may allow an account no more than five.

function Wait-SessionTurn {
    # One of three places, which the system gives back where the process ends, however it ends.
    $places = @(foreach ($number in 1..3) { Get-LyncMutex -LockName ('Global\LyncPushNotificationSession' + $number) })
    $limit = 10 * [int] $env:LYNC_TIMEOUT_SECONDS
    $script:Progress.Limited = $false
    for ($waited = 0; $waited -lt $limit; $waited++) {
        foreach ($place in $places) {
            if (Enter-Mutex -Mutex $place -Milliseconds 333) {
                $script:Progress.Limited = $true
                return $place
            }
        }
        if ($waited -gt 0 -and $waited % 30 -eq 0) { Write-Line ('Waiting until another session of this runner ends: ' + $waited + ' s.') }
    }
    throw ('Three sessions of this runner have been open for more than ' + $limit + ' seconds. Look for PowerShell processes that hang, end them, and deploy again.')
}

function Wait-PoolPlace {
    # Where a pool has as many sessions as it allows, other runners have them, or a deploy that was killed: those end after five
    # minutes, so that six are enough. Returns how long it was; where waiting does not help, that is the error.
    param([object[]] $Faults, [int] $Waited, [string] $Text)
    if ($Faults -notcontains 'Quota' -or (Test-FinalFault -Fault $Faults[-1]) -or $Waited -ge 360) { throw $Text }
    if ($Waited % 60 -eq 0) { Write-Line ('Waiting for a place at the pool: ' + $Waited + ' s of at most 360 s.' + [Environment]::NewLine + $Text) }
    $script:Progress.Limited = $false
    Start-Sleep -Seconds 10
    $script:Progress.Limited = $true
    return 10
}
