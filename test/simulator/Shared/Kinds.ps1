# The kinds of objects that cmdlets create, change, remove and list, and the one way in which they do it. Each kind is a table,
# under the noun of its cmdlets:
#
#   Settings  the parameters of New-, with the JSON value of an object that was made without them
#   Shown     what Get- returns, in order; "Name" and "Domain" repeat the Identity
#   Fqdns     what must be a name of a computer or domain
#   Resolve   { param($State, $Bound) }  the Identity, where it is not simply the one that is given
#   Assert    { param($State, $Kind, $Identity, $Bound) }  the rules of a new object
#   Permanent  the Identity of what Remove- only puts back to the defaults

$script:Kinds = @{}

# What every cmdlet of a kind does: its own verb, with the table of its noun.
function Invoke-KindCmdlet {
    param($Cmdlet, [Collections.IDictionary] $Bound)
    $kind = Get-CalledKind $Cmdlet.MyInvocation.MyCommand.Noun
    switch ($Cmdlet.MyInvocation.MyCommand.Verb) {
        'Get' { Invoke-ReadingCall $Cmdlet $Bound { param($State, $Bound) Select-KindObject $State $kind $Bound } }
        'New' { Invoke-MutatingCall $Cmdlet $Bound { param($State, $Bound) New-KindObject $State $kind $Bound } }
        'Set' { Invoke-MutatingCall $Cmdlet $Bound { param($State, $Bound) Set-KindObject $State $kind $Bound } }
        'Remove' { Invoke-MutatingCall $Cmdlet $Bound { param($State, $Bound) Remove-KindObject $State $kind $Bound } }
        'Enable' { Invoke-MutatingCall $Cmdlet $Bound { param($State, $Bound) Set-KindRecord $State $kind (Get-BoundIdentity $State $Bound) @{ Enabled = $true } } }
        'Disable' { Invoke-MutatingCall $Cmdlet $Bound { param($State, $Bound) Set-KindRecord $State $kind (Get-BoundIdentity $State $Bound) @{ Enabled = $false } } }
    }
}

# An import may put a prefix before the noun.
function Get-CalledKind {
    param([string] $Noun)
    foreach ($name in $script:Kinds.Keys) {
        if ($Noun.EndsWith($name, [StringComparison]::OrdinalIgnoreCase)) { return $script:Kinds[$name] }
    }
}

function Resolve-KindIdentity {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound)
    if ($Kind.ContainsKey('Resolve')) { return & $Kind.Resolve $State $Bound }
    return Get-BoundIdentity $State $Bound
}

function New-KindObject {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound)
    $identity = Resolve-KindIdentity $State $Kind $Bound
    & $Kind.Assert $State $Kind $identity $Bound
    New-KindRecord $State $Kind $identity $Bound
}

# An instance that was made with -InMemory becomes real.
function Set-KindObject {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound)
    $identity = Resolve-KindIdentity $State $Kind $Bound
    if ($Bound.ContainsKey('Instance') -and $null -eq (Find-Record $State[$Kind.List] $identity)) {
        [void] (New-KindObject $State $Kind $Bound)
    } else {
        Set-KindRecord $State $Kind $identity $Bound
    }
}

function Remove-KindObject {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound)
    $identity = Resolve-KindIdentity $State $Kind $Bound
    if ($Kind.ContainsKey('Permanent') -and $identity -eq $Kind.Permanent) {
        $defaults = @{}
        foreach ($name in $Kind.Settings.Keys) { $defaults[$name] = $Kind.Settings[$name] }
        Set-KindRecord $State $Kind $identity $defaults
    } else {
        Remove-KindRecord $State $Kind $identity
    }
}

function Add-KindVerificationLevel {
    $kind = $script:Kinds.CsAllowedDomain
    $kind.Settings['VerificationLevel'] = 'UseSourceVerification'
    $kind.Shown = @('Identity', 'Domain', 'ProxyFqdn', 'VerificationLevel', 'Comment', 'MarkForMonitoring')
}

# The values of one object: what the instance has, then the bound parameters, then the defaults.
function Get-Settings {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound, [switch] $WithDefaults)
    $instance = $null
    if ($Bound.ContainsKey('Instance')) { $instance = $Bound['Instance'] }
    $settings = [ordered]@{}
    foreach ($name in $Kind.Settings.Keys) {
        if ($Bound.ContainsKey($name)) {
            $settings[$name] = $Bound[$name]
        } elseif ($null -ne $instance -and $null -ne $instance.PSObject.Properties[$name]) {
            $settings[$name] = $instance.PSObject.Properties[$name].Value
        } elseif ($WithDefaults) {
            $settings[$name] = $Kind.Settings[$name]
        } else {
            continue
        }
        $settings[$name] = ConvertTo-StoredValue $State $Kind $name $settings[$name]
    }
    return $settings
}

