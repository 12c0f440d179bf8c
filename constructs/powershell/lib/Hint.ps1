# What to check when a test fails, told by what no language changes: SIP response codes, ErrorCode=NNNN, names of types.

function Get-TestHint {
    # A sentence for each known cause; where nothing is known, what is most often the cause.
    param([string] $ErrorText, [string] $Diagnosis, [hashtable] $Parameters)
    $tokens = @(Get-FailureToken -ErrorText $ErrorText -Diagnosis $Diagnosis)
    $hints = @(Get-KnownHint -Tokens $tokens -Parameters $Parameters)
    if ($hints.Count -gt 0) { return $hints }
    $names = Get-TestedName -Parameters $Parameters
    return 'Error and Diagnosis name no known cause. Check that ' + $names.Target + ' is the internal FQDN of the Edge that carries federated traffic, that ' +
    $names.Machine + ' resolves that name and reaches it at TCP port 5061, and run the cmdlet above by hand with -Verbose.'
}

function Get-ExceptionHint {
    # The same for an error of the cmdlet itself, whose own message has its advice already.
    param($Exception, [hashtable] $Parameters)
    $tokens = @()
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        foreach ($name in Get-ErrorTypeName -Cause $cause) { $tokens += @($name -split '\.')[-1] }
    }
    Get-KnownHint -Tokens $tokens -Parameters $Parameters
}

function Get-FailureToken {
    # Codes where codes stand, never digits within a name or an id. The response code begins the Error, "504, Server
    # time-out", or what a cmdlet throws holds "504 (Server time-out)" or "ResponseCode=504".
    param([string] $ErrorText, [string] $Diagnosis)
    $code = '(?:^\s*|ResponseCode\s*=\s*)([4-6][0-9][0-9])(?![\w.:-])|(?<![\w.:-])([4-6][0-9][0-9])(?= ?\()'
    foreach ($match in [regex]::Matches($ErrorText, $code)) { 'SIP ' + $match.Groups[1].Value + $match.Groups[2].Value }
    $both = $ErrorText + ' ' + $Diagnosis
    foreach ($match in [regex]::Matches($both, '\bErrorCode\s*=\s*([0-9]+)(?!\w)')) { 'ErrorCode ' + $match.Groups[1].Value }
    foreach ($match in [regex]::Matches($both, '[A-Za-z]+Exception|WSA[A-Z_]+|(?<!\w)0x[0-9A-Fa-f]{8}(?!\w)|[A-Z][a-z]+[A-Za-z]*Certificate[A-Za-z]*|Certificate[A-Z][A-Za-z]+')) { $match.Value }
}

function Get-KnownHint {
    param([string[]] $Tokens, [hashtable] $Parameters)
    $names = Get-TestedName -Parameters $Parameters
    foreach ($cause in Get-KnownCause) {
        if (@($Tokens | Where-Object { $cause.Tokens -contains $_ }).Count -eq 0) { continue }
        $check = $cause.Check.Replace('{push}', $names.Push)
        $check.Replace('{target}', $names.Target).Replace('{domain}', $names.Domain).Replace('{proxy}', $names.Proxy).Replace('{machine}', $names.Machine)
    }
}

function Get-TestedName {
    # A push notification test has no domain of its own: it is always that of the push notification service, and the way
    # to it is the proxy that the stack declares.
    param([hashtable] $Parameters)
    $machine = 'this machine'
    if (Test-RemoteSession) { $machine = 'the server of the session' }
    if (-not $Parameters.ContainsKey('Domain')) {
        $push = ', that push notifications are on (Get-CsPushNotificationConfiguration)'
        return @{ Target = $Parameters.AccessEdgeFqdn; Domain = 'push.lync.com'; Proxy = $env:LYNC_PUSH_PROXY; Push = $push; Machine = $machine }
    }
    $proxy = 'the Access Edge of the partner'
    if ($Parameters.ContainsKey('ProxyFqdn')) { $proxy = $Parameters.ProxyFqdn }
    return @{ Target = $Parameters.TargetFqdn; Domain = $Parameters.Domain; Proxy = $proxy; Push = ''; Machine = $machine }
}

function Get-KnownCause {
    # What a code of the diagnostics tells comes before what follows from it, such as a 504.
    # Codes of the diagnostics: [MS-OCER] 7.2, SipStack. 1008: no SRV record; 1009: SRV and host disagree; 1014: no A record;
    # 1010, 1039 and 1047: no trust, no TLS; 1013: the clocks differ; 1002, 1005, 1012 and 1027: not allowed or not routed; 1007: for the time being.
    @{
        Tokens = 'ErrorCode 1010', 'ErrorCode 1039', 'ErrorCode 1047', 'TlsFailureException', 'AuthenticationException', 'UntrustedRemoteCertificate', 'IncorrectNameInRemoteCertificate',
        'CertificateExpired', 'RemoteCertificateRevoked', 'RemoteCertificateInvalidUsage', 'LocalCertificateNotFound',
        '0x80131500', '0x80090322', '0x80090325', '0x80090328', '0x800B0101', '0x800B0109', '0x800B010F'
        Check  = 'Certificate. Check on the Edge that its certificates (Get-CsCertificate) are within their time, hold its names, and come from an authority that the other ' +
        'side trusts, that it trusts the authority of {proxy}, and that the clocks are right.'
    }
    @{
        Tokens = 'ErrorCode 1013', '0x80090324'
        Check  = 'Clocks. They differ by more than authentication allows. Set the time of {machine}, of the Edge and of the Front End Servers by the same ' +
        'source (w32tm /query /status on each).'
    }
    @{
        Tokens = 'ErrorCode 1008', 'ErrorCode 1009', 'ErrorCode 1014', 'WSAHOST_NOT_FOUND', 'WSANO_DATA'
        Check  = 'DNS. Check on the Edge that it resolves {proxy}, and where no proxyFqdn is given the SRV record _sipfederationtls._tcp.{domain} ' +
        '(nslookup -type=SRV _sipfederationtls._tcp.{domain}) and the host in it; and that {machine} resolves {target}.'
    }
    @{
        Tokens = 'SIP 504', 'SIP 408', 'SIP 503', 'ErrorCode 1007', 'WSAETIMEDOUT', 'WSAECONNREFUSED', 'ConnectionFailureException', 'OperationTimeoutException', 'SocketException'
        Check  = 'No answer in time. Check that replication has reached the Edge (Get-CsManagementStoreReplicationStatus; the test can wait for it: replication), ' +
        'that {machine} reaches {target} and the Edge reaches {proxy} at TCP port 5061, and that the hosting provider with that proxy is there and ' +
        'enabled (Get-CsHostingProvider; on an Edge of Office Communications Server 2007 R2, the federated partner {domain} with that Access Edge).'
    }
    @{
        Tokens = 'SIP 403', 'SIP 404', 'ErrorCode 1002', 'ErrorCode 1005', 'ErrorCode 1012', 'ErrorCode 1027'
        Check  = 'Not allowed or not routed. Check that {domain} is an allowed domain (Get-CsAllowedDomain; on an Edge of Office Communications Server 2007 R2, a federated partner) and no blocked one (Get-CsBlockedDomain), that federation ' +
        'is on (Get-CsAccessEdgeConfiguration: AllowFederatedUsers; on that other Edge, EnableFederation too){push}, and that all of it has reached the Edge (Get-CsManagementStoreReplicationStatus).'
    }
}
