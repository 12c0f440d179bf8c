# Federation of an Edge of Office Communications Server 2007 R2: the one instance of
# MSFT_SIPFederationExternalEdgeSetting. It cannot be created or removed.
@{
    Set        = 'Set-WmiInstance'
    Class      = 'MSFT_SIPFederationExternalEdgeSetting'
    Nameless   = $true
    RemovedAs  = 20
    Services   = @{ EnableFederation = 'Federation of the Edge' }
    Fixed      = @()
    Properties = [ordered] @{ EnableFederation = 'Boolean' }
    Defaults   = @{ EnableFederation = $false }
}
