# The kinds of objects: each is a table in its own file under kinds.

function Get-LyncKind {
    # Cmdlets by what they do, properties with their types, and how the object is read.
    param([string] $Name)
    $file = Join-Path (Split-Path -Parent $PSScriptRoot) (Join-Path 'kinds' ($Name + '.ps1'))
    return & $file
}

function Find-ByIdentity {
    param([object[]] $Objects, [string] $Identity)
    foreach ($each in $Objects) {
        if (Test-SameValue -Expected $Identity -Actual (Get-Property -Object $each -Name 'Identity') -Type 'Name') { return $each }
    }
}

function Get-Property {
    # A property that this version of Lync Server does not have reads as null.
    param($Object, [string] $Name)
    $property = $Object.PSObject.Properties[$Name]
    if ($null -ne $property) { return $property.Value }
}

function Get-ActualSetting {
    # What Lync Server has of the object, by property, or nothing where there is no such object.
    param([hashtable] $Kind, [string] $Identity)
    if ($Kind.ContainsKey('Read')) { return & $Kind.Read $Identity }
    $found = Find-ByIdentity -Objects @(Get-LyncList -Cmdlet $Kind.Get) -Identity $Identity
    if ($null -eq $found) { return }
    $actual = @{}
    foreach ($name in $Kind.Properties.Keys) {
        $value = Get-Property -Object $found -Name $name
        if ($value -is [Enum]) { $value = $value.ToString() }
        $actual[$name] = $value
    }
    return $actual
}

function Get-EdgeConfiguration {
    $edge = @(Get-LyncList -Cmdlet 'Get-CsAccessEdgeConfiguration')[0]
    $default = Test-DefaultRouting -Edge $edge
    return @{
        AllowFederatedUsers    = Get-Property -Object $edge -Name 'AllowFederatedUsers'
        UseDnsSrvRouting       = -not $default
        EnablePartnerDiscovery = Get-Property -Object $edge -Name 'EnablePartnerDiscovery'
        UseDefaultRouting      = $default
        DefaultRouteFqdn       = Get-Property -Object $edge -Name 'DefaultRouteFqdn'
    }
}

function Test-DefaultRouting {
    # The reference tells only that the object differs by the way of routing, so each of the marks that it may have is read.
    param($Edge)
    $method = [string] (Get-Property -Object $Edge -Name 'RoutingMethod')
    if ($method) { return $method -eq 'UseDefaultRouting' }
    $switch = Get-Property -Object $Edge -Name 'UseDefaultRouting'
    if ($null -ne $switch) { return [bool] $switch }
    return -not [string]::IsNullOrEmpty([string] (Get-Property -Object $Edge -Name 'DefaultRouteFqdn'))
}
