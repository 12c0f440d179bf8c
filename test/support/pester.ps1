# Runs every *.Tests.ps1 of a folder by Pester and writes, as JSON, what became of each test.
param([string] $Module, [string] $Folder, [string] $ResultFile)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

function Get-Message {
    # Why it failed, and where: without the steps within Pester.
    param([object[]] $ErrorRecords)
    foreach ($each in $ErrorRecords) {
        [string] $each.Exception.Message
        [string] $each.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch '[\\/]Pester\.psm?1: ' }
    }
}

function New-Outcome {
    param($Container, [object[]] $Path, [string] $Result, [object[]] $ErrorRecords)
    $message = @(Get-Message -ErrorRecords $ErrorRecords) -join [Environment]::NewLine
    return @{ file = [IO.Path]::GetFileName([string] $Container.Item); path = @($Path | Where-Object { $_ }); result = $Result; message = $message }
}

Import-Module -Name $Module -ErrorAction Stop
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Folder
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

$outcomes = @()
foreach ($test in $run.Tests) {
    $outcomes += New-Outcome -Container $test.Block.BlockContainer -Path ($test.Path[0..($test.Path.Count - 2)] + $test.ExpandedName) -Result $test.Result -ErrorRecords $test.ErrorRecord
}
# What fails outside a test, while a file is read or before and after its tests, is a failure of its own.
foreach ($block in $run.FailedBlocks) { $outcomes += New-Outcome -Container $block.BlockContainer -Path ($block.Path + '(around its tests)') -Result 'Failed' -ErrorRecords $block.ErrorRecord }
foreach ($container in $run.FailedContainers) { $outcomes += New-Outcome -Container $container -Path '(the file)' -Result 'Failed' -ErrorRecords $container.ErrorRecord }
[IO.File]::WriteAllText($ResultFile, (ConvertTo-Json -InputObject $outcomes -Depth 4))
