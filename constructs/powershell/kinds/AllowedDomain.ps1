# Allowed domains: New-, Set- and Remove-CsAllowedDomain.
@{
    Get        = 'Get-CsAllowedDomain'
    New        = 'New-CsAllowedDomain'
    Set        = 'Set-CsAllowedDomain'
    Remove     = 'Remove-CsAllowedDomain'
    Also       = @('Get-CsBlockedDomain')
    Beside     = @{ 'Get-CsBlockedDomain' = 'blocked domain' }
    RemovedAs  = 40
    Fixed      = @()
    Properties = [ordered] @{ ProxyFqdn = 'Name'; Comment = 'Text'; MarkForMonitoring = 'Boolean'; VerificationLevel = 'Level' }
    Defaults   = @{ ProxyFqdn = $null; Comment = $null; MarkForMonitoring = $false; VerificationLevel = 'UseSourceVerification' }
    Guard      = {
        param([string] $Identity, [hashtable] $Expected, $Actual)
        if (-not (Test-Listed -Cmdlet 'Get-CsBlockedDomain' -Identity $Identity)) { return }
        throw ('The domain ' + (Format-Value $Identity) + ' is on the list of blocked domains, and Lync Server allows no domain that it blocks. ' +
            'Where it may be allowed, remove it from that list first: Remove-CsBlockedDomain -Identity ' + $Identity)
    }
}
