# Faults of the Central Management store that pass by themselves are tried again, a few times, and said.

function Invoke-WithRetry {
    # The body reads before it acts, so running it again after half of it had its effect is safe.
    param([scriptblock] $Body)
    $waits = 2, 4, 8
    for ($try = 0; ; $try++) {
        try {
            Invoke-WithSession -Body $Body
            return
        }
        catch {
            if ($try -ge $waits.Length -or -not (Test-TransientFault -Exception $_.Exception)) { throw }
            Write-Line ('The store did not answer in time: ' + $_.Exception.Message)
            Write-Line ('Trying again in ' + $waits[$try] + ' s (' + ($try + 1) + ' of ' + $waits.Length + ').')
            Start-Sleep -Seconds $waits[$try]
        }
    }
}

function Test-TransientFault {
    # By type and number: the messages are localised. What wraps a fault of the store is Lync Server's own.
    param($Exception)
    if (Test-AccessRefused -Exception $Exception) { return $false }
    foreach ($name in 'SqlException', 'TimeoutException', 'Microsoft.Rtc.Common.Data.*Exception') {
        if (Test-ExceptionType -Exception $Exception -Name $name) { return $true }
    }
    return $false
}
