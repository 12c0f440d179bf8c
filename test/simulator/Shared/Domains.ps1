# The lists of allowed and of blocked domains. A domain is on one of them at most.
#
# VerificationLevel of an allowed domain came with Skype for Business Server 2015: a dynamic parameter, because on Lync
# Server 2013 it must not exist.

function Assert-DomainFree {
    param($State, [string] $Domain)
    foreach ($name in 'allowedDomains', 'blockedDomains') {
        if ($null -ne (Find-Record $State[$name] $Domain)) { Stop-ByRule $State 'BlockedOrAllowed' $Domain }
    }
}

function New-DomainRecord {
    param($State, [hashtable] $Kind, [Collections.IDictionary] $Bound)
    $identity = Get-BoundIdentity $State $Bound
    Assert-DomainFree $State $identity
    New-KindRecord $State $Kind $identity $Bound
}

function New-CsAllowedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Identity')]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true, ParameterSetName = 'ParentAndRelativeKey')]
        [ValidateNotNullOrEmpty()] [string] $Domain,
        [string] $Comment,
        [bool] $MarkForMonitoring,
        [string] $ProxyFqdn,
        [switch] $Force,
        [switch] $InMemory
    )
    dynamicparam { New-LaterParameter @{ VerificationLevel = [string] } }
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            New-DomainRecord $State $script:Kinds.AllowedDomain $Bound
        }
    }
}

function Set-CsAllowedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [string] $Comment,
        [bool] $MarkForMonitoring,
        [string] $ProxyFqdn,
        [switch] $Force
    )
    dynamicparam { New-LaterParameter @{ VerificationLevel = [string] } }
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $kind = $script:Kinds.AllowedDomain
            $identity = Get-BoundIdentity $State $Bound
            if ($Bound.ContainsKey('Instance') -and $null -eq (Find-Record $State[$kind.List] $identity)) {
                [void] (New-DomainRecord $State $kind $Bound)
            } else {
                Set-KindRecord $State $kind $identity $Bound
            }
        }
    }
}

function Remove-CsAllowedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Remove-KindRecord $State $script:Kinds.AllowedDomain $Bound['Identity']
        }
    }
}

function Get-CsAllowedDomain {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [switch] $LocalStore
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Select-KindObject $State $script:Kinds.AllowedDomain $Bound
        }
    }
}

function New-CsBlockedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Identity')]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(Mandatory = $true, ParameterSetName = 'ParentAndRelativeKey')]
        [ValidateNotNullOrEmpty()] [string] $Domain,
        [string] $Comment,
        [switch] $Force,
        [switch] $InMemory
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            New-DomainRecord $State $script:Kinds.BlockedDomain $Bound
        }
    }
}

function Remove-CsBlockedDomain {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [switch] $Force
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Remove-KindRecord $State $script:Kinds.BlockedDomain $Bound['Identity']
        }
    }
}

function Get-CsBlockedDomain {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [switch] $LocalStore
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Select-KindObject $State $script:Kinds.BlockedDomain $Bound
        }
    }
}
