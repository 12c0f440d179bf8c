# Values and records in the state's tree. An element's attribute 'type' says which JSON type it has.

# How .NET spells numbers and dates whatever the server's language.
$script:Invariant = [Globalization.CultureInfo]::InvariantCulture

function Get-Value {
    param($Record, [string] $Name)
    $node = $Record[$Name]
    if ($null -eq $node) { return $null }
    switch ($node.GetAttribute('type')) {
        'string' { return $node.InnerText }
        'boolean' { return $node.InnerText -eq 'true' }
        'number' { return [decimal]::Parse($node.InnerText, 'Float', $script:Invariant) }
        'null' { return $null }
    }
    return $node
}

function Set-Value {
    param($Record, [string] $Name, $Value)
    $node = $Record[$Name]
    if ($null -eq $node) {
        $node = $Record.AppendChild($Record.OwnerDocument.CreateElement($Name))
    }
    Set-Node $node $Value
}

function Set-Node {
    param($Node, $Value)
    $type = 'string'
    $text = ''
    if ($null -eq $Value) {
        $type = 'null'
    } elseif ($Value -is [bool] -or $Value -is [switch]) {
        $type = 'boolean'
        if ($Value) { $text = 'true' } else { $text = 'false' }
    } elseif ($Value -is [int] -or $Value -is [uint32] -or $Value -is [long] -or $Value -is [uint64] -or $Value -is [decimal]) {
        $type = 'number'
        $text = $Value.ToString($script:Invariant)
    } elseif ($Value -is [Collections.IDictionary]) {
        $type = 'object'
    } else {
        $text = [string] $Value
    }
    # Even an empty text is one too many where the type is null or object.
    $Node.IsEmpty = $true
    $Node.SetAttribute('type', $type)
    if ($type -eq 'object') {
        foreach ($name in $Value.Keys) { Set-Value $Node $name $Value[$name] }
    } elseif ($type -ne 'null') {
        $Node.InnerText = $text
    }
}

function Add-Record {
    param($List, [Collections.IDictionary] $Values)
    $record = $List.AppendChild($List.OwnerDocument.CreateElement('item'))
    Set-Node $record $Values
    return $record
}

# Identities and FQDNs compare without case.
function Find-Record {
    param($List, [string] $Value, [string] $Property = 'Identity')
    foreach ($node in $List.SelectNodes('item/' + $Property)) {
        if ([string]::Equals($node.InnerText, $Value, [StringComparison]::OrdinalIgnoreCase)) { return $node.ParentNode }
    }
    return $null
}

function Test-Contains {
    param($List, [string] $Value)
    foreach ($node in $List.ChildNodes) {
        if ([string]::Equals($node.InnerText, $Value, [StringComparison]::OrdinalIgnoreCase)) { return $true }
    }
    return $false
}

function Get-UtcText {
    param([DateTime] $Time = [DateTime]::UtcNow)
    return $Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", $script:Invariant)
}

function ConvertFrom-UtcText {
    param([string] $Text)
    return [DateTime]::Parse($Text, $script:Invariant, 'AdjustToUniversal, AssumeUniversal')
}
