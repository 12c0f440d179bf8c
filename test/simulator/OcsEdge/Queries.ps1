# What WMI is asked in text: WQL queries and filters, and paths of objects.

# Returns ClassName, Property and Filter of "SELECT ... FROM ... [WHERE ...]".
function Read-WqlQuery {
    param([hashtable] $Context, [string] $Query)
    $match = [regex]::Match($Query, '\A\s*select\s+(?<what>.+?)\s+from\s+(?<class>\w+)(\s+where\s+(?<filter>.+))?\s*\z', 'IgnoreCase, Singleline')
    if (-not $match.Success) { Stop-ByWmi $Context 'InvalidQuery' $Query }
    return @{
        ClassName = $match.Groups['class'].Value
        Property  = [string[]] @(foreach ($name in $match.Groups['what'].Value.Split(',')) { $name.Trim() })
        Filter    = $match.Groups['filter'].Value
    }
}

# A filter as a list of conditions that must all hold; WQL escapes quotes in strings by a backslash.
function Read-WqlFilter {
    param([hashtable] $Context, [hashtable] $Table, [string] $Filter)
    $conditions = New-Object Collections.ArrayList
    if ([string]::IsNullOrEmpty($Filter)) { return , $conditions }
    $condition = '(?<name>\w+)\s*(?<operator>=|<>|!=)\s*(''(?<text>(\\.|[^''\\])*)''|"(?<text>(\\.|[^"\\])*)"|(?<word>\w+))'
    $match = [regex]::Match($Filter, "\A\s*$condition(\s+and\s+$condition)*\s*\z", 'IgnoreCase, Singleline')
    if (-not $match.Success) { Stop-ByWmi $Context 'InvalidQuery' $Filter }
    foreach ($part in [regex]::Matches($Filter, $condition, 'IgnoreCase, Singleline')) {
        $name = $part.Groups['name'].Value
        if (-not $Table.Schema.Properties.Contains($name)) { Stop-ByWmi $Context 'InvalidQuery' $Filter }
        $value = $part.Groups['word'].Value
        if ($part.Groups['text'].Success) { $value = $part.Groups['text'].Value -replace '\\(.)', '$1' }
        [void] $conditions.Add(@{ Name = $name; Equal = $part.Groups['operator'].Value -eq '='; Value = $value })
    }
    return , $conditions
}

function Test-WqlFilter {
    param([hashtable] $Table, $Record, [Collections.ArrayList] $Conditions)
    foreach ($condition in $Conditions) {
        $value = Get-WmiValue $Table $Record $condition.Name
        $expected = $condition.Value
        if ($value -is [bool]) { $expected = @('true', '1') -contains $expected }
        if (($value -eq $expected) -ne $condition.Equal) { return $false }
    }
    return $true
}

# "\\server\root\cimv2:Class.Key="value"", whose beginning may be missing. Without a key it is the path of the class.
function Read-WmiPath {
    param([hashtable] $Context, [string] $Path)
    $match = [regex]::Match($Path, '\A(\\\\(?<server>[^\\]+)\\(?<namespace>[^:]+):)?(?<class>\w+)(\.(?<key>\w+)="(?<value>(\\.|[^"\\])*)")?\z', 'Singleline')
    if (-not $match.Success) { Stop-ByWmi $Context 'InvalidParameter' $Path }
    $read = @{
        ClassName = $match.Groups['class'].Value; Computer = $null; Namespace = 'root\cimv2'; Key = $null
    }
    if ($match.Groups['server'].Success) {
        $read.Computer = $match.Groups['server'].Value
        $read.Namespace = $match.Groups['namespace'].Value
    }
    if ($match.Groups['key'].Success) { $read.Key = $match.Groups['value'].Value -replace '\\(.)', '$1' }
    return $read
}
