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

function Get-ValueOr {
    param($Record, [string] $Name, $Default)
    $value = Get-Value $Record $Name
    if ($null -eq $value) { return $Default }
    return $value
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
    } elseif ($Value -is [array]) {
        $type = 'array'
    } else {
        $text = [string] $Value
    }
    # Even an empty text is one too many for a null, an object or an array.
    $Node.IsEmpty = $true
    $Node.SetAttribute('type', $type)
    switch ($type) {
        'null' { }
        'object' { foreach ($name in $Value.Keys) { Set-Value $Node $name $Value[$name] } }
        'array' {
            foreach ($item in $Value) { Set-Node $Node.AppendChild($Node.OwnerDocument.CreateElement('item')) $item }
        }
        default { $Node.InnerText = $text }
    }
}

function Add-Record {
    param($List, [Collections.IDictionary] $Values)
    $record = $List.AppendChild($List.OwnerDocument.CreateElement('item'))
    Set-Node $record $Values
    return $record
}

# Identities and FQDNs compare without case, character by character: -eq and -like go by the culture, which takes some
# characters for nothing and joins others.
function Test-SameName {
    param([string] $One, [string] $Other)
    return [string]::Equals($One, $Other, [StringComparison]::OrdinalIgnoreCase)
}

function Find-Record {
    param($List, [string] $Value, [string] $Property = 'Identity')
    foreach ($node in $List.SelectNodes('item/' + $Property)) {
        if (Test-SameName $node.InnerText $Value) { return $node.ParentNode }
    }
    return $null
}

function Test-Contains {
    param($List, [string] $Value)
    foreach ($node in $List.ChildNodes) {
        if (Test-SameName $node.InnerText $Value) { return $true }
    }
    return $false
}

# A name of a computer or domain, not an IP address.
function Test-Fqdn {
    param([string] $Value)
    $label = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'
    return $Value.Length -le 255 -and $Value -match "\A$label(\.$label)*\z" -and $Value -notmatch '\A[0-9.]+\z'
}

function Get-UtcText {
    param([DateTime] $Time = [DateTime]::UtcNow)
    return $Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", $script:Invariant)
}

function ConvertFrom-UtcText {
    param([string] $Text)
    return [DateTime]::Parse($Text, $script:Invariant, 'AdjustToUniversal, AssumeUniversal')
}
