# Test-CsFederatedPartner and Test-CsMcxPushNotification: they judge by the configuration that has reached the Edge. A
# test that fails returns an object that says so, or throws: a server may do either.
#
# The state's list "testResults" comes first: { cmdlet, result, error, diagnosis, throws, logs }, each used once.
#   throws   full name of the exception's type; error is its message. Without it the cmdlet returns an object
#   logs     whether a cmdlet that throws still fills -OutLoggerVariable (false)

# Takes the next forced result for the cmdlet.
function Read-ForcedResult {
    param($State, [string] $Cmdlet)
    $list = $State['testResults']
    if ($null -eq $list) { return $null }
    foreach ($entry in $list.ChildNodes) {
        if ((Get-Value $entry 'cmdlet') -ne $Cmdlet) { continue }
        [void] $list.RemoveChild($entry)
        return @{
            Result    = Get-ValueOr $entry 'result' 'Failure'
            Error     = Get-ValueOr $entry 'error' ''
            Diagnosis = Get-ValueOr $entry 'diagnosis' ''
            Throws    = Get-ValueOr $entry 'throws' ''
            Logs      = Get-ValueOr $entry 'logs' $false
        }
    }
    return $null
}

function Get-FederationResult {
    param($State, [string] $Target, [string] $Domain, [string] $ProxyFqdn)
    $ocsEdge = Find-Record $State['ocsEdges'] $Target 'InternalFqdn'
    if (-not (Test-Contains $State['edges'] $Target) -and $null -eq $ocsEdge) {
        return New-Failure $State 'UnknownHost' $Target ''
    }
    $configuration = Get-EdgeConfiguration $State
    if (-not (Get-Value $configuration['accessEdgeConfiguration'] 'AllowFederatedUsers')) {
        return New-Failure $State 'FederationOff' '' "ErrorCode=1027,Source=$Target"
    }
    if ($null -ne $ocsEdge) { return Get-OcsEdgeResult $State $ocsEdge $Domain $ProxyFqdn }
    if ($null -eq (Find-Record $configuration['allowedDomains'] $Domain)) {
        return New-Failure $State 'DomainNotAllowed' $Domain "ErrorCode=1011,Source=$Target"
    }
    if ([string]::IsNullOrEmpty($ProxyFqdn)) { return New-Success }
    return Get-ProviderResult $State $configuration $Target $ProxyFqdn
}

function Get-ProviderResult {
    param($State, $Configuration, [string] $Target, [string] $ProxyFqdn)
    if ((Get-Value $Configuration['accessEdgeConfiguration'] 'RoutingMethod') -ne 'UseDnsSrvRouting') {
        return New-Failure $State 'DefaultRouting' '' "ErrorCode=1047,Source=$Target"
    }
    $provider = Find-Record $Configuration['hostingProviders'] $ProxyFqdn 'ProxyFqdn'
    if ($null -eq $provider -or -not (Get-Value $provider 'Enabled')) {
        return New-Failure $State 'NoProvider' $ProxyFqdn "ErrorCode=1047,Source=$Target"
    }
    return New-Success
}

# An Edge of Office Communications Server 2007 R2 has lists of its own, which the Central Management store does not reach.
function Get-OcsEdgeResult {
    param($State, $Edge, [string] $Domain, [string] $ProxyFqdn)
    $source = 'Source=' + (Get-Value $Edge 'InternalFqdn')
    # A proxy travels in the header ms-edge-route, which this Edge does not know.
    if (-not [string]::IsNullOrEmpty($ProxyFqdn)) { return New-Failure $State 'NoEdgeRoute' $ProxyFqdn "ErrorCode=1047,$source" }
    if (-not (Get-Value $Edge['externalEdgeSetting'] 'EnableFederation')) {
        return New-Failure $State 'FederationOff' '' "ErrorCode=1027,$source"
    }
    $partner = Find-Record $Edge['partners'] $Domain 'Domain'
    if ($null -eq $partner) { return New-Failure $State 'DomainNotAllowed' $Domain "ErrorCode=1011,$source" }
    return New-Success
}

function Get-PushResult {
    param($State, [string] $Target)
    $proxy = 'sipfed.online.lync.com'
    if ($null -ne (Find-Record $State['ocsEdges'] $Target 'InternalFqdn')) { $proxy = '' }
    $result = Get-FederationResult $State $Target 'push.lync.com' $proxy
    if ($result.Result -eq 'Failure') { return $result }
    foreach ($record in (Get-EdgeConfiguration $State)['pushNotificationConfigurations'].ChildNodes) {
        if ((Get-Value $record 'EnableApplePushNotificationService') -or
            (Get-Value $record 'EnableMicrosoftPushNotificationService')) { return $result }
    }
    return New-Failure $State 'PushOff' '' "ErrorCode=1027,Source=$Target"
}

function New-Success {
    return @{ Result = 'Success'; Error = ''; Diagnosis = '' }
}

function New-Failure {
    param($State, [string] $Key, [string] $Value, [string] $Diagnosis)
    return @{ Result = 'Failure'; Error = (Get-Message $State $Key $Value); Diagnosis = $Diagnosis }
}

