# What to do where a session does not come about, told by the numbers of WinRM, which no language changes.

function Get-SessionFault {
    # In which of the ways known it failed; nothing where it is none of them.
    param($Exception)
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        if ((Test-CauseType -Cause $cause -Name 'DllNotFoundException') -or (Test-CauseType -Cause $cause -Name 'PlatformNotSupportedException')) { return 'NoClient' }
    }
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        if ($cause -is [string]) { continue }
        $code = Get-Property -Object $cause -Name 'ErrorCode'
        if ($code -is [int] -and $code -ne 0) { return Get-KnownSessionFault -Code (ConvertTo-WinRMCode -Number $code) }
    }
}

function ConvertTo-WinRMCode {
    # An error of Windows may stand by itself or in an HRESULT: 5, and 0x80070005.
    param([int] $Number)
    return ('{0:X8}' -f $Number) -replace '^8007', '0000'
}

function Get-KnownSessionFault {
    # wsmerror.h, winhttp.h, winerror.h.
    param([string] $Code)
    switch ($Code) {
        { '80338012', '80338126', '803381B9', '80338029', '00002EE2', '00002EE7', '00002EFD', '00002EFE' -contains $_ } { return 'Unreachable' }
        { '00002F8F', '00002F05', '00002F06', '00002F0D', '00002F19', '00002F89', '00002F8A', '803381BA' -contains $_ } { return 'Certificate' }
        { '80090303', '80090311', '80090322', '80090324', '8009030E', '803381F0' -contains $_ } { return 'Kerberos' }
        { '00000005', '0000052E', '00000533', '00000775', '8009030C', '8009030D' -contains $_ } { return 'SignIn' }
        { '8033803F', '803381A5', '803381A6', '803381A7', '803381A8', '803381AB', '803381E4', '803381E5', '803381E6', '803381E7', '803381E8' -contains $_ } { return 'Quota' }
        '803380E4' { return 'NotTrusted' }
    }
}

function Test-FinalFault {
    # Whether another pool, or another try, has no other answer.
    param([string] $Fault)
    return 'SignIn', 'Kerberos', 'NoClient' -contains $Fault
}

function Format-SessionError {
    param([string] $Uri, $Exception)
    return 'No session with ' + $Uri + ': ' + (Format-OneLine $Exception.Message)
}

function Get-SessionAdvice {
    param([string] $Fault, [string] $Uri)
    $name = ([Uri] $Uri).Host
    switch ($Fault) {
        'NoClient' {
            return 'This PowerShell has no client for WS-Management, which only Windows has. Deploy from a Windows machine, with powershell.exe or PowerShell 7.'
        }
        'Unreachable' {
            return 'The pool does not answer. Is the name right, does DNS know ' + $name + ' (nslookup ' + $name + '), does this machine reach it at TCP port ' + ([Uri] $Uri).Port +
            ', and do the internal web services of the pool run? A second pool in connectionUri is used where the first does not answer.'
        }
        'Certificate' {
            return 'The certificate of the pool is not accepted, and its check stays on. Let this machine trust the authority that issued it, let it reach that authority''s ' +
            'revocation list, and give the pool by a name that its certificate holds.'
        }
        'Kerberos' {
            return 'Kerberos could not sign in. Run the deploy as an account of the domain, on a machine that reaches a domain controller, with the right clock (w32tm /query /status), and give ' +
            'the pool by its own name: an alias or an address has no ticket. Otherwise set LYNC_SESSION_USER and LYNC_SESSION_PASSWORD. CredSSP is not needed.'
        }
        'SignIn' {
            return 'The pool answers, and does not let the account ' + (Get-CallingAccount) + ' in. Check the password (LYNC_SESSION_USER and LYNC_SESSION_PASSWORD, where they are set), and that the account ' +
            'has a role of Lync Server: Get-CsAdminRole in a Management Shell lists the roles and their groups, such as CsAdministrator. Groups count from the next logon on. ' +
            'CredSSP is not needed. No other pool has been tried, so that no account is locked.'
        }
        'Quota' {
            return 'The pool answers, and has as many sessions as it allows (WinRM limits them for each account, MaxShellsPerUser, and the accounts, MaxConcurrentUsers). A deploy that was killed leaves up to ' +
            'three, which the pool ends after their idle time. Let other deploys and shells of the account ' + (Get-CallingAccount) + ' end, or give this runner an account of its own. Fewer operations at once do not help: a runner has no more than three sessions.'
        }
        'NotTrusted' {
            return 'This way to sign in wants the pool among the TrustedHosts. With https and Kerberos that is not needed: leave authentication of the session out, and run the deploy as an account of the domain.'
        }
    }
    return 'Check that this machine reaches ' + $name + ' by https and trusts its certificate, and that the account ' + (Get-CallingAccount) + ' can sign in with Kerberos and has a role of Lync Server, such as ' +
    'CsAdministrator. Neither CredSSP nor an entry among the TrustedHosts is needed for that.'
}

function Get-MissingSessionAdvice {
    param([string] $Cmdlet)
    return 'The session with ' + $script:Far.Uri + ' has no ' + $Cmdlet + '. Either no role of the account ' + (Get-CallingAccount) + ' has it, or the server is of a version without it. The account needs ' +
    (Get-SessionRoleAdvice -Cmdlet $Cmdlet)
}

function Get-SessionRoleAdvice {
    # Several names are divided by commas.
    param([string] $Cmdlet)
    return 'a role that has it, such as CsAdministrator. In a Management Shell of the server, Get-CsAdminRole | Where-Object { $_.Cmdlets -match "' + @($Cmdlet -split ', ')[0] + '" } ' +
    'lists the roles. Put the account into the group of one of them: a group counts from the next logon on.'
}

function Get-CallingAccount {
    # As whom Lync Server sees this process.
    if ((Test-RemoteSession) -and $env:LYNC_SESSION_USER) { return $env:LYNC_SESSION_USER }
    return [Environment]::UserDomainName + '\' + [Environment]::UserName
}
