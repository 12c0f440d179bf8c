# The objects on the server: read, created, changed and removed, by the cmdlets of their kind or as rows of its WMI class.

function Get-ActualSetting {
    # What the server has of the object, by property, or nothing where there is no such object.
    param([hashtable] $Kind, [string] $Identity)
    if ($Kind.ContainsKey('Class')) { $object = Get-WmiRow -Kind $Kind -Identity $Identity }
    elseif ($Kind.ContainsKey('Nameless')) { $object = @(Get-LyncList -Cmdlet $Kind.Get)[0] }
    else { $object = Find-ObjectByIdentity -Objects @(Get-LyncList -Cmdlet $Kind.Get) -Identity $Identity }
    if ($null -ne $object) { return ConvertTo-ActualSetting -Kind $Kind -Object $object }
}

function New-ServerObject {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Settings)
    if ($Kind.ContainsKey('Class')) { New-WmiRow -Kind $Kind -Identity $Identity -Settings $Settings }
    else { Invoke-Mutation -Name $Kind.New -Parameters ((Get-NameParameter -Kind $Kind -Identity $Identity) + $Settings) }
}

function Set-ServerObject {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Changes)
    if ($Kind.ContainsKey('Class')) { Set-WmiRow -Kind $Kind -Identity $Identity -Changes $Changes }
    else { Invoke-Mutation -Name $Kind.Set -Parameters ((Get-NameParameter -Kind $Kind -Identity $Identity) + $Changes) }
}

function Remove-ServerObject {
    param([hashtable] $Kind, [string] $Identity)
    if ($Kind.ContainsKey('Class')) { Remove-WmiRow -Kind $Kind -Identity $Identity }
    else { Invoke-Mutation -Name $Kind.Remove -Parameters (Get-NameParameter -Kind $Kind -Identity $Identity) }
}

function Get-NameParameter {
    param([hashtable] $Kind, [string] $Identity)
    if ($Kind.ContainsKey('Nameless')) { return @{} }
    return @{ Identity = $Identity }
}

function Get-KnownKind {
    # The kinds of these objects by name, each with room for its list, which is read once.
    param([object[]] $Declared)
    $known = @{}
    foreach ($name in ($Declared | ForEach-Object { $_.Kind } | Sort-Object -Unique)) { $known[$name] = @{ Kind = (Get-LyncKind -Name $name); Objects = $null } }
    return $known
}

function Get-KnownSetting {
    # The same for one of many objects. The list of a kind is read where it is not known; single ones are read each time.
    param([hashtable] $Known, [string] $Identity)
    $kind = $Known.Kind
    if ($kind.ContainsKey('Nameless') -or $kind.ContainsKey('Class')) { return Get-ActualSetting -Kind $kind -Identity $Identity }
    Read-KnownObject -Known $Known
    if ($Known.Objects.ContainsKey($Identity)) { return ConvertTo-ActualSetting -Kind $kind -Object $Known.Objects[$Identity] }
}

function Read-KnownObject {
    # The list by name, where it is not known.
    param([hashtable] $Known)
    if ($null -eq $Known.Objects) { $Known.Objects = Read-ObjectTable -Cmdlet $Known.Kind.Get }
}

function Read-ObjectTable {
    param([string] $Cmdlet)
    $objects = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
    foreach ($each in (Get-LyncList -Cmdlet $Cmdlet)) { $objects[[string] (Get-Property -Object $each -Name 'Identity')] = $each }
    return $objects
}

$script:ReadLists = $null

function Invoke-WithReadList {
    # Within it, what Test-Listed looks at is read once.
    param([scriptblock] $Body)
    $script:ReadLists = @{}
    try { & $Body } finally { $script:ReadLists = $null }
}

function Test-Listed {
    # Whether the list has an object of this name.
    param([string] $Cmdlet, [string] $Identity)
    if ($null -eq $script:ReadLists) { return (Read-ObjectTable -Cmdlet $Cmdlet).ContainsKey($Identity) }
    if (-not $script:ReadLists.ContainsKey($Cmdlet)) { $script:ReadLists[$Cmdlet] = Read-ObjectTable -Cmdlet $Cmdlet }
    return $script:ReadLists[$Cmdlet].ContainsKey($Identity)
}

function ConvertTo-ActualSetting {
    param([hashtable] $Kind, $Object)
    $actual = @{}
    $derived = @{}
    if ($Kind.ContainsKey('Derived')) { $derived = & $Kind.Derived $Object }
    foreach ($name in $Kind.Properties.Keys) {
        $property = $Object.PSObject.Properties[$name]
        # Get-Property, without a call for each of the plain values, where there may be thousands.
        if ($derived.ContainsKey($name)) { $actual[$name] = $derived[$name] }
        elseif ($null -ne $property -and ($property.Value -is [string] -or $property.Value -is [bool])) { $actual[$name] = $property.Value }
        else { $actual[$name] = Get-Property -Object $Object -Name $name }
    }
    if ($script:HiddenNames.Length -gt 0) { Add-HiddenSetting -Settings $actual }
    return $actual
}

function Find-ObjectByIdentity {
    param([object[]] $Objects, [string] $Identity)
    return Find-ObjectByName -Objects $Objects -Property 'Identity' -Name $Identity
}

function Find-ObjectByName {
    # The first one whose property is this name to Lync Server.
    param([object[]] $Objects, [string] $Property, [string] $Name)
    foreach ($each in $Objects) {
        if (Test-SameValue -Expected $Name -Actual (Get-Property -Object $each -Name $Property) -Type 'Name') { return $each }
    }
}

function Get-Property {
    # A property that this version of Lync Server does not have reads as null.
    param($Object, [string] $Name)
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return }
    if ($property.Value -is [Enum] -or $property.Value -is [int]) { return ConvertFrom-Enumeration -Value $property.Value }
    return $property.Value
}

function ConvertFrom-Enumeration {
    # The name of its value. From a remote session it comes as a number whose text is that name.
    param($Value)
    if ($Value -is [Enum]) { return $Value.ToString() }
    foreach ($text in [string] $Value, $Value.ToString()) {
        if ($text -notmatch '^-?[0-9]+$') { return $text }
    }
    return $Value
}
