# A remote session to a pool, in place of the Lync Server tools on the runner. A process opens one, imports the cmdlets that it
# needs, and closes it in every end: a pool allows an account only a few.

# Call: what is being changed. Wanted, Imported: what this process needs, and what the role has of it.
$script:Far = @{ Session = $null; Uri = ''; Wanted = @(); Imported = @(); Call = ''; Turn = $null }

function Test-RemoteSession {
    # Whether this process reaches Lync Server by a session.
    return -not [string]::IsNullOrEmpty($env:LYNC_SESSION_URI)
}

function Import-SessionCmdlet {
    # The first call opens the session; a later one brings only what is not there yet.
    param([string[]] $Cmdlets)
    $new = @($Cmdlets | Where-Object { $script:Far.Wanted -notcontains $_ })
    if ($new.Count -eq 0) { return }
    if ($null -eq $script:Far.Session) { Open-LyncSession }
    Import-Proxy -Cmdlets $new
    $script:Far.Wanted += $new
}

function Open-LyncSession {
    $credential = Get-SessionCredential
    if ($null -eq $script:Far.Turn) { $script:Far.Turn = Wait-SessionTurn }
    $waited = 0
    while ($true) {
        $failures = @(Find-LyncSession -Credential $credential)
        $text = @($failures | ForEach-Object { $_.Text }) -join [Environment]::NewLine
        if ($null -ne $script:Far.Session) { break }
        $waited += Wait-PoolPlace -Faults @($failures | ForEach-Object { $_.Fault }) -Waited $waited -Text $text
    }
    if ($text) { Write-Line ('WARNING: ' + $text) }
    Write-Line ('The session with ' + $script:Far.Uri + ' is open.')
}

function Find-LyncSession {
    # Opens one with the first pool that answers, and returns why there is none with those before it. A pool that refuses the
    # account ends the search: trying a wrong password at each would lock it.
    param($Credential)
    foreach ($uri in ($env:LYNC_SESSION_URI -split ' ' | Where-Object { $_ })) {
        Set-ProgressStep ('open a session with ' + $uri)
        try { $script:Progress['Session'] = New-LyncSession -Uri $uri -Credential $Credential }
        catch {
            $fault = Get-SessionFault -Exception $_.Exception
            @{ Fault = $fault; Text = (Format-SessionError -Uri $uri -Exception $_.Exception) + [Environment]::NewLine + (Get-SessionAdvice -Fault $fault -Uri $uri) }
            if (Test-FinalFault -Fault $fault) { return }
            continue
        }
        $script:Far.Session = $script:Progress['Session']
        $script:Far.Uri = $uri
        return
    }
}

function New-LyncSession {
    # A process that is killed closes nothing: its session ends five minutes later, and not after the hours that a pool waits by
    # itself. Less would end the session of a cmdlet that takes long: PowerShell shows every three minutes that it is still there,
    # and reckons with one more for the way. A pool that does not allow so short a time has its own.
    param([string] $Uri, $Credential)
    try { return Connect-Pool -Uri $Uri -Credential $Credential -IdleTimeout ([TimeSpan]::FromMinutes(5)) }
    catch {
        if (Get-SessionFault -Exception $_.Exception) { throw }
        return Connect-Pool -Uri $Uri -Credential $Credential -IdleTimeout ([TimeSpan]::FromMilliseconds(-1))
    }
}

function Connect-Pool {
    # The checks of the certificate and of its revocation stay as they are, and no redirection is followed. A pool that does not
    # answer costs half a minute, and not the three that New-PSSession would wait.
    param([string] $Uri, $Credential, [TimeSpan] $IdleTimeout)
    $option = New-Object -TypeName System.Management.Automation.Remoting.PSSessionOption
    $option.OpenTimeout = [TimeSpan]::FromSeconds(30)
    $option.IdleTimeout = $IdleTimeout
    $parameters = @{ ConnectionUri = $Uri; SessionOption = $option }
    if ($env:LYNC_SESSION_AUTHENTICATION) { $parameters.Authentication = $env:LYNC_SESSION_AUTHENTICATION }
    if ($null -ne $Credential) { $parameters.Credential = $Credential }
    # Whoever ends the process meanwhile waits for it, to close what would be left otherwise.
    $script:Progress['Opening'] = $true
    try { return New-PSSession @parameters -ErrorAction Stop }
    finally { $script:Progress['Opening'] = $false }
}

function Get-SessionCredential {
    # Nothing where neither variable is set: the session then signs in as the account that runs.
    $user = [string] $env:LYNC_SESSION_USER
    $password = [string] $env:LYNC_SESSION_PASSWORD
    if (-not $user -and -not $password) { return }
    if (-not $user -or -not $password) {
        $missing = 'LYNC_SESSION_USER'
        if ($user) { $missing = 'LYNC_SESSION_PASSWORD' }
        throw ('The credential of the session is half given: ' + $missing + ' is not set. Set LYNC_SESSION_USER and LYNC_SESSION_PASSWORD in the environment of the deploy, ' +
            'or neither of them: then the session signs in as the account that runs the deploy.')
    }
    if ($env:LYNC_SESSION_AUTHENTICATION -eq 'NegotiateWithImplicitCredential') {
        throw ('LYNC_SESSION_USER and LYNC_SESSION_PASSWORD are set, and the authentication NegotiateWithImplicitCredential takes no credential: it signs in as the account that runs. ' +
            'Clear both variables, or leave authentication of the session out.')
    }
    Add-HiddenText -Text $password
    $secure = New-Object -TypeName System.Security.SecureString
    foreach ($character in $password.ToCharArray()) { $secure.AppendChar($character) }
    return New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $user, $secure
}

