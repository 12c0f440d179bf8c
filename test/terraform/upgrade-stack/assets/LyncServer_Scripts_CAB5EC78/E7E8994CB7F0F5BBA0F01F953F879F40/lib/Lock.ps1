# One change at a time on one runner: Terraform starts ten operations at once, and Lync Server's cmdlets are not made for it.

function Invoke-WithLock {
    # A lock of another name does not keep changes from each other, only those that take the same one.
    param([scriptblock] $Body, [string] $LockName = 'Global\LyncPushNotifications')
    $mutex = Get-LyncMutex -LockName $LockName
    Wait-Mutex -Mutex $mutex
    try { & $Body } finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
}

function Get-LyncMutex {
    param([string] $LockName)
    try { return New-Object -TypeName System.Threading.Mutex -ArgumentList $false, $LockName }
    catch {
        if (-not (Test-ExceptionType -Exception $_.Exception -Name 'UnauthorizedAccessException')) { throw }
        throw 'The lock that serialises changes on this runner belongs to another account. Run all deploys of one runner under the same account.'
    }
}

function Wait-Mutex {
    # Each of those ahead may take its full time, and Terraform runs ten.
    param($Mutex)
    $limit = 10 * [int] $env:LYNC_TIMEOUT_SECONDS
    $script:Progress.Limited = $false
    $waited = 0
    try {
        while (-not $Mutex.WaitOne(1000)) {
            $waited = $waited + 1
            if ($waited % 30 -eq 0) { Write-Line ('Waiting for another change on this runner to end: ' + $waited + ' s.') }
            if ($waited -ge $limit) { throw ('Another change on this runner has held the lock for more than ' + $limit + ' seconds. Look for a PowerShell process that hangs, end it, and deploy again.') }
        }
    }
    catch {
        # Its last holder was killed. It is ours now, and what it left half done is what this operation reads and finishes.
        if (-not (Test-ExceptionType -Exception $_.Exception -Name 'AbandonedMutexException')) { throw }
    }
    $script:Progress.Limited = $true
}
