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
            '(Windows Management Instrumentation: TCP port 135 and the dynamic ports of RPC)? ' + (Get-FarewellAdvice)
        }
        'Denied' {
            return 'The account ' + [Environment]::UserDomainName + '\' + [Environment]::UserName + ' may not use WMI of ' + $edge + '. It needs to be in the group ' +
            'Administrators there and in RtcUniversalServerAdmins; on an Edge in a workgroup, a local account of the same name and password.'
        }
        'NoAccessEdge' {
            return 'There is no Access Edge of Office Communications Server 2007 R2 on ' + $edge + ', or not any more. Give the name of the Edge in computerName; ' +
            'where the Edge is Lync Server, declare a HostingProvider and an AllowedDomain instead. ' + (Get-FarewellAdvice)
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
        '-2147023174' { return 'Unreachable' } # 0x800706BA: the RPC server is unavailable
        '-2147023170' { return 'Unreachable' } # 0x800706BE: the remote procedure call failed
        '-2147023169' { return 'Unreachable' } # 0x800706BF: the same, before it ran
        'AccessDenied' { return 'Denied' }
        'InvalidClass' { return 'NoAccessEdge' }
        'InvalidNamespace' { return 'NoAccessEdge' }
        'InvalidParameter' { return 'Refused' }
        'AlreadyExists' { return 'Taken' }
    }
    # Get-WmiObject reports a missing class by a new exception, which has lost the code, in a category of its own.
    if ($Failure.CategoryInfo.Category -eq 'InvalidType' -and (Test-ExceptionType -Exception $exception -Name 'ManagementException')) { return 'NoAccessEdge' }
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

function Get-FarewellAdvice {
    return 'Where that Edge is gone for good, deploy once with RemovalPolicy.RETAIN, and then take the construct out of the code.'
}