function Import-Proxy {
    # A cmdlet that the role does not have is missing afterwards, and whoever calls it says so.
    param([string[]] $Cmdlets)
    Set-ProgressStep ('import the cmdlets from ' + $script:Far.Uri)
    try { $module = Import-PSSession -Session $script:Far.Session -CommandName $Cmdlets -DisableNameChecking -AllowClobber -ErrorAction Stop }
    catch {
        if ($_.FullyQualifiedErrorId -like 'ErrorNoCommandsImportedBecauseOfSkipping*') { return }
        throw (New-Object -TypeName System.InvalidOperationException -ArgumentList ('The cmdlets of ' + $script:Far.Uri + ' cannot be imported: ' + $_.Exception.Message), $_.Exception)
    }
    $script:Far.Imported += @($module.ExportedFunctions.Keys)
    # PowerShell leaves the files of the proxies behind.
    $script:Progress['Folders'] += $module.ModuleBase
}

function Confirm-SessionCmdlet {
    # Before each call. The tools on the runner must not step in for a cmdlet that the role lacks, nor PowerShell with a session of
    # its own for one that has ended.
    param([string] $Name)
    if (-not (Test-RemoteSession)) { return }
    Wait-ProcessEnd
    if ([string] $script:Far.Session.State -ne 'Opened') {
        Write-Line ('The session with ' + $script:Far.Uri + ' has ended meanwhile.')
        Restart-LyncSession
    }
    if ($script:Far.Imported -contains $Name) { return }
    throw (New-Object -TypeName System.Management.Automation.CommandNotFoundException -ArgumentList ('The session has no ' + $Name + '.'))
}

function Restart-LyncSession {
    # The files of the proxies stay until the process ends: PowerShell reads them again with those of the new session.
    $wanted = $script:Far.Wanted
    $folders = $script:Progress['Folders']
    $script:Progress['Folders'] = @()
    Close-LyncSession
    $script:Progress['Folders'] = $folders
    Import-SessionCmdlet -Cmdlets $wanted
}

function Wait-ProcessEnd {
    # Where time is over, the session is closed from outside, and the process ends at any moment: it opens none any more.
    if ($script:Progress['Over']) { [Threading.Thread]::Sleep(-1) }
}

function Test-SessionLost {
    # Whether the error came from the session and not from Lync Server.
    param($Exception)
    if ($null -eq $script:Far.Session) { return $false }
    Wait-ProcessEnd
    return [string] $script:Far.Session.State -ne 'Opened' -or (Test-ExceptionType -Exception $Exception -Name 'PSRemotingTransportException')
}

function Test-SessionGone {
    # Whether there should be a session, and none could be opened again.
    return (Test-RemoteSession) -and ($null -eq $script:Far.Session -or [string] $script:Far.Session.State -ne 'Opened')
}

function Invoke-WithSession {
    # Where the session breaks, the body runs once more over a new one: it reads before it acts.
    param([scriptblock] $Body)
    $script:Far.Call = ''
    try {
        & $Body
        return
    }
    catch {
        if (-not (Test-SessionLost -Exception $_.Exception)) { throw }
        Write-Line ('The session with ' + $script:Far.Uri + ' broke: ' + (Format-OneLine $_.Exception.Message))
    }
    Write-Line 'Once more over a new session, from reading what Lync Server has.'
    try {
        Restart-LyncSession
        & $Body
    }
    catch {
        if ($null -ne $script:Far.Session -and -not (Test-SessionLost -Exception $_.Exception)) { throw }
        $text = $_.Exception.Message + [Environment]::NewLine + 'The session broke' + (Get-LostCall)
        throw (New-Object -TypeName System.InvalidOperationException -ArgumentList $text, $_.Exception)
    }
}

function Get-LostCall {
    # What is known of the change that was under way.
    if (-not $script:Far.Call) { return ' while nothing was being changed.' }
    return ' during this call, and nobody knows whether it had its effect:' + [Environment]::NewLine + $script:Far.Call + [Environment]::NewLine +
    'The next deploy reads what Lync Server has, and finishes.'
}

function Close-LyncSession {
    # Where there is none, nothing.
    if ($null -eq $script:Far.Session) { return }
    Set-ProgressStep ('close the session with ' + $script:Far.Uri)
    Stop-FarSession -Progress $script:Progress
    $script:Far.Session = $null
    $script:Far.Wanted = @()
    $script:Far.Imported = @()
}

function Stop-FarSession {
    # Nothing but .NET, since it also runs in the thread that ends the process, where no cmdlet is, and while a call hangs. What
    # the pool has not confirmed within ten seconds it ends by itself, after its idle time.
    param([hashtable] $Progress)
    for ($turn = 0; $turn -lt 1500 -and $Progress['Opening']; $turn++) { [Threading.Thread]::Sleep(20) }
    $session = $Progress['Session']
    try {
        if ($null -eq $session) { return }
        # PowerShell itself listens for the close, to take the proxies away. Where its two steps come to it in the wrong order, it waits
        # for itself for ever.
        $events = [Management.Automation.Runspaces.Runspace]::DefaultRunspace.Events
        foreach ($subscriber in @($events.Subscribers)) {
            if ([object]::ReferenceEquals($subscriber.SourceObject, $session.Runspace)) { $events.UnsubscribeEvent($subscriber) }
        }
        $session.Runspace.CloseAsync()
        for ($turn = 0; $turn -lt 500 -and 'Closed', 'Broken' -notcontains [string] $session.Runspace.RunspaceStateInfo.State; $turn++) { [Threading.Thread]::Sleep(20) }
    }
    catch { return } # it has ended before
    finally {
        foreach ($folder in $Progress['Folders']) { if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) } }
        $Progress['Session'] = $null
        $Progress['Folders'] = @()
    }
}
