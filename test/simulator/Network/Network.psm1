# New-PSSession in the place of PowerShell's own: it takes the place of the network and nothing else. The session is a real one,
# with a process of its own at the far end: in no-language mode, with the cmdlets of a role and no others.
#
# What the network and the pools are like stands under "remote" in the state. Beside the state file is a folder with a file for
# each session that was opened, and one more for each that is open.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

foreach ($part in 'Network/Pool', 'Network/FarEnd', 'Shared/Products') { . ([IO.Path]::Combine($PSScriptRoot, '..', $part + '.ps1')) }

function New-PSSession {
    # Parameters and types are those of the parameter set "Uri". A certificate that is not checked is one that nobody has.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 1)] [Uri[]] $ConnectionUri,
        [Management.Automation.PSCredential] $Credential,
        [Management.Automation.Runspaces.AuthenticationMechanism] $Authentication = 'Default',
        [Management.Automation.Remoting.PSSessionOption] $SessionOption,
        [string[]] $Name,
        [string] $ConfigurationName,
        [string] $CertificateThumbprint,
        [int] $ThrottleLimit,
        [switch] $EnableNetworkAccess,
        [switch] $AllowRedirection
    )
    if ($null -ne $SessionOption -and ($SessionOption.SkipCACheck -or $SessionOption.SkipCNCheck -or $SessionOption.SkipRevocationCheck -or $SessionOption.NoEncryption)) {
        throw 'This network has nothing to do with who does not check certificates.'
    }
    if ($null -ne $Credential -and [string] $Authentication -eq 'NegotiateWithImplicitCredential') {
        throw (New-Object InvalidOperationException 'The parameter Credential cannot be used with NegotiateWithImplicitCredential.')
    }
    $idle = [TimeSpan]::FromMilliseconds(-1)
    if ($null -ne $SessionOption) { $idle = $SessionOption.IdleTimeout }
    foreach ($uri in $ConnectionUri) {
        try {
            $state = Read-State
            Assert-Connection -Remote $state.remote -Uri $uri -Credential $Credential -Idle $idle
            New-FarSession -State $state -Uri $uri
        } catch {
            $PSCmdlet.WriteError((New-Object Management.Automation.ErrorRecord $_.Exception, 'PSSessionOpenFailed', 'OpenError', $uri))
        }
    }
}

Export-ModuleMember -Function New-PSSession
