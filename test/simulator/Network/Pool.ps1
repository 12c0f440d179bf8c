# Whether a pool answers and lets somebody in, by what the state says under "remote".

function Read-State {
    # The file is replaced as a whole, so that nobody has to wait for it.
    return ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($env:SIMULATED_LYNC_STATE))
}

function Assert-Connection {
    param($Remote, [Uri] $Uri, $Credential, [TimeSpan] $Idle)
    $pool = @($Remote.pools | Where-Object { $_.name -eq $Uri.Host })[0]
    # ERROR_WSMAN_NAME_NOT_RESOLVED
    if ($null -eq $pool) { throw (New-TransportError $Uri -2144108103) }
    if ($pool.error -ne 0) { throw (New-TransportError $Uri $pool.error) }
    if ($Uri.Scheme -ne 'https') { throw (New-TransportError $Uri -2144108526) } # nobody listens there
    # ERROR_WSMAN_UNKNOWN_HTTP_STATUS_RETURNED: 404
    if ($Uri.AbsolutePath -ne '/OcsPowerShell') { throw (New-TransportError $Uri -2144108273) }
    # No pool lets a session idle for less than a minute, nor for longer than it has been set up for.
    if ($Idle.TotalSeconds -ge 0 -and ($Idle.TotalSeconds -lt 60 -or $Idle.TotalSeconds -gt $Remote.longestIdleSeconds)) { throw (New-TransportError $Uri -2144108269) }
    $given = $null
    if ($null -ne $Credential) { $given = $Credential.UserName + ' ' + $Credential.GetNetworkCredential().Password }
    # ERROR_ACCESS_DENIED
    if ($null -ne $Remote.credential -and $given -cne $Remote.credential) { throw (New-TransportError $Uri 5) }
    # ERROR_WSMAN_QUOTA_MAX_SHELLS
    if (@(Get-OpenSession).Count -ge $Remote.limit) { throw (New-TransportError $Uri -2144108123) }
}

function New-TransportError {
    # What WinRM says comes in the language of the machine; what counts is the number.
    param([Uri] $Uri, [int] $Code)
    $text = 'Beim Verbinden mit dem Remoteserver "' + $Uri.Host + '" ist ein Fehler aufgetreten.'
    $exception = New-Object Management.Automation.Remoting.PSRemotingTransportException $text
    $exception.ErrorCode = $Code
    $exception.TransportMessage = $text
    return $exception
}

function Get-SessionFolder {
    $folder = $env:SIMULATED_LYNC_STATE + '.sessions'
    [void] [IO.Directory]::CreateDirectory($folder)
    return $folder
}

function Get-OpenSession {
    return [IO.Directory]::GetFiles((Get-SessionFolder), '*.open')
}
