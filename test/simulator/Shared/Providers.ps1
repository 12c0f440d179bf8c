# Hosting providers and public providers. Both share one space of names: Identity and ProxyFqdn are unique over both.

function Assert-ProviderUnique {
    param($State, [string] $Identity, [string] $ProxyFqdn)
    foreach ($name in 'hostingProviders', 'publicProviders') {
        if ($null -ne (Find-Record $State[$name] $Identity)) { Stop-ByRule $State 'AlreadyExists' $Identity }
        $owner = Find-Record $State[$name] $ProxyFqdn 'ProxyFqdn'
        if ($null -ne $owner) { Stop-ByRule $State 'ProxyInUse' $ProxyFqdn, (Get-Value $owner 'Identity') }
    }
}

function New-ProviderRecord {
    param($State, [hashtable] $Kind, [string] $Identity, [Collections.IDictionary] $Bound)
    $proxy = (Get-Settings $State $Kind $Bound)['ProxyFqdn']
    if ($null -eq $proxy) { Stop-ByRule $State 'NotAnFqdn' '' }
    Assert-ProviderUnique $State $Identity $proxy
    New-KindRecord $State $Kind $Identity $Bound
}

function New-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true)] [bool] $Enabled,
        [Parameter(Mandatory = $true)] [string] $ProxyFqdn,
        [bool] $EnabledSharedAddressSpace,
        [bool] $HostsOCSUsers,
        [bool] $IsLocal,
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [string] $AutodiscoverUrl,
        [uint64] $SipClientPort,
        [switch] $Force,
        [switch] $InMemory
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            New-ProviderRecord $State $script:Kinds.HostingProvider $Bound['Identity'] $Bound
        }
    }
}

function Set-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [bool] $Enabled,
        [bool] $EnabledSharedAddressSpace,
        [bool] $HostsOCSUsers,
        [bool] $IsLocal,
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [string] $AutodiscoverUrl,
        [uint64] $SipClientPort,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $kind = $script:Kinds.HostingProvider
            $identity = Get-BoundIdentity $State $Bound
            if ($Bound.ContainsKey('Instance') -and $null -eq (Find-Record $State[$kind.List] $identity)) {
                [void] (New-ProviderRecord $State $kind $identity $Bound)
            } else {
                Set-KindRecord $State $kind $identity $Bound
            }
        }
    }
}

function Enable-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Set-KindRecord $State $script:Kinds.HostingProvider (Get-BoundIdentity $State $Bound) @{ Enabled = $true }
        }
    }
}

function Disable-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Set-KindRecord $State $script:Kinds.HostingProvider (Get-BoundIdentity $State $Bound) @{ Enabled = $false }
        }
    }
}

function Remove-CsHostingProvider {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Remove-KindRecord $State $script:Kinds.HostingProvider $Bound['Identity']
        }
    }
}

function Get-CsHostingProvider {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [switch] $LocalStore
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Select-KindObject $State $script:Kinds.HostingProvider $Bound
        }
    }
}

function New-CsPublicProvider {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true)] [string] $ProxyFqdn,
        [Parameter(Mandatory = $true)] [bool] $Enabled,
        [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [string] $IconUrl,
        [string] $NameDecorationDomain,
        [switch] $Force,
        [switch] $InMemory
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            New-ProviderRecord $State $script:Kinds.PublicProvider $Bound['Identity'] $Bound
        }
    }
}

function Remove-CsPublicProvider {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Remove-KindRecord $State $script:Kinds.PublicProvider $Bound['Identity']
        }
    }
}

function Get-CsPublicProvider {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [switch] $LocalStore
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Select-KindObject $State $script:Kinds.PublicProvider $Bound
        }
    }
}
