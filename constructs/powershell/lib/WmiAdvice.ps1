# What to do about an error of WMI, decided by its type and code: the messages come in the language of the computer.

function Get-WmiAdvice {
    param([Management.Automation.ErrorRecord] $Failure, [string] $Name, [string] $Computer)
    $edge = Format-Computer -Computer $Computer
    switch (Get-WmiFault -Failure $Failure) {
        'NoCmdlet' {
            return 'This PowerShell has no ' + $Name + ': only Windows PowerShell has it, PowerShell 6 and later do not. Let the runner use "powershell.exe", ' +
            'which is the default of powerShell in the settings of the runner.'
        }
        'Unreachable' {
            return 'WMI of ' + $edge + ' does not answer. Is the name right, does the computer run, and does its firewall let the runner in ' +
            '(Windows Management Instrumentation: TCP port 135 and the dynamic ports of RPC)? ' + (Get-RetiredEdgeAdvice)
        }
        'Denied' {
            return 'The account ' + [Environment]::UserDomainName + '\' + [Environment]::UserName + ' may not use WMI of ' + $edge + '. It needs to be in the group ' +
            'Administrators there and in RtcUniversalServerAdmins; on an Edge in a workgroup, a local account of the same name and password.'
        }
        'NoAccessEdge' {
            return 'There is no Access Edge of Office Communications Server 2007 R2 on ' + $edge + ', or not any more. Give the name of the Edge in computerName; ' +
            'where the Edge is Lync Server, declare a HostingProvider and an AllowedDomain instead. ' + (Get-RetiredEdgeAdvice)
        }
        'Refused' {
            return 'The Edge does not take the values above. Allowed: fully qualified domain names (no IP address, at most 256 characters) and one of the ' +
            'levels AlwaysVerifiable, AlwaysUnverifiable, UseSourceVerification.'
        }
        'Taken' { return 'Somebody else added it at this moment. Deploy again: the next deploy reads what is there now.' }
    }
}

function Get-WmiFault {
    param([Management.Automation.ErrorRecord] $Failure)
    $exception = $Failure.Exception
    if ($exception -is [Management.Automation.CommandNotFoundException]) { return 'NoCmdlet' }
    if (Test-ExceptionType -Exception $exception -Name 'UnauthorizedAccessException') { return 'Denied' }
    switch (Get-WmiCode -Exception $exception) {
        { Test-UnreachableCode -Code $_ } { return 'Unreachable' }
        'AccessDenied' { return 'Denied' }
        'InvalidClass' { return 'NoAccessEdge' }
        'InvalidNamespace' { return 'NoAccessEdge' }
        'InvalidParameter' { return 'Refused' }
        'AlreadyExists' { return 'Taken' }
    }
    # Get-WmiObject reports a missing class by a new exception, which has lost the code, in a category of its own.
    if ($Failure.CategoryInfo.Category -eq 'InvalidType' -and (Test-ExceptionType -Exception $exception -Name 'ManagementException')) { return 'NoAccessEdge' }
}

function Test-UnreachableCode {
    # 0x800706BA: the RPC server is unavailable; BE: the remote procedure call failed; BF: the same, before it ran.
    param([string] $Code)
    return '-2147023174', '-2147023170', '-2147023169' -contains $Code
}

function Test-UnknownComputer {
    # A mistyped name may stand in the list of a stack that checks nothing first. DNS has to say that there is no such name:
    # where DNS itself does not answer, nobody knows.
    param([hashtable] $Kind, [string] $Identity, $Exception)
    if (-not $Kind.ContainsKey('Class') -or -not (Test-UnreachableCode -Code (Get-WmiCode -Exception $Exception))) { return $false }
    $computer = (Split-EdgeIdentity -Identity $Identity).Computer
    if (-not $computer) { return $false }
    try {
        $null = [Net.Dns]::GetHostEntry($computer)
        return $false
    }
    catch {
        $cause = $_.Exception
        while ($null -ne $cause -and $cause -isnot [Net.Sockets.SocketException]) { $cause = $cause.InnerException }
        return $null -ne $cause -and [string] $cause.SocketErrorCode -eq 'HostNotFound'
    }
}

function Get-WmiCode {
    # The name of a ManagementException's code, or a COMException's number.
    param($Exception)
    $cause = $Exception
    while ($null -ne $cause) {
        if ('ManagementException', 'COMException' -contains $cause.GetType().Name) { return [string] (Get-Property -Object $cause -Name 'ErrorCode') }
        $cause = $cause.InnerException
    }
}

function Get-RetiredEdgeAdvice {
    return 'Where that Edge is gone for good, deploy once with RemovalPolicy.RETAIN, and then take the construct out of the code.'
}
