# The one configuration of the Access Edge: Set-CsAccessEdgeConfiguration. It cannot be created or removed.
@{
    Get        = 'Get-CsAccessEdgeConfiguration'
    Set        = 'Set-CsAccessEdgeConfiguration'
    Also       = @('Get-CsHostingProvider', 'Get-CsPublicProvider')
    RemovedAs  = 10
    Services   = @{ AllowFederatedUsers = 'Federation' }
    Fixed      = @()
    Nameless   = $true # there is one, and the parameter sets of routing take no Identity
    Properties = [ordered] @{
        AllowFederatedUsers    = 'Boolean'
        UseDnsSrvRouting       = 'Switch'
        EnablePartnerDiscovery = 'Boolean'
        UseDefaultRouting      = 'Switch'
        DefaultRouteFqdn       = 'Name'
    }
    Defaults   = @{ AllowFederatedUsers = $false }
    Together   = @(@('UseDnsSrvRouting', 'EnablePartnerDiscovery'), @('UseDefaultRouting', 'DefaultRouteFqdn'))
    Source     = @('RoutingMethod')
    Derived    = {
        param($Object)
        $default = Test-DefaultRouting -Edge $Object
        return @{ UseDnsSrvRouting = -not $default; UseDefaultRouting = $default }
    }
    Guard      = {
        # The rule of DefaultRouteFqdn in the cmdlet's reference; it counts providers that are not enabled, too.
        param([string] $Identity, [hashtable] $Expected, $Actual)
        if (-not $Expected.ContainsKey('UseDefaultRouting')) { return }
        $kept = $Actual.UseDefaultRouting -and (Test-SameValue -Expected $Expected['DefaultRouteFqdn'] -Actual $Actual.DefaultRouteFqdn -Type 'Name')
        $providers = @(Get-LyncList -Cmdlet 'Get-CsHostingProvider') + @(Get-LyncList -Cmdlet 'Get-CsPublicProvider')
        if ($kept -or $providers.Count -eq 0) { return }
        $names = @($providers | ForEach-Object { Format-Value ([string] (Get-Property -Object $_ -Name 'Identity')) }) -join ', '
        throw ('The Edge has been left as it is: Lync Server takes a new default route only while it has no hosting and no public provider, enabled or not. It has ' + $names +
            '. Take those of this stack out of the code, which removes them before the Edge is changed; they can come back with enabled: false in the next deploy. ' +
            'Remove others by hand, where nobody needs them.')
    }
}
