# Declared text against what Lync Server has: typed by the table of the kind, and only what is declared.

function ConvertTo-Declared {
    # The declared text as the type that the cmdlet's parameter has.
    param([string] $Text, [string] $Type)
    switch ($Type) {
        'Boolean' { return [bool]::Parse($Text) }
        'Switch' { return [switch] [bool]::Parse($Text) }
        'UInt64' { return [uint64]::Parse($Text, [Globalization.CultureInfo]::InvariantCulture) }
        default { return $Text }
    }
}

function Test-SameValue {
    # Lync Server holds no text as null or as an empty one; names, host names and levels compare without case.
    param($Expected, $Actual, [string] $Type)
    if ($Type -eq 'Text') { return [string]::Equals([string] $Expected, [string] $Actual, [StringComparison]::Ordinal) }
    if ($Type -eq 'Switch') { $Expected = [bool] $Expected }
    return [string]::Equals([string] $Expected, [string] $Actual, [StringComparison]::OrdinalIgnoreCase)
}

function Compare-Setting {
    # The differences, as records of property, expected and actual.
    param([hashtable] $Kind, [hashtable] $Expected, $Actual)
    foreach ($name in $Kind.Properties.Keys) {
        if (-not $Expected.ContainsKey($name)) { continue }
        $have = $null
        if ($null -ne $Actual) { $have = $Actual[$name] }
        if ($null -ne $Actual -and (Test-SameValue -Expected $Expected[$name] -Actual $have -Type $Kind.Properties[$name])) { continue }
        @{ Property = $name; Expected = $Expected[$name]; Actual = $have }
    }
}

function Write-Difference {
    param([object[]] $Differences)
    foreach ($each in $Differences) {
        Write-Line ('  ' + $each.Property + ': expected ' + (Format-Value (ConvertTo-Plain $each.Expected)) + ', actual ' + (Format-Value $each.Actual))
    }
}

function ConvertTo-Plain {
    # A switch reads as the Boolean that Lync Server shows for it.
    param($Value)
    if ($Value -is [switch]) { return [bool] $Value }
    return $Value
}
