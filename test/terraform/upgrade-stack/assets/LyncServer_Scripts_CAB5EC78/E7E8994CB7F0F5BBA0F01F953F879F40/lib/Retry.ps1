# Faults of the Central Management store that pass by themselves are tried again, a few times, and said.

function Invoke-WithRetry {
    # The body reads before it acts, so running it again after half of it had its effect is safe.
    param([scriptblock] $Body)
    $waits = 2, 4, 8
    for ($try = 0; ; $try++) {
        try {
            & $Body
            return
        }
        catch {
            if ($try -ge $waits.Length -or -not (Test-PassingFault -Exception $_.Exception)) { throw }
            Write-Line ('The store did not answer in time: ' + $_.Exception.Message)
            Write-Line ('Trying again in ' + $waits[$try] + ' s (' + ($try + 1) + ' of ' + $waits.Length + ').')
            Start-Sleep -Seconds $waits[$try]
        }
    }
}

function Test-PassingFault {
    # By type: the messages are localised.
    param($Exception)
    return (Test-ExceptionType -Exception $Exception -Name 'SqlException') -or (Test-ExceptionType -Exception $Exception -Name 'TimeoutException')
}

function Test-ExceptionType {
    # Whether the exception, or one that it wraps, has a type of this name.
    param($Exception, [string] $Name)
    $cause = $Exception
    while ($null -ne $cause) {
        if ($cause.GetType().Name -eq $Name) { return $true }
        $cause = $cause.InnerException
    }
    return $false
}
