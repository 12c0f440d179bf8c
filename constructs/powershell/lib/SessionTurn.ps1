# How many sessions this runner has at once: Terraform starts ten operations, and a pool may allow an account no more than five.

function Wait-SessionTurn {
    # One of three places, which the system gives back where the process ends, however it ends.
    $places = @(foreach ($number in 1..3) { Get-LyncMutex -LockName ('Global\LyncPushNotificationSession' + $number) })
    $limit = 10 * [int] $env:LYNC_TIMEOUT_SECONDS
    $script:Progress.Limited = $false
    for ($waited = 0; $waited -lt $limit; $waited++) {
        foreach ($place in $places) {
            if (-not (Test-MutexTaken -Mutex $place)) {
                $script:Progress.Limited = $true
                return $place
            }
        }
        if ($waited -gt 0 -and $waited % 30 -eq 0) { Write-Line ('Waiting until another session of this runner ends: ' + $waited + ' s.') }
    }
    throw ('Three sessions of this runner have been open for more than ' + $limit + ' seconds. Look for PowerShell processes that hang, end them, and deploy again.')
}

function Test-MutexTaken {
    # Whether somebody else has it. Otherwise it is ours from now on, also where its last holder was killed.
    param($Mutex)
    try { return -not $Mutex.WaitOne(333) }
    catch {
        if (-not (Test-ExceptionType -Exception $_.Exception -Name 'AbandonedMutexException')) { throw }
        return $false
    }
}
