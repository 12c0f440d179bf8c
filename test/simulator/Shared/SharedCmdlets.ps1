# Cmdlets that take the same parameters for several kinds: one script block each, under every name that it has. "script:" is the
# module: without it, an import would change the function of that name in another module that is there already.

${function:script:Get-CsHostingProvider} = ${function:script:Get-CsPublicProvider} = ${function:script:Get-CsAllowedDomain} = ${function:script:Get-CsBlockedDomain} = {
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter,
        [switch] $LocalStore
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

${function:script:Remove-CsHostingProvider} = ${function:script:Remove-CsPublicProvider} = ${function:script:Remove-CsAllowedDomain} = ${function:script:Remove-CsBlockedDomain} = {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()] [string] $Identity,
        [switch] $Force
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}

${function:script:Enable-CsHostingProvider} = ${function:script:Disable-CsHostingProvider} = {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Identity')] [ValidateNotNullOrEmpty()] [string] $Identity,
        [Parameter(ValueFromPipeline = $true, ParameterSetName = 'Instance')] [psobject] $Instance,
        [switch] $Force
    )
    process { Invoke-KindCmdlet $PSCmdlet $PSBoundParameters }
}
