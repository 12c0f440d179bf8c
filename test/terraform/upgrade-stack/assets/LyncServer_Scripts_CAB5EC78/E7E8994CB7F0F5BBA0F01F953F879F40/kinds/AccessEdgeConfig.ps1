# The one configuration of the Access Edge: Set-CsAccessEdgeConfiguration. It cannot be created or removed.
@{
    Get        = 'Get-CsAccessEdgeConfiguration'
    Set        = 'Set-CsAccessEdgeConfiguration'
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
    Read       = { return Get-EdgeConfiguration }
    Together   = {
        # The cmdlet takes each way of routing only with its companion.
        param([hashtable] $Changes, [hashtable] $Expected)
        foreach ($pair in @('UseDnsSrvRouting', 'EnablePartnerDiscovery'), @('UseDefaultRouting', 'DefaultRouteFqdn')) {
            if (-not ($Changes.ContainsKey($pair[0]) -or $Changes.ContainsKey($pair[1]))) { continue }
            foreach ($name in $pair) { if ($Expected.ContainsKey($name)) { $Changes[$name] = $Expected[$name] } }
        }
        return $Changes
    }
}
