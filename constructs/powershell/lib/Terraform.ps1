# What Terraform, which has started this process, was asked for.

function Get-TerraformCommand {
    # The words of its command line, those that it takes from the environment included.
    $words = @(Get-ParentCommand)
    foreach ($name in 'TF_CLI_ARGS', 'TF_CLI_ARGS_apply', 'TF_CLI_ARGS_destroy') {
        $words += [Environment]::GetEnvironmentVariable($name)
    }
    return ($words | Where-Object { $_ }) -join ' '
}

function Get-ParentCommand {
    # Nothing where the system does not tell.
    try {
        if ($env:OS -ne 'Windows_NT') { return Get-UnixParentCommand }
        return (Get-WindowsProcess -Id (Get-WindowsProcess -Id $PID).ParentProcessId).CommandLine
    }
    catch { return '' }
}

function Get-WindowsProcess {
    param([uint32] $Id)
    return Get-CimInstance -ClassName 'Win32_Process' -Filter ('ProcessId = ' + $Id) -OperationTimeoutSec 20
}

function Get-UnixParentCommand {
    $status = [IO.File]::ReadAllText('/proc/' + $PID + '/status')
    $parent = [regex]::Match($status, '(?m)^PPid:\s*(\d+)').Groups[1].Value
    return [IO.File]::ReadAllText('/proc/' + $parent + '/cmdline').Replace([char] 0, ' ')
}

function Assert-WholeDestroy {
    # A removal is made from the list of the whole stack: of a part that is destroyed, Terraform would forget the records alone.
    $command = Get-TerraformCommand
    if ($command -notmatch '(^|\s)(-{1,2})?destroy(=true)?(\s|$)' -or $command -notmatch '(^|\s)-{1,2}target[=\s]') { return }
    throw ('terraform destroy with -target would only forget the records of objects and remove nothing from Lync Server. Allowed: a destroy of the whole stack. ' +
        'To remove one object, take it out of the code and deploy.')
}
