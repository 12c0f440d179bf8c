# Hosting providers: New-, Set- and Remove-CsHostingProvider.
@{
    Get        = 'Get-CsHostingProvider'
    New        = 'New-CsHostingProvider'
    Set        = 'Set-CsHostingProvider'
    Remove     = 'Remove-CsHostingProvider'
    Also       = @('Get-CsPublicProvider', 'Get-CsAccessEdgeConfiguration')
    Fixed      = @('ProxyFqdn')
    Properties = [ordered] @{
        ProxyFqdn                 = 'Name'
        Enabled                   = 'Boolean'
        VerificationLevel         = 'Name'
        EnabledSharedAddressSpace = 'Boolean'
        HostsOCSUsers             = 'Boolean'
        IsLocal                   = 'Boolean'
        AutodiscoverUrl           = 'Text'
        SipClientPort             = 'UInt64'
    }
    Defaults   = @{ AutodiscoverUrl = $null; SipClientPort = [uint64] 443 }
    Guard      = {
        param([string] $Identity, [hashtable] $Expected, $Actual)
        $hosting = @(Get-LyncList -Cmdlet 'Get-CsHostingProvider')
        $public = @(Get-LyncList -Cmdlet 'Get-CsPublicProvider')
        if ($null -ne (Find-ByIdentity -Objects $public -Identity $Identity)) {
            throw ('A public provider is called ' + (Format-Value $Identity) + ' already. Identities are unique over hosting and public providers: give the hosting provider another identity.')
        }
        foreach ($other in ($hosting + $public)) {
            $name = Get-Property -Object $other -Name 'Identity'
            if (Test-SameValue -Expected $Identity -Actual $name -Type 'Name') { continue }
            if (Test-SameValue -Expected $Expected.ProxyFqdn -Actual (Get-Property -Object $other -Name 'ProxyFqdn') -Type 'Name') {
                throw ('The provider ' + (Format-Value ([string] $name)) + ' has the ProxyFqdn ' + (Format-Value $Expected.ProxyFqdn) + ' already. Lync Server allows one federation ' +
                    'relationship per proxy server, over hosting and public providers: declare that provider by its identity, or remove it.')
            }
        }
        $problem = Get-RoutingProblem
        if ($Expected.Enabled -and $problem) { throw $problem }
    }
}
