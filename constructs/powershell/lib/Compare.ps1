# Declared text against what Lync Server has: typed by the table of the kind, and only what is declared.

function Get-AllowedText {
    # What is allowed, in words, where the declared text cannot be of the type; otherwise nothing.
    param([string] $Text, [string] $Type)
    $levels = 'AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification'
    switch ($Type) {
        'Boolean' { if (-not (Test-ListedText -Text $Text -Texts 'true', 'false')) { return 'true, false' } }
        'Switch' { if (-not (Test-ListedText -Text $Text -Texts 'true', 'false')) { return 'true, false' } }
        'UInt64' { if ($Text -notmatch '^[0-9]{1,19}$') { return 'whole numbers of at most 19 digits' } }
        'Level' { if (-not (Test-ListedText -Text $Text -Texts $levels)) { return $levels -join ', ' } }
    }
}

function ConvertTo-DeclaredValue {
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

function Test-ListedText {
    # Whether it is one of these, without case. -eq and -contains take some characters for nothing, and so would let them pass.
    param([string] $Text, [string[]] $Texts)
    foreach ($each in $Texts) {
        if (Test-SameValue -Expected $each -Actual $Text -Type 'Name') { return $true }
    }
    return $false
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
        Write-Line ('  ' + $each.Property + ': expected ' + (Format-Setting -Name $each.Property -Value (ConvertTo-PlainValue $each.Expected)) +
            ', actual ' + (Format-Setting -Name $each.Property -Value $each.Actual))
    }
}

function ConvertTo-PlainValue {
    # A switch reads as the Boolean that Lync Server shows for it.
    param($Value)
    if ($Value -is [switch]) { return [bool] $Value }
    return $Value
}
