# Federated partners of an Edge of Office Communications Server 2007 R2: rows of MSFT_SIPFederationPartnerTable.
@{
    New        = 'Set-WmiInstance'
    Set        = 'Set-WmiInstance'
    Remove     = 'Remove-WmiObject'
    Class      = 'MSFT_SIPFederationPartnerTable'
    Key        = 'Domain'
    Read       = ${function:Get-WmiSetting}
    Create     = ${function:New-WmiRow}
    Change     = ${function:Set-WmiRow}
    Delete     = ${function:Remove-WmiRow}
    Fixed      = @()
    Properties = [ordered] @{ EdgeProxyAddress = 'Name'; UserVerificationLevel = 'Name' }
}
