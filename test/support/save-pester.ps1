# Saves Pester where there is no .NET SDK: from the repositories of modules that PowerShell knows, else from its sources of NuGet.
# PowerShell 7.4 is the first that reads the latter.
param([string] $Version, [string] $Folder)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Save-FromNuGet {
    param([string] $Source)
    # It knows no source but by the name that this account has given it.
    $name = 'pester-' + [Guid]::NewGuid()
    Register-PSResourceRepository -Name $name -Uri $Source
    try { Save-PSResource -Name Pester -Version $Version -Path $Folder -Repository $name -TrustRepository }
    finally { Unregister-PSResourceRepository -Name $name }
}

function Save-FromAnyNuGet {
    # Whether one of them has it.
    if (-not (Get-Command -Name Save-PSResource -ErrorAction SilentlyContinue)) { return $false }
    foreach ($source in @(Get-PackageSource -ProviderName NuGet)) {
        try {
            Save-FromNuGet -Source $source.Location
            return $true
        }
        catch { [Console]::Error.WriteLine($source.Location + ': ' + $_.Exception.Message) }
    }
    return $false
}

try { Save-Module -Name Pester -RequiredVersion $Version -Path $Folder -Force }
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    if (-not (Save-FromAnyNuGet)) { exit 1 }
}
