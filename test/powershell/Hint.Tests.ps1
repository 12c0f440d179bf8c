# What to check when a test fails, told by response codes, error codes and names of types, in whatever language the server speaks.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
}

BeforeDiscovery {
    $noAnswer = '^No answer'
    $refused = '^Not allowed or not routed\.'
    $certificate = '^Certificate\.'
    $unknown = '^Error and Diagnosis name no known cause\.'
    $german = '504, Server-Zeit' + [char] 0xFC + 'berschreitung'
    $ids = 'Task 404b7c1e-403a-4f1b-9d10-5040a8b7c6d5 at lync504.contoso.com (edge-504.contoso.com:504) failed'
    $cases = @(
        @{ What = 'a 504'; Text = '504, Server time-out'; Diagnosis = 'ErrorCode=2,Source=a,Reason=See response code'; Hints = '^No answer in time\.' }
        @{ What = 'a 504 in German'; Text = $german; Diagnosis = ''; Hints = '^No answer in time\.' }
        @{ What = 'a refusal'; Text = '403, Forbidden'; Diagnosis = 'ErrorCode=1027,Source=a'; Hints = $refused }
        @{ What = 'a domain that is not routed'; Text = '404, Not Found'; Diagnosis = 'ErrorCode=1005,Source=a'; Hints = $refused }
        @{ What = 'no trust'; Text = '504, Server time-out'; Diagnosis = 'ErrorCode=1010,Source=a'; Hints = $certificate, $noAnswer }
        @{ What = 'no TLS'; Text = ''; Diagnosis = 'ErrorCode = 1047 , Source=a'; Hints = $certificate }
        @{ What = 'a failure of TLS by its type'; Text = 'Microsoft.Rtc.Signaling.TlsFailureException: x'; Diagnosis = ''; Hints = $certificate }
        @{ What = 'an expired certificate'; Text = 'TlsFailureReason CertificateExpired'; Diagnosis = ''; Hints = $certificate }
        @{ What = 'no SRV record'; Text = '404, Not Found'; Diagnosis = 'ErrorCode=1008,Source=a'; Hints = '^DNS\. .*_sipfederationtls\._tcp\.push\.lync\.com', '^Not allowed' }
        @{ What = 'no host'; Text = '504'; Diagnosis = 'ErrorCode=1014;WinsockFailureCode=11001(WSAHOST_NOT_FOUND)'; Hints = '^DNS\.', $noAnswer }
        @{ What = 'nothing known'; Text = 'No such host is known'; Diagnosis = ''; Hints = $unknown + ' .*accessproxy\.contoso\.com is the internal FQDN' }
        @{ What = 'numbers that are no response code'; Text = 'port 5061, 10.0.0.504, 1504'; Diagnosis = 'ErrorCode=15040'; Hints = $unknown }
        @{ What = 'numbers within names and ids'; Text = $ids; Diagnosis = 'Source=sip-403.contoso.com'; Hints = $unknown }
        @{ What = 'an id at the beginning'; Text = '404-7c1e'; Diagnosis = ''; Hints = $unknown }
        @{ What = 'a code within what is thrown'; Text = 'A 504 (Server time-out) response was received.'; Diagnosis = ''; Hints = $noAnswer }
        @{ What = 'TLS of the other side'; Text = '504, Server time-out'; Diagnosis = 'ErrorCode=1039,Source=a'; Hints = $certificate, $noAnswer }
        @{ What = 'TLS by its HRESULT'; Text = ''; Diagnosis = 'HRESULT=0x80131500(unknown)'; Hints = $certificate }
        @{ What = 'a time skew'; Text = '401, Unauthorized'; Diagnosis = 'ErrorCode=1013,Source=a'; Hints = '^Clocks\.' }
    )
}

Describe 'hints' {
    BeforeAll {
        $federation = @{ TargetFqdn = 'accessproxy.contoso.com'; Domain = 'push.lync.com'; ProxyFqdn = 'sipfed.online.lync.com' }
    }

    It 'for <what>' -ForEach $cases {
        $found = @(Get-TestHint -ErrorText $Text -Diagnosis $Diagnosis -Parameters $federation)
        $found.Count | Should -Be @($Hints).Count
        for ($index = 0; $index -lt $found.Count; $index++) { $found[$index] | Should -MatchExactly @($Hints)[$index] }
    }

    It 'of a push notification test are about the domain of the service, and its own switches' {
        $ofPush = @(Get-TestHint -ErrorText '403' -Diagnosis '' -Parameters @{ AccessEdgeFqdn = 'accessproxy.contoso.com' }) -join ','
        $ofPush | Should -BeLike '*Check that push.lync.com is an allowed domain*'
        $ofPush | Should -BeLike '*Get-CsPushNotificationConfiguration*'
        $ofFederation = @(Get-TestHint -ErrorText '403, Forbidden' -Diagnosis 'ErrorCode=1027,Source=a' -Parameters $federation) -join ','
        $ofFederation | Should -Not -BeLike '*Get-CsPushNotificationConfiguration*'
    }
}