function ConvertTo-StoredValue {
    param($State, [hashtable] $Kind, [string] $Name, $Value)
    if ($Name -like '*VerificationLevel') {
        foreach ($level in $script:Levels) {
            if (Test-SameName $Value $level) { return $level }
        }
    }
    if ($Kind.Fqdns -contains $Name) {
        # An empty name takes the value away.
        if ([string]::IsNullOrEmpty($Value)) { return $null }
        Assert-Fqdn $State $Value
    }
    return $Value
}

function Assert-Fqdn {
    param($State, [string] $Value)
    if (-not (Test-Fqdn $Value)) { Stop-ByRule $State 'NotAnFqdn' $Value }
}

function Get-BoundIdentity {
    param($State, [Collections.IDictionary] $Bound)
    foreach ($name in 'Identity', 'Domain') {
        if ($Bound.ContainsKey($name)) { return [string] $Bound[$name] }
    }
    if ($Bound.ContainsKey('Instance') -and $null -ne $Bound['Instance'].PSObject.Properties['Identity']) {
        return [string] $Bound['Instance'].PSObject.Properties['Identity'].Value
    }
    Stop-ByRule $State 'NoIdentity'
}

# Records as objects of PowerShell.
function ConvertTo-ShownObject {
    param([object[]] $Records, [hashtable] $Kind)
    foreach ($record in $Records) {
        $values = [ordered]@{}
        foreach ($name in $Kind.Shown) {
            $source = $name
            if ($name -eq 'Name' -or $name -eq 'Domain') { $source = 'Identity' }
            $node = $record[$source]
            $type = 'null'
            if ($null -ne $node) { $type = $node.GetAttribute('type') }
            $value = $null
            if ($type -eq 'string') { $value = $node.InnerText }
            elseif ($type -eq 'boolean') { $value = $node.InnerText -eq 'true' }
            elseif ($type -eq 'number') { $value = [uint64] $node.InnerText }
            if ($null -ne $value -and $name -like '*VerificationLevel') { $value = Get-EnumValue $script:LevelType $value }
            $values[$name] = $value
        }
        $object = New-Object psobject -Property $values
        $object.PSObject.TypeNames.Insert(0, $Kind.TypeName)
        $object
    }
}

# New-: adds a record. With -InMemory the caller gets the object and nothing else happens.
function New-KindRecord {
    param($State, [hashtable] $Kind, [string] $Identity, [Collections.IDictionary] $Bound)
    $values = [ordered]@{ Identity = $Identity }
    if ($Kind.Fqdns -contains 'Identity') { Assert-Fqdn $State $Identity }
    $settings = Get-Settings $State $Kind $Bound -WithDefaults
    foreach ($name in $settings.Keys) { $values[$name] = $settings[$name] }
    $list = $State[$Kind.List]
    if ($Bound.ContainsKey('InMemory') -and $Bound['InMemory']) { $list = $list.CloneNode($false) }
    return ConvertTo-ShownObject (Add-Record $list $values) $Kind
}

# Set-: changes what is declared.
function Set-KindRecord {
    param($State, [hashtable] $Kind, [string] $Identity, [Collections.IDictionary] $Bound)
    $record = Get-KindRecord $State $Kind $Identity
    $settings = Get-Settings $State $Kind $Bound
    if ($settings.Contains('ProxyFqdn') -and $Kind.List -like '*Providers' -and
        -not (Test-SameName $settings['ProxyFqdn'] (Get-Value $record 'ProxyFqdn'))) {
        Stop-ByRule $State 'ProxyIsFixed' $Identity
    }
    foreach ($name in $settings.Keys) { Set-Value $record $name $settings[$name] }
}

function Get-KindRecord {
    param($State, [hashtable] $Kind, [string] $Identity)
    $record = Find-Record $State[$Kind.List] $Identity
    if ($null -eq $record) { Stop-ByRule $State 'NotFound' $Identity }
    return $record
}

function Remove-KindRecord {
    param($State, [hashtable] $Kind, [string] $Identity)
    $record = Get-KindRecord $State $Kind $Identity
    [void] $record.ParentNode.RemoveChild($record)
}

# Get-: one by its Identity, those that match the filter, or all.
function Select-KindObject {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound)
    if ($Bound.ContainsKey('Identity')) {
        return ConvertTo-ShownObject (Get-KindRecord $State $Kind $Bound['Identity']) $Kind
    }
    $records = @($State[$Kind.List].ChildNodes)
    if ($Bound.ContainsKey('Filter')) {
        $records = @(foreach ($record in $records) { if ($record['Identity'].InnerText -like $Bound['Filter']) { $record } })
    }
    return ConvertTo-ShownObject $records $Kind
}
