# Runs the scripts that recorder.ts wrote down, each with the environment that Terraform gave it; ends with the first failure.
param([string] $Path)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

foreach ($recording in (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Path))).Recordings) {
    foreach ($variable in $recording.Environment.PSObject.Properties) {
        [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value)
    }
    & $recording.Script
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
