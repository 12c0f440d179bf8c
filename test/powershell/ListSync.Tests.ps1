# Many objects in one process: progress, turns for others, and what happens where all fail.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    Mock Start-Sleep {}
    Mock Invoke-WithLock { $script:locks++; & $Body }

    function Invoke-Cmdlet {
        # A server that holds what it is given, and fails as the test says.
        param([string] $Name, [hashtable] $Parameters)
        $script:calls += $Name
        if ($Name -eq 'Get-CsBlockedDomain') { return }
        if ($Name -eq 'Get-CsAllowedDomain') { return $script:server.Values }
        if ($null -ne $script:fails) { & $script:fails $Parameters.Identity }
        $script:server[$Parameters.Identity] = New-Object -TypeName psobject -Property @{ Identity = $Parameters.Identity; Comment = $Parameters['Comment']; ProxyFqdn = ''; MarkForMonitoring = $false }
    }

    function Save-ReplicationMark { }

    function Start-List {
        # The lines of a run over so many domains.
        param([int] $Count, [scriptblock] $Fails)
        $script:fails = $Fails
        $script:server = @{}
        $script:calls = @()
        $script:locks = 0
        $script:message = ''
        $objects = @(for ($index = 1; $index -le $Count; $index++) { @{ Identity = 'd' + $index + '.com'; Settings = @{ Identity = 'd' + $index + '.com' }; Hidden = ''; Retained = $false } })
        Get-WrittenLine -Body {
            try { Complete-ObjectList -Run (Sync-ObjectList -Kind (Get-LyncKind -Name 'AllowedDomain') -Objects $objects) }
            catch { $script:message = $_.Exception.Message }
        }
    }
}

Describe 'a list' {
    It 'of more than 500 changes lets others have the lock in between, and looks anew then' {
        $lines = Start-List -Count 1001
        $lines[0] | Should -Be '0 of 1,001 objects are as declared already; 1,001 to go.'
        $lines[-1] | Should -Be 'All 1,001 objects are as declared; 1,001 of them only now. They belong to this stack, and leave with it.'
        $script:locks | Should -Be 3
        @($script:calls | Where-Object { $_ -eq 'Get-CsAllowedDomain' }).Count | Should -Be 6
        @($script:calls | Where-Object { $_ -eq 'Get-CsBlockedDomain' }).Count | Should -Be 3
    }

    It 'counts what another process does between two parts as done' {
        Mock Wait-ListTurn { $script:server['d600.com'] = New-Object -TypeName psobject -Property @{ Identity = 'd600.com'; ProxyFqdn = ''; Comment = ''; MarkForMonitoring = $false } }
        $lines = Start-List -Count 700
        $script:message | Should -Be ''
        $lines[-1] | Should -Match '^All 700 objects are as declared; 699 of them only now'
    }

    It 'tells every few seconds how far it is' {
        $run = @{ Tried = 312; Total = 1000; Seconds = 40.2; Said = 36.0 }
        Get-WrittenLine -Body { Write-ListProgress -Run $run } | Should -Be ''
        $run.Said = 35.0
        $lines = Get-WrittenLine -Body { Write-ListProgress -Run $run; Write-ListProgress -Run $run }
        $lines | Should -Be '312 of 1,000, 40 s, about 89 s left'
    }

    It 'goes on after those that fail, and names each at its end' {
        $null = Start-List -Count 5 -Fails { param($Identity) if ('d2.com', 'd4.com' -contains $Identity) { throw ('no ' + $Identity) } }
        $script:message | Should -Match '^2 of 5 objects are not as declared; 0 were before, 3 are only now\. The next deploy does the rest\.'
        $script:message | Should -Match 'AllowedDomain "d2\.com": no d2\.com'
        $script:message | Should -Match 'AllowedDomain "d4\.com": no d4\.com'
        $script:server.Count | Should -Be 3
    }

    It 'ends after three in a row that fail for the rights of the account' {
        $null = Start-List -Count 1000 -Fails { throw (New-Object -TypeName System.UnauthorizedAccessException -ArgumentList 'no') }
        $script:message | Should -Match '^1,000 of 1,000 objects are not as declared'
        $script:message | Should -Match '997 of them were not tried: the last 3 failed'
        @($script:calls | Where-Object { $_ -eq 'New-CsAllowedDomain' }).Count | Should -Be 3
    }

    It 'ends after three in a row where the session is gone' {
        Mock Test-RemoteSession { $true }
        $null = Start-List -Count 1000 -Fails { throw 'no pool answers' }
        $script:message | Should -Match '997 of them were not tried'
    }

    It 'says of one that failed after its effect that it is as declared' {
        $null = Start-List -Count 1 -Fails { param($Identity) $script:server[$Identity] = New-Object -TypeName psobject -Property @{ Identity = $Identity }; throw 'late' }
        $script:message | Should -Match 'AllowedDomain "d1\.com" is as declared all the same'
    }
}

Describe 'the text of a listed object' {
    It 'gives back every value, whatever stands in it' {
        $settings = ConvertFrom-ListedText -Identity 'a.com' -Text 'allowed, Comment ''It\''s \\, ProxyFqdn \''x\''\n(a|b) "$c"'', MarkForMonitoring ''true'''
        $settings.Keys.Count | Should -Be 3
        $settings.Comment | Should -BeExactly ("It's \, ProxyFqdn 'x'" + "`n" + '(a|b) "$c"')
        $settings.MarkForMonitoring | Should -Be 'true'
    }
}
