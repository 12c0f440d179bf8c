# How the Edge routes, on which hosting providers depend.

function Test-DefaultRouting {
    # The reference tells only that the object differs by the way of routing, so each of the marks that it may have is read.
    param($Edge)
    $method = [string] (Get-Property -Object $Edge -Name 'RoutingMethod')
    if ($method) { return $method -eq 'UseDefaultRouting' }
    $switch = Get-Property -Object $Edge -Name 'UseDefaultRouting'
    if ($null -ne $switch) { return [bool] $switch }
    return -not [string]::IsNullOrEmpty([string] (Get-Property -Object $Edge -Name 'DefaultRouteFqdn'))
}

function Get-RoutingProblem {
    if (-not (Test-DefaultRouting -Edge @(Get-LyncList -Cmdlet 'Get-CsAccessEdgeConfiguration')[0])) { return }
    return 'The Edge uses default routing, and no hosting provider works with it. Switch it to DNS SRV routing first: an AccessEdgeConfig with ' +
    'useDnsSrvRouting and enablePartnerDiscovery in the same stack does it before any provider.'
}
