# Federated partners of an Edge of Office Communications Server 2007 R2: rows of MSFT_SIPFederationPartnerTable.
@{
    New        = 'Set-WmiInstance'
    Set        = 'Set-WmiInstance'
    Remove     = 'Remove-WmiObject'
    Class      = 'MSFT_SIPFederationPartnerTable'
    Key        = 'Domain'
    RemovedAs  = 50
    Fixed      = @()
    Own        = 'EdgeProxyAddress'
    Properties = [ordered] @{ EdgeProxyAddress = 'Name'; UserVerificationLevel = 'Level' }
}
