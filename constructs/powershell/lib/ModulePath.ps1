# Where Windows PowerShell finds modules. Nothing here may be a cmdlet of a module: that module would be loaded too early.

function Initialize-ModulePath {
    $given = @{
        Version   = $PSVersionTable.PSVersion
        Current   = $env:PSModulePath
        User      = [Environment]::GetEnvironmentVariable('PSModulePath', 'User')
        Machine   = [Environment]::GetEnvironmentVariable('PSModulePath', 'Machine')
        Engine    = $PSHOME
        Documents = [Environment]::GetFolderPath('MyDocuments')
    }
    $env:PSModulePath = Get-ModulePath @given
}

function Get-ModulePath {
    # Windows PowerShell that PowerShell 7 has started, over however many steps, inherits the folders of modules made for 7, and
    # loses cmdlets such as Get-WmiObject to them. So it gets its own folders first, and then what else was given.
    param([Version] $Version, [string] $Current, [string] $User, [string] $Machine, [string] $Engine, [string] $Documents)
    if ($Version.Major -ge 6) { return $Current }
    if (-not $User -and $Documents) { $User = $Documents + '\WindowsPowerShell\Modules' }
    $folders = @()
    foreach ($folder in ($User, $Machine, ($Engine + '\Modules'), $Current) -join ';' -split ';') {
        $folder = $folder.Trim().TrimEnd('\')
        if ($folder -and $folders -notcontains $folder -and -not (Test-NewerModuleFolder -Folder $folder)) { $folders += $folder }
    }
    return $folders -join ';'
}

function Test-NewerModuleFolder {
    # Those of PowerShell 6 and newer: the user's, those of all users, and its own, from an installer or from the Store.
    param([string] $Folder)
    return $Folder -match '\\PowerShell(\\[^\\]+)?\\Modules$' -or $Folder -match '\\Microsoft\.PowerShell(Preview)?_[^\\]+\\Modules$'
}
