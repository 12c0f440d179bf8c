# Runs the scripts that staying-powershell.sh hands over, one after the other, each in a runspace of its own, until an empty line says
# that there are no more, or nobody can hand over one.
param([string] $Queue)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

function Get-Redirection {
    # dup2 of the C library: the scripts write to the streams of the process, not to a host.
    $assembly = [Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly((New-Object Reflection.AssemblyName 'StayingPowerShell'), 'Run')
    $type = $assembly.DefineDynamicModule('StayingPowerShell').DefineType('LibC', 'Public')
    $flags = [Reflection.MethodAttributes] 'Public, Static, PinvokeImpl'
    $method = $type.DefinePInvokeMethod('dup2', 'libc', $flags, 'Standard', [int], [type[]] @([int], [int]), 'Winapi', 'Ansi')
    $method.SetImplementationFlags('PreserveSig')
    return $type.CreateType().GetMethod('dup2')
}

function Set-Environment {
    # What the process inherited besides stays out, as it would of a process of its own.
    param([string[]] $Lines)
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) { [Environment]::SetEnvironmentVariable($name, $null) }
    foreach ($line in $Lines) {
        $at = $line.IndexOf('=')
        if ($at -gt 0) { [Environment]::SetEnvironmentVariable($line.Substring(0, $at), $line.Substring($at + 1)) }
    }
}

function Initialize-Stream {
    # The script before has left writers of its own there.
    foreach ($name in 'Out', 'Error') {
        if ($name -eq 'Out') { $stream = [Console]::OpenStandardOutput() } else { $stream = [Console]::OpenStandardError() }
        $writer = New-Object IO.StreamWriter $stream
        $writer.AutoFlush = $true
        if ($name -eq 'Out') { [Console]::SetOut($writer) } else { [Console]::SetError($writer) }
    }
}

function Invoke-Script {
    # Its exit code. The runspace begins as PowerShell itself does.
    param([string] $Script, [string[]] $Arguments)
    $runspace = [RunspaceFactory]::CreateRunspace([InitialSessionState]::CreateDefault2())
    $runspace.Open()
    $shell = [PowerShell]::Create()
    $shell.Runspace = $runspace
    try {
        $null = $shell.AddCommand($Script)
        foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
        $null = $shell.Invoke()
        return [int] $runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
    }
    catch {
        [Console]::Error.WriteLine($_.Exception.Message)
        return 1
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

$dup2 = Get-Redirection
$calls = [IO.File]::Open($Queue, 'Open', 'Read', 'ReadWrite')
$reader = New-Object IO.StreamReader $calls
while ($call = $reader.ReadLine()) {
    Set-Environment -Lines ([IO.File]::ReadAllText("$call/environment").Split([char] 0))
    $files = foreach ($stream in 1, 2) {
        $file = [IO.File]::Open("$call/$stream", 'Create', 'Write', 'ReadWrite')
        $null = $dup2.Invoke($null, @([int] $file.SafeFileHandle.DangerousGetHandle(), $stream))
        $file
    }
    $words = [IO.File]::ReadAllText("$call/words").Split([char] 0)
    $arguments = @($words[2..$words.Length] | Where-Object { $_ })
    [IO.Directory]::SetCurrentDirectory($words[0])
    Initialize-Stream
    $code = Invoke-Script -Script ([IO.Path]::Combine($words[0], $words[1])) -Arguments $arguments
    foreach ($file in $files) { $file.Dispose() }
    $answer = [IO.File]::Open("$call/code", 'Open', 'ReadWrite', 'ReadWrite')
    $answer.Write([Text.Encoding]::ASCII.GetBytes([string] $code + "`n"))
    $answer.Dispose()
}
