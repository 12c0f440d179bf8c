# The kinds of objects: each is a table in its own file under kinds.

function Get-LyncKind {
    # Cmdlets by what they do, properties with their types, and four ways: to read, create, change and delete the object.
    param([string] $Name)
    $file = Join-Path (Split-Path -Parent $PSScriptRoot) (Join-Path 'kinds' ($Name + '.ps1'))
    $kind = & $file
    $byCmdlet = @{ Read = ${function:Get-CmdletSetting}; Create = ${function:New-ByCmdlet}; Change = ${function:Set-ByCmdlet}; Delete = ${function:Remove-ByCmdlet} }
    foreach ($way in $byCmdlet.Keys) {
        if (-not $kind.ContainsKey($way)) { $kind[$way] = $byCmdlet[$way] }
    }
    return $kind
}

function Select-ByCmdlet {
    # The kinds that are in Lync Server; the others are rows of a WMI class.
    param([hashtable[]] $Kinds)
    return $Kinds | Where-Object { $null -ne $_ -and -not $_.ContainsKey('Class') }
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
    return & $Kind.Read $Identity $Kind
}

function Get-KnownSetting {
    # The same for one of many objects. The list of a kind is read where it is not known; single ones are read each time.
    param([hashtable] $Known, [string] $Identity)
    $kind = $Known.Kind
    if ($kind.ContainsKey('Nameless') -or $kind.ContainsKey('Class')) { return Get-ActualSetting -Kind $kind -Identity $Identity }
    if ($null -eq $Known.Objects) {
        $objects = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
        foreach ($each in (Get-LyncList -Cmdlet $kind.Get)) { $objects[[string] (Get-Property -Object $each -Name 'Identity')] = $each }
        $Known.Objects = $objects
    }
    if ($Known.Objects.ContainsKey($Identity)) { return ConvertTo-Actual -Kind $kind -Object $Known.Objects[$Identity] }
}

function Get-CmdletSetting {
    param([string] $Identity, [hashtable] $Kind)
    $found = Find-ByIdentity -Objects @(Get-LyncList -Cmdlet $Kind.Get) -Identity $Identity
    if ($null -ne $found) { return ConvertTo-Actual -Kind $Kind -Object $found }
}

function ConvertTo-Actual {
    param([hashtable] $Kind, $Object)
    $actual = @{}
    foreach ($name in $Kind.Properties.Keys) {
        $value = Get-Property -Object $Object -Name $name
        if ($value -is [Enum]) { $value = $value.ToString() }
        $actual[$name] = $value
    }
    return $actual
}

function New-ByCmdlet {
    param([string] $Identity, [hashtable] $Kind, [hashtable] $Settings)
    Invoke-Mutation -Name $Kind.New -Parameters ((Get-NameParameter -Kind $Kind -Identity $Identity) + $Settings)
}

function Set-ByCmdlet {
    param([string] $Identity, [hashtable] $Kind, [hashtable] $Changes)
    Invoke-Mutation -Name $Kind.Set -Parameters ((Get-NameParameter -Kind $Kind -Identity $Identity) + $Changes)
}

function Remove-ByCmdlet {
    param([string] $Identity, [hashtable] $Kind)
    Invoke-Mutation -Name $Kind.Remove -Parameters (Get-NameParameter -Kind $Kind -Identity $Identity)
}

function Get-NameParameter {
    param([hashtable] $Kind, [string] $Identity)
    if ($Kind.ContainsKey('Nameless')) { return @{} }
    return @{ Identity = $Identity }
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
