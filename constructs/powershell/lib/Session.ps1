# A remote session to a pool, in place of the Lync Server tools on the runner. A process opens one, imports the cmdlets that it
# needs, and closes it in every end: a pool allows an account only a few.

$script:Far = @{ Session = $null; Uri = ''; Cmdlets = @(); Turn = $null }

function Test-RemoteSession {
    # Whether this process reaches Lync Server by a session.
    return -not [string]::IsNullOrEmpty($env:LYNC_SESSION_URI)
}

function Import-SessionCmdlet {
    # The first call opens the session; a later one brings only what is not there yet.
    param([string[]] $Cmdlets)
    $new = @($Cmdlets | Where-Object { $script:Far.Cmdlets -notcontains $_ })
    if ($new.Count -eq 0) { return }
    if ($null -eq $script:Far.Session) { Open-LyncSession }
    Import-Proxy -Cmdlets $new
    $script:Far.Cmdlets += $new
}

function Open-LyncSession {
    # The first pool that answers. One that refuses the account ends the search: trying a wrong password at each would lock it.
    $credential = Get-SessionCredential
    if ($null -eq $script:Far.Turn) { $script:Far.Turn = Wait-SessionTurn }
    $failures = @()
    foreach ($uri in ($env:LYNC_SESSION_URI -split ' ' | Where-Object { $_ })) {
        Set-ProgressStep ('open a session with ' + $uri)
        try { $session = New-LyncSession -Uri $uri -Credential $credential }
        catch {
            $fault = Get-SessionFault -Exception $_.Exception
            $failures += (Format-SessionError -Uri $uri -Exception $_.Exception) + [Environment]::NewLine + (Get-SessionAdvice -Fault $fault -Uri $uri)
            if ('SignIn', 'Kerberos', 'NoClient' -contains $fault) { break }
            continue
        }
        $script:Far.Session = $session
        $script:Far.Uri = $uri
        $script:Progress['Session'] = $session
        $script:Progress['Folders'] = @()
        foreach ($failure in $failures) { Write-Line ('WARNING: ' + $failure) }
        Write-Line ('The session with ' + $uri + ' is open.')
        return
    }
    throw ($failures -join [Environment]::NewLine)
}

function New-LyncSession {
    # The checks of the certificate and of its revocation stay as they are, and no redirection is followed. A pool that does not
    # answer costs half a minute, and not the three that New-PSSession would wait.
    param([string] $Uri, $Credential)
    $parameters = @{ ConnectionUri = $Uri; SessionOption = New-PSSessionOption -OpenTimeout 30000 }
    if ($env:LYNC_SESSION_AUTHENTICATION) { $parameters.Authentication = $env:LYNC_SESSION_AUTHENTICATION }
    if ($null -ne $Credential) { $parameters.Credential = $Credential }
    return New-PSSession @parameters -ErrorAction Stop
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
    # PowerShell leaves the files of the proxies behind.
    $script:Progress['Folders'] += $module.ModuleBase
}

function Close-LyncSession {
    # Where there is none, nothing.
    if ($null -eq $script:Far.Session) { return }
    Set-ProgressStep ('close the session with ' + $script:Far.Uri)
    Stop-FarSession -Session $script:Far.Session -Folders $script:Progress['Folders']
    $script:Far.Session = $null
    $script:Far.Cmdlets = @()
    $script:Progress['Session'] = $null
}

function Stop-FarSession {
    # Nothing but .NET, since it also runs in the thread that ends the process, where no cmdlet is, and while a call hangs. What
    # the pool has not confirmed within ten seconds it ends by itself, after its idle time.
    param($Session, [string[]] $Folders)
    try {
        $Session.Runspace.CloseAsync()
        for ($turn = 0; $turn -lt 500 -and 'Closed', 'Broken' -notcontains [string] $Session.Runspace.RunspaceStateInfo.State; $turn++) { [Threading.Thread]::Sleep(20) }
    }
    catch { return } # it has ended before
    finally {
        foreach ($folder in $Folders) { if ($folder -and [IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) } }
    }
}
