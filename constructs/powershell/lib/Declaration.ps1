# Reads what the stack declares from the environment: data only, never part of a command.

function Get-DeclaredSetting {
    Set-HiddenName -Names $env:LYNC_HIDDEN
    return ConvertFrom-MarkedSetting -Object (ConvertFrom-Json -InputObject $env:LYNC_SETTINGS)
}

function Get-CreationSetting {
    # Defaults that nobody has written: they are for a new object, and an object that is there keeps what it has.
    if ([string]::IsNullOrEmpty($env:LYNC_CREATION)) { return @{} }
    return ConvertFrom-MarkedSetting -Object (ConvertFrom-Json -InputObject $env:LYNC_CREATION)
}

function Get-DeclaredObject {
    # Every object of the stack, with its kind and its marked settings.
    return (ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_OBJECTS')).Objects
}

function ConvertFrom-MarkedSetting {
    # Every value carries a mark, which keeps ConvertFrom-Json of PowerShell 7 from turning text into a date. Terraform
    # leaves out what is null: it is not declared.
    param($Object)
    $settings = @{}
    foreach ($property in $Object.PSObject.Properties) {
        $settings[$property.Name] = ([string] $property.Value).Substring(1)
    }
    if ($script:HiddenNames.Length -gt 0) { Add-HiddenSetting -Settings $settings }
    return $settings
}

function Get-LongText {
    # A text may be longer than one environment variable of Windows; it comes compressed, in as many as it needs.
    param([string] $Name)
    $parts = New-Object -TypeName System.Text.StringBuilder
    $index = 0
    while ($true) {
        $part = [Environment]::GetEnvironmentVariable($Name + '_' + $index)
        if ([string]::IsNullOrEmpty($part)) { break }
        $null = $parts.Append($part)
        $index = $index + 1
    }
    if ($parts.Length -eq 0) { return '{}' }
    return Expand-Text -Bytes ([Convert]::FromBase64String($parts.ToString()))
}

function Expand-Text {
    param([byte[]] $Bytes)
    $packed = New-Object -TypeName System.IO.MemoryStream -ArgumentList (, $Bytes)
    $unpacked = New-Object -TypeName System.IO.Compression.GZipStream -ArgumentList $packed, ([IO.Compression.CompressionMode]::Decompress)
    $reader = New-Object -TypeName System.IO.StreamReader -ArgumentList $unpacked, ([Text.Encoding]::UTF8)
    try { return $reader.ReadToEnd() } finally { $reader.Dispose() }
}