function ConvertTo-TaskOutput {
    param([string] $Target, [hashtable] $Outcome)
    $latency = [TimeSpan]::Zero
    if ($Outcome.Result -eq 'Success') { $latency = [TimeSpan]::FromMilliseconds(241.8) }
    $object = New-Object psobject -Property ([ordered]@{
        TargetFqdn = $Target
        Result     = Get-EnumValue 'Microsoft.Rtc.SyntheticTransactions.TaskResult' $Outcome.Result
        Latency    = $latency
        Error      = $Outcome.Error
        Diagnosis  = $Outcome.Diagnosis
    })
    $object.PSObject.TypeNames.Insert(0, 'Microsoft.Rtc.SyntheticTransactions.TaskOutput')
    return $object
}

# What -OutLoggerVariable leaves: an object with ToHTML() and ToXML().
function New-Logger {
    param([string[]] $Lines)
    $logger = New-Object psobject -Property @{ Lines = $Lines }
    $logger.PSObject.TypeNames.Insert(0, 'Microsoft.Rtc.SyntheticTransactions.Logger')
    $html = { '<html><body><ul>' + [string]::Concat(@(foreach ($line in $this.Lines) {
        '<li>' + [Security.SecurityElement]::Escape($line) + '</li>' })) + '</ul></body></html>' }
    $xml = { '<Log>' + [string]::Concat(@(foreach ($line in $this.Lines) {
        '<Entry>' + [Security.SecurityElement]::Escape($line) + '</Entry>' })) + '</Log>' }
    $logger.PSObject.Methods.Add((New-Object Management.Automation.PSScriptMethod 'ToHTML', $html))
    $logger.PSObject.Methods.Add((New-Object Management.Automation.PSScriptMethod 'ToXML', $xml))
    return $logger
}

# Fills the variables of the calling script, and returns the result.
function Complete-Test {
    param($State, $Cmdlet, [Collections.IDictionary] $Bound, [string] $Target, [hashtable] $Outcome)
    $name = $Cmdlet.MyInvocation.MyCommand.Name
    $lines = @(
        (Get-Message $State 'TestStarted' $name, $Target)
        (Get-Message $State 'TestEnded' $name, $Outcome.Result, ($Outcome.Error + ' ' + $Outcome.Diagnosis).Trim())
    )
    $throws = $Outcome.ContainsKey('Throws') -and $Outcome.Throws
    if ($throws -and -not $Outcome.Logs) { Stop-Test $Outcome }
    $variables = $Cmdlet.SessionState.PSVariable
    if ($Bound.ContainsKey('OutLoggerVariable')) { $variables.Set($Bound['OutLoggerVariable'], (New-Logger $lines)) }
    if ($Bound.ContainsKey('OutVerboseVariable')) { $variables.Set($Bound['OutVerboseVariable'], $lines) }
    if ($throws) { Stop-Test $Outcome }
    return ConvertTo-TaskOutput $Target $Outcome
}

# Ends the call by the server's own answer, so that the state is saved and the forced result is used up.
function Stop-Test {
    param([hashtable] $Outcome)
    $exception = New-Exception $Outcome.Throws $Outcome.Error
    Stop-ByRecord (New-Object Management.Automation.ErrorRecord $exception, 'WorkflowNotCompleted', 'NotSpecified', $null) $true
}

function Test-CsFederatedPartner {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [Alias('t')] [string] $TargetFqdn,
        [Parameter(Mandatory = $true, Position = 1)] [Alias('d')] [string] $Domain,
        [Alias('pe')] [string] $ProxyFqdn,
        [Alias('ce')] [Security.Cryptography.X509Certificates.X509Certificate2] $Certificate,
        [Alias('olv')] [string] $OutLoggerVariable,
        [Alias('ovv')] [string] $OutVerboseVariable,
        [switch] $Force
    )
    process {
        $testCmdlet = $PSCmdlet
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $outcome = Read-ForcedResult $State 'Test-CsFederatedPartner'
            if ($null -eq $outcome) {
                $outcome = Get-FederationResult $State $Bound['TargetFqdn'] $Bound['Domain'] $Bound['ProxyFqdn']
            }
            Complete-Test $State $testCmdlet $Bound $Bound['TargetFqdn'] $outcome
        }
    }
}

function Test-CsMcxPushNotification {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [Alias('fqdn')] [string] $AccessEdgeFqdn,
        [Alias('cert')] [Security.Cryptography.X509Certificates.X509Certificate2] $Certificate,
        [Alias('olv')] [string] $OutLoggerVariable,
        [Alias('ovv')] [string] $OutVerboseVariable,
        [switch] $Force
    )
    process {
        $testCmdlet = $PSCmdlet
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            $outcome = Read-ForcedResult $State 'Test-CsMcxPushNotification'
            if ($null -eq $outcome) { $outcome = Get-PushResult $State $Bound['AccessEdgeFqdn'] }
            Complete-Test $State $testCmdlet $Bound $Bound['AccessEdgeFqdn'] $outcome
        }
    }
}
