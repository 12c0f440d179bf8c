# Calls of Lync cmdlets: never a prompt, every error ends the operation, every message says what to do.

function Import-LyncModule {
    # WMI comes with Windows PowerShell: where a stack needs nothing else, the runner may have no Lync module. A session brings
    # the cmdlets in the place of the module.
    param([hashtable[]] $Kinds)
    $byCmdlet = @(Select-CmdletKind -Kinds $Kinds)
    if ($byCmdlet.Count -eq 0) { return }
    if (Test-RemoteSession) {
        if ($env:LYNC_REPLICATION_MARK) { $byCmdlet += Get-LyncKind -Name 'ReplicationStatus' }
        Import-SessionCmdlet -Cmdlets (Get-NeededCmdlet -Kinds $byCmdlet)
        return
    }
    Set-ProgressStep ('import the module ' + $env:LYNC_MODULE)
    try { Import-Module -Name $env:LYNC_MODULE -DisableNameChecking -ErrorAction Stop }
    catch {
        $text = Get-ModuleAdvice -Failure $_ -Is32On64 ([Environment]::Is64BitOperatingSystem -and -not [Environment]::Is64BitProcess)
        throw (New-Object -TypeName System.InvalidOperationException -ArgumentList $text, $_.Exception)
    }
}

function Get-ModuleAdvice {
    # A module that is there may miss something else: then its own message tells what, and nothing is to be installed anew.
    param([Management.Automation.ErrorRecord] $Failure, [bool] $Is32On64)
    $lines = @('The PowerShell module ' + (Format-Value $env:LYNC_MODULE) + ' cannot be imported: ' + $Failure.Exception.Message)
    if ($Failure.FullyQualifiedErrorId -like 'Modules_ModuleNotFound*' -and [string] $Failure.TargetObject -eq $env:LYNC_MODULE) {
        $lines = @('This machine has no PowerShell module ' + (Format-Value $env:LYNC_MODULE) + '. Install the administrative tools of the server (for Lync Server 2013, ' +
            'Ocscore.msi and the Lync Server Management Shell) on the runner. Where the server is another product, set product in the settings of the runner.')
    }
    if ($Failure.CategoryInfo.Category -eq 'SecurityError') {
        $lines += 'Where Get-ExecutionPolicy -List shows a MachinePolicy or a UserPolicy, that group policy outranks -ExecutionPolicy Bypass: have it allow the scripts.'
    }
    if ($Is32On64) {
        $lines += 'This is a 32-bit PowerShell on a 64-bit Windows: a 32-bit Terraform starts the 32-bit PowerShell, which does not find the 64-bit module. Use the 64-bit terraform.exe.'
    }
    return $lines -join [Environment]::NewLine
}

function Get-LyncList {
    # Lists and looks for itself: -Identity of something missing is an error whose text is localised, an empty list is none.
    param([string] $Cmdlet)
    Invoke-WithSession -Body { Invoke-Cmdlet -Name $Cmdlet -Parameters @{} }
}

function Invoke-Mutation {
    # Prints what runs, with its values, and runs it without a prompt.
    param([string] $Name, [hashtable] $Parameters)
    Save-ReplicationMark
    $call = Format-Call -Name $Name -Parameters $Parameters
    Write-Line $call
    $quiet = @{ Confirm = $false; Force = $true }
    $script:Far.Call = $call
    $null = Invoke-Cmdlet -Name $Name -Parameters ($Parameters + $quiet)
    $script:Far.Call = ''
}

function Format-Call {
    # The call as it would be typed, the name of the object first.
    param([string] $Name, [hashtable] $Parameters)
    $words = @('  >', $Name)
    foreach ($key in ($Parameters.Keys | Sort-Object -Property { if ($_ -eq 'Identity') { '' } else { $_ } })) {
        $value = $Parameters[$key]
        if ($value -is [switch]) { $words += '-' + $key }
        elseif ($null -eq $value) { $words += '-' + $key + ' $null' }
        else { $words += '-' + $key + ' ' + (Format-Setting -Name $key -Value $value) }
    }
    return $words -join ' '
}

function Invoke-Cmdlet {
    param([string] $Name, [hashtable] $Parameters)
    Set-ProgressStep $Name
    try {
        Confirm-SessionCmdlet -Name $Name
        & $Name @Parameters -ErrorAction Stop
    }
    catch { throw (ConvertTo-CmdletException -Name $Name -Failure $_) }
}

function ConvertTo-CmdletException {
    # The error with what to do about it, and with its id.
    param([string] $Name, [Management.Automation.ErrorRecord] $Failure)
    $exception = New-CmdletException -Name $Name -Exception $Failure.Exception -Advice (Get-CmdletAdvice -Exception $Failure.Exception -Cmdlet $Name)
    $exception.Data['ErrorId'] = $Failure.FullyQualifiedErrorId
    return $exception
}

function New-CmdletException {
    param([string] $Name, $Exception, [string] $Advice)
    $text = $Name + ' failed: ' + $Exception.Message.Trim()
    if ($Advice) { $text = $text + [Environment]::NewLine + $Advice }
    return New-Object -TypeName System.InvalidOperationException -ArgumentList $text, $Exception
}

function Get-CmdletAdvice {
    # What to do about it, decided by type, since the messages come in the language of the server.
    param($Exception, [string] $Cmdlet)
    $own = Get-OwnError -Exception $Exception
    if (Test-CauseType -Cause $own -Name 'System.Management.Automation.CommandNotFoundException') {
        return Get-MissingAdvice -Cmdlet $Cmdlet
    }
    if (Test-CauseType -Cause $own -Name 'System.Management.Automation.ParameterBindingException') {
        return Get-BindingAdvice -Cmdlet $Cmdlet -ErrorId ([string] (Get-Property -Object $own -Name 'ErrorId')) -Parameter ([string] (Get-Property -Object $own -Name 'ParameterName'))
    }
    if (Test-AccessRefused -Exception $Exception) {
        return 'The account ' + (Get-CallingAccount) + ' may not run it: ' + (Get-RoleAdvice -Cmdlet $Cmdlet)
    }
}

function Get-BindingAdvice {
    param([string] $Cmdlet, [string] $ErrorId, [string] $Parameter)
    if ($ErrorId -match '^(CannotConvert|ParameterArgument|MissingMandatory)') {
        return $Cmdlet + ' needs a value that its parameter ' + $Parameter + ' takes. Give the property such a value.'
    }
    return 'The ' + $Cmdlet + ' of this version does not take the parameters above (' + $Parameter + '). Leave out the property that it lacks, ' +
    'and set product in the settings of the runner to what the server is: then synthesis refuses what it lacks.'
}

function Get-MissingAdvice {
    param([string] $Cmdlet)
    if (Test-RemoteSession) { return Get-MissingSessionAdvice -Cmdlet $Cmdlet }
    return 'The module ' + $env:LYNC_MODULE + ' gives this account no ' + $Cmdlet + '. Either the module is of a version without it, or the ' +
    'session is a remote one whose role does not have it: ' + (Get-RoleAdvice -Cmdlet $Cmdlet)
}

function Get-RoleAdvice {
    param([string] $Cmdlet)
    if (Test-RemoteSession) { return 'it needs ' + (Get-SessionRoleAdvice -Cmdlet $Cmdlet) }
    return 'in a Lync Server Management Shell on the runner, the account needs the group RtcUniversalServerAdmins; in a remote session, ' +
    'a role that has the cmdlet, such as CsAdministrator (Get-CsAdminRole lists the roles and their cmdlets; look there for ' + $Cmdlet + ').'
}
