# What a test leaves: the wait for replication before it, its result as JSON, and the results of the stack as JUnit XML.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    $script:folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'results-' + [Guid]::NewGuid())

    function Get-Case {
        # The element of one result in the XML of a stack.
        param([string] $Result, [string] $Message)
        $found = New-Object -TypeName PSObject -Property @{ result = $Result; message = $Message; seconds = 1.5; cmdlet = 'Test-CsFederatedPartner'; startedAt = '2026-01-01T00:00:00Z'; attempts = @() }
        return ([xml] [Text.Encoding]::UTF8.GetString((ConvertTo-JUnit -Stack 's' -Results @(@{ Name = 'T'; Kind = 'FederationTest'; Found = $found })))).testsuites
    }

    function New-Status {
        param([string] $Name, [bool] $UpToDate)
        return New-Object -TypeName PSObject -Property @{ ReplicaFqdn = $Name; UpToDate = $UpToDate; LastUpdateCreation = $null; LastStatusReport = $null }
    }
}

AfterAll { if ([IO.Directory]::Exists($script:folder)) { [IO.Directory]::Delete($script:folder, $true) } }

Describe 'the results of a stack' {
    It 'count a <result> as <counted>' -ForEach @(
        @{ Result = 'Failure'; Counted = 'failures' }
        @{ Result = 'Unfinished'; Counted = 'errors' }
    ) {
        $suites = Get-Case -Result $Result -Message ('504' + [char] 7 + ' <down>')
        $suites.$Counted | Should -BeExactly '1'
        $suites.testsuite.testcase.time | Should -BeExactly '1.500'
        $suites.testsuite.testcase.FirstChild.message | Should -BeExactly '504 <down>'
    }

    It 'hold a test that has left nothing as skipped' {
        $suites = ([xml] [Text.Encoding]::UTF8.GetString((ConvertTo-JUnit -Stack 's' -Results @(@{ Name = 'T'; Kind = 'FederationTest'; Found = $null })))).testsuites
        $suites.skipped | Should -BeExactly '1'
    }

    It 'are written whole, and one that cannot be read counts as none' {
        $own = New-Object -TypeName PSObject -Property @{ name = 'T'; kind = 'FederationTest'; file = 't' }
        $other = New-Object -TypeName PSObject -Property @{ name = 'U'; kind = 'FederationTest'; file = 'u' }
        $option = @{ ReportDirectory = $script:folder; Index = (New-Object -TypeName PSObject -Property @{ Own = $own; stack = 's'; file = 'all'; tests = @($own, $other) }) }
        $null = [IO.Directory]::CreateDirectory($script:folder)
        [IO.File]::WriteAllText((Get-ReportPath -Option $option -Name 'u' -Ending 'json'), '{')
        $record = @{ result = 'Success'; message = ''; seconds = 2; cmdlet = 'Test-CsFederatedPartner'; startedAt = '2026-01-01T00:00:00Z'; attempts = @() }
        $lines = Get-WrittenLine { Write-TestReport -Record $record -Option $option }
        $lines -join "`n" | Should -BeLike 'WARNING: the result in *u.json cannot be read, and counts as none: *'
        $suites = ([xml] [IO.File]::ReadAllText((Get-ReportPath -Option $option -Name 'all' -Ending 'xml'))).testsuites
        $suites.tests + $suites.failures + $suites.skipped | Should -BeExactly '201'
    }
}

Describe 'the computers that a test waits for' {
    It 'are all that Lync Server knows, or those that are named, in any case' {
        Mock Get-ReplicaStatus { New-Status 'edge01.contoso.com' $true; New-Status 'fe01.contoso.com' $true }
        Get-AwaitedReplica -Wanted 'all' | Should -BeExactly @('edge01.contoso.com', 'fe01.contoso.com')
        Get-AwaitedReplica -Wanted 'EDGE01.contoso.com' | Should -BeExactly 'EDGE01.contoso.com'
    }

    It 'are an error where Lync Server does not know them' {
        Mock Get-ReplicaStatus { New-Status 'fe01.contoso.com' $true }
        { Get-AwaitedReplica -Wanted 'edge9.contoso.com' } | Should -Throw 'Replication does not know *edge9.contoso.com*Get-CsManagementStoreReplicationStatus shows: fe01.contoso.com.*'
        Mock Get-ReplicaStatus { }
        { Get-AwaitedReplica -Wanted 'all' } | Should -Throw '*shows no computer at all*'
    }
}
