# Calls of Lync cmdlets: never a prompt, every error ends the operation, every message says what to do.

function Import-LyncModule {
    # WMI comes with Windows PowerShell: where a stack needs nothing else, the runner may have no Lync module.
    param([hashtable[]] $Kinds)
    if (@(Select-ByCmdlet -Kinds $Kinds).Count -eq 0) { return }
    Set-Step ('import the module ' + $env:LYNC_MODULE)
    try { Import-Module -Name $env:LYNC_MODULE -DisableNameChecking -ErrorAction Stop }
    catch {
        if (-not (Test-ExceptionType -Exception $_.Exception -Name 'FileNotFoundException')) { throw }
        throw ('This machine has no PowerShell module ' + (Format-Value $env:LYNC_MODULE) + '. Install the administrative tools of the server (for Lync Server 2013, ' +
            'Ocscore.msi and the Lync Server Management Shell) on the runner. Where the server is another product, set product in the settings of the runner.')
    }
}

function Get-LyncList {
    # Lists and looks for itself: -Identity of something missing is an error whose text is localised, an empty list is none.
    param([string] $Cmdlet)
    Invoke-Cmdlet -Name $Cmdlet -Parameters @{}
}

function Invoke-Mutation {
    # Prints what runs, with its values, and runs it without a prompt.
    param([string] $Name, [hashtable] $Parameters)
    Write-Line (Format-Call -Name $Name -Parameters $Parameters)
    $quiet = @{ Confirm = $false; Force = $true }
    $null = Invoke-Cmdlet -Name $Name -Parameters ($Parameters + $quiet)
}

function Format-Call {
    # The call as it would be typed, the name of the object first.
    param([string] $Name, [hashtable] $Parameters)
    $words = @('  >', $Name)
    foreach ($key in ($Parameters.Keys | Sort-Object -Property { if ($_ -eq 'Identity') { '' } else { $_ } })) {
        $value = $Parameters[$key]
        if ($value -is [switch]) { $words += '-' + $key }
        elseif ($null -eq $value) { $words += '-' + $key + ' $null' }
        else { $words += '-' + $key + ' ' + (Format-Value $value) }
    }
    return $words -join ' '
}

function Invoke-Cmdlet {
    param([string] $Name, [hashtable] $Parameters)
    Set-Step $Name
    try { & $Name @Parameters -ErrorAction Stop }
    catch { throw (New-CmdletException -Name $Name -Exception $_.Exception -Advice (Get-Advice -Exception $_.Exception -Cmdlet $Name)) }
}

function New-CmdletException {
    param([string] $Name, $Exception, [string] $Advice)
    $text = $Name + ' failed: ' + $Exception.Message.Trim()
    if ($Advice) { $text = $text + [Environment]::NewLine + $Advice }
    return New-Object -TypeName System.InvalidOperationException -ArgumentList $text, $Exception
}

function Get-Advice {
    # What to do about it, decided by type, since the messages come in the language of the server.
    param($Exception, [string] $Cmdlet)
    if ($Exception -is [Management.Automation.CommandNotFoundException]) {
        return Get-MissingAdvice -Cmdlet $Cmdlet
    }
    if ($Exception -is [Management.Automation.ParameterBindingException]) {
        return 'The ' + $Cmdlet + ' of this version does not take the parameters above (' + $Exception.ParameterName + '). Leave out the property that it lacks, ' +
        'and set product in the settings of the runner to what the server is: then synthesis refuses what it lacks.'
    }
    if ((Test-ExceptionType -Exception $Exception -Name 'UnauthorizedAccessException') -or (Test-ExceptionType -Exception $Exception -Name 'SecurityException')) {
        return 'The account ' + [Environment]::UserDomainName + '\' + [Environment]::UserName + ' may not run it: ' + (Get-RoleAdvice -Cmdlet $Cmdlet)
    }
}

function Get-MissingAdvice {
    param([string] $Cmdlet)
    return 'The module ' + $env:LYNC_MODULE + ' gives this account no ' + $Cmdlet + '. Either the module is of a version without it, or the ' +
    'session is a remote one whose role does not have it: ' + (Get-RoleAdvice -Cmdlet $Cmdlet)
}

function Get-RoleAdvice {
    param([string] $Cmdlet)
    return 'in a Lync Server Management Shell on the runner, the account needs the group RtcUniversalServerAdmins; in a remote session, ' +
    'a role that has the cmdlet, such as CsAdministrator (Get-CsAdminRole lists the roles and their cmdlets; look there for ' + $Cmdlet + ').'
}
