# Runs steps of deploys in this process, as the entry scripts run them. To be dot-sourced, with the folder of the scripts in $Scripts.
Set-StrictMode -Version 2
. ([IO.Path]::Combine($Scripts, 'lib', 'Import-Library.ps1'))
$script:Progress = @{ Step = ''; Limited = $true; Turn = 0; Warning = ''; Note = '' }

function Invoke-RealStep {
    # What the entry script runs, without its end, which would be the end of this process.
    param($Step)
    $variables = @($Step.Environment.PSObject.Properties)
    foreach ($each in $variables) { [Environment]::SetEnvironmentVariable($each.Name, $each.Value) }
    $script:HiddenNames = @()
    try { & (Get-Body -Name $Step.Script) }
    finally { foreach ($each in $variables) { [Environment]::SetEnvironmentVariable($each.Name, $null) } }
}

$script:Bodies = @{}
function Get-Body {
    param([string] $Name)
    if (-not $script:Bodies.ContainsKey($Name)) {
        $tree = [Management.Automation.Language.Parser]::ParseFile([IO.Path]::Combine($Scripts, $Name + '.ps1'), [ref] $null, [ref] $null)
        $block = $tree.Find({ param($Part) $Part -is [Management.Automation.Language.ScriptBlockExpressionAst] }, $true)
        $script:Bodies[$Name] = $block.ScriptBlock.GetScriptBlock()
    }
    return $script:Bodies[$Name]
}
