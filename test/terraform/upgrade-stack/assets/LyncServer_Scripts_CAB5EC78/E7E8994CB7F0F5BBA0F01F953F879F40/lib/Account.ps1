# Whether the account may run the cmdlets: in a Management Shell on the runner a group decides, in a remote session its role.

function Get-AccountProblem {
    # A session gets no cmdlet that its role lacks, so the group counts only for those that run here, as this account.
    param([string[]] $Cmdlets)
    $here = @($Cmdlets | Where-Object { (Get-Command -Name $_).CommandType -eq 'Cmdlet' })
    if ($here.Count -eq 0) { return }
    $groups = @(Get-AccountGroup)
    if ($groups.Count -eq 0 -or @($groups | Where-Object { $_ -like '*\RtcUniversalServerAdmins' }).Count -gt 0) { return }
    return 'The account ' + [Environment]::UserDomainName + '\' + [Environment]::UserName + ' is not in the group RtcUniversalServerAdmins, ' +
    'so a Management Shell on this machine lets it change nothing. Put it there, and start its session or service anew: groups count from the logon on.'
}

function Get-AccountGroup {
    # By name, nested ones included; nothing on a system that has no such groups.
    try { $account = [Security.Principal.WindowsIdentity]::GetCurrent() }
    catch {
        if (Test-ExceptionType -Exception $_.Exception -Name 'PlatformNotSupportedException') { return }
        throw
    }
    return $account.Groups.Translate([Security.Principal.NTAccount]) | ForEach-Object { $_.Value }
}
