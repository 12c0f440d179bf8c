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
    # One that is there may let this account do no more than wait for it, which is all that is needed.
    param([string] $LockName)
    try {
        try { return New-LyncMutex -LockName $LockName }
        catch {
            if (-not (Test-ExceptionType -Exception $_.Exception -Name 'UnauthorizedAccessException')) { throw }
            return Open-LyncMutex -LockName $LockName
        }
    }
    catch {
        if (-not (Test-ExceptionType -Exception $_.Exception -Name 'UnauthorizedAccessException')) { throw }
        throw ('The lock that serialises changes on this runner (' + $LockName + ') refuses the account ' + [Environment]::UserDomainName + '\' + [Environment]::UserName +
            ': a process of another account holds it, of an older version of this library. End that process, or wait for its end, and deploy again.')
    }
}

function Open-LyncMutex {
    param([string] $LockName)
    return [Threading.Mutex]::OpenExisting($LockName)
}

function New-LyncMutex {
    # By default only the account that makes it gets in, and where it was elevated not even the same account without that.
    param([string] $LockName)
    if ([Environment]::OSVersion.Platform -ne 'Win32NT') { return New-Object -TypeName System.Threading.Mutex -ArgumentList $false, $LockName }
    $security = New-Object -TypeName System.Security.AccessControl.MutexSecurity
    # S-1-5-11: every account that has logged on.
    $everybody = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-11'
    $security.AddAccessRule((New-Object -TypeName System.Security.AccessControl.MutexAccessRule -ArgumentList $everybody, 'Synchronize, Modify', 'Allow'))
    # The constructor that takes an access list is in the .NET Framework alone; newer versions of .NET have this type instead.
    $newer = 'System.Threading.MutexAcl, System.Threading.AccessControl' -as [type]
    if ($null -ne $newer) { return $newer.GetMethod('Create').Invoke($null, [object[]] @($false, $LockName, $false, $security.PSObject.BaseObject)) }
    $created = $false
    return New-Object -TypeName System.Threading.Mutex -ArgumentList $false, $LockName, ([ref] $created), $security
}

function Wait-Mutex {
    # Each of those ahead may take its full time, and Terraform runs ten.
    param($Mutex)
    $limit = 10 * [int] $env:LYNC_TIMEOUT_SECONDS
    $script:Progress.Limited = $false
    $waited = 0
    while (-not (Enter-Mutex -Mutex $Mutex -Milliseconds 1000)) {
        $waited = $waited + 1
        if ($waited % 30 -eq 0) { Write-Line ('Waiting for another change on this runner to end: ' + $waited + ' s.') }
        if ($waited -ge $limit) { throw ('Another change on this runner has held the lock for more than ' + $limit + ' seconds. Look for a PowerShell process that hangs, end it, and deploy again.') }
    }
    $script:Progress.Limited = $true
}

function Enter-Mutex {
    # Whether it is ours. Where its last holder was killed, it is: what that left half done is what this operation reads and finishes.
    param($Mutex, [int] $Milliseconds)
    try { return $Mutex.WaitOne($Milliseconds) }
    catch {
        if (-not (Test-ExceptionType -Exception $_.Exception -Name 'AbandonedMutexException')) { throw }
        return $true
    }
}
