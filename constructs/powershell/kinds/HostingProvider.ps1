# Hosting providers: New-, Set- and Remove-CsHostingProvider.
@{
    Get        = 'Get-CsHostingProvider'
    New        = 'New-CsHostingProvider'
    Set        = 'Set-CsHostingProvider'
    Remove     = 'Remove-CsHostingProvider'
    Also       = @('Get-CsPublicProvider', 'Get-CsAccessEdgeConfiguration')
    Beside     = @{ 'Get-CsPublicProvider' = 'public provider' }
    RemovedAs  = 60
    Services   = @{ Enabled = 'The hosting provider' }
    Fixed      = @('ProxyFqdn')
    Own        = 'ProxyFqdn'
    Properties = [ordered] @{
        ProxyFqdn                 = 'Name'
        Enabled                   = 'Boolean'
        VerificationLevel         = 'Level'
        EnabledSharedAddressSpace = 'Boolean'
        HostsOCSUsers             = 'Boolean'
        IsLocal                   = 'Boolean'
        AutodiscoverUrl           = 'Text'
        SipClientPort             = 'UInt64'
    }
    Defaults   = @{
        EnabledSharedAddressSpace = $false
        HostsOCSUsers             = $false
        IsLocal                   = $false
        AutodiscoverUrl           = $null
        SipClientPort             = [uint64] 443
    }
    Guard      = {
        param([string] $Identity, [hashtable] $Expected, $Actual)
        # One whose proxy is taken by a public provider cannot be declared under any name: that comes first.
        $unique = 'Lync Server allows one federation relationship per proxy server, over hosting and public providers'
        $public = @(Get-LyncList -Cmdlet 'Get-CsPublicProvider')
        $same = Find-ObjectByName -Objects $public -Property 'ProxyFqdn' -Name $Expected.ProxyFqdn
        if ($null -ne $same) {
            $name = Format-Value ([string] (Get-Property -Object $same -Name 'Identity'))
            throw ('The public provider ' + $name + ' has the ProxyFqdn ' + (Format-Value $Expected.ProxyFqdn) + ' already. ' + $unique + ', and a public one cannot be declared. ' +
                'Either use it as it is and leave this HostingProvider out of the code, or remove it by hand with Remove-CsPublicProvider -Identity ' + $name + ' and deploy again.')
        }
        if ($null -ne (Find-ObjectByIdentity -Objects $public -Identity $Identity)) {
            throw ('A public provider is called ' + (Format-Value $Identity) + ' already. Identities are unique over hosting and public providers: give the hosting provider another identity.')
        }
        $others = @(Get-LyncList -Cmdlet 'Get-CsHostingProvider' | Where-Object { -not (Test-SameValue -Expected $Identity -Actual (Get-Property -Object $_ -Name 'Identity') -Type 'Name') })
        $same = Find-ObjectByName -Objects $others -Property 'ProxyFqdn' -Name $Expected['ProxyFqdn']
        if ($null -ne $same) {
            throw ('The provider ' + (Format-Value ([string] (Get-Property -Object $same -Name 'Identity'))) + ' has the ProxyFqdn ' + (Format-Value $Expected['ProxyFqdn']) + ' already. ' +
                $unique + ': declare that provider by its identity, or remove it.')
        }
        $problem = Get-RoutingProblem
        if ($Expected['Enabled'] -and $problem) { throw $problem }
    }
}
