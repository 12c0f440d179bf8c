# A remote session: how it is opened, what it brings, and what is said where it does not come about or breaks. The sessions are real
# ones, in no-language mode, with a simulated server at the far end; they are as few as possible, since each is a process.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'simulator', 'Network', 'Network.psd1'))
    $pool = 'https://pool01.contoso.com/OcsPowerShell'
    $state = [IO.File]::ReadAllText($env:SIMULATED_LYNC_STATE)

    function Set-Remote {
        # What the network and the pools are like from now on.
        param([hashtable] $Values = @{}, [object[]] $Faults = @(), [object[]] $Results = @())
        $now = ConvertFrom-Json -InputObject $state
        foreach ($name in $Values.Keys) { $now.remote.$name = $Values[$name] }
        $now.faults = $Faults
        $now.testResults = $Results
        [IO.File]::WriteAllText($env:SIMULATED_LYNC_STATE, (ConvertTo-Json -InputObject $now -Depth 8))
    }

    function Get-OpenCount {
        $folder = $env:SIMULATED_LYNC_STATE + '.sessions'
        if (-not [IO.Directory]::Exists($folder)) { return 0 }
        return [IO.Directory]::GetFiles($folder, '*.open').Length
    }

    function Get-Thrown {
        param([scriptblock] $Body)
        try { & $Body } catch { return $_.Exception.Message }
        return ''
    }

    function Get-Applied {
        # What a deploy of one allowed domain says.
        param([string] $Name)
        Get-WrittenLine { Invoke-WithRetry -Body { Sync-LyncObject -Kind (Get-LyncKind -Name 'AllowedDomain') -Settings @{ Identity = $Name } } }
    }

    $env:LYNC_SESSION_URI = $pool
    $env:LYNC_SESSION_AUTHENTICATION = 'Default'
}

AfterAll {
    Close-LyncSession
    foreach ($name in 'URI', 'AUTHENTICATION', 'USER', 'PASSWORD') { [Environment]::SetEnvironmentVariable('LYNC_SESSION_' + $name, $null) }
    [IO.File]::WriteAllText($env:SIMULATED_LYNC_STATE, $state)
    Remove-Module -Name Network
}

Describe 'a session' {
    BeforeAll {
        # The second pool is the first that answers, and it does not allow five minutes of idleness.
        $env:LYNC_SESSION_URI = 'https://pool00.contoso.com/OcsPowerShell ' + $pool
        Set-Remote -Values @{ longestIdleSeconds = 120; withheld = @('Set-CsAllowedDomain'); credential = 'CONTOSO\lync secret-word' }
        $env:LYNC_SESSION_USER = 'CONTOSO\lync'
        $env:LYNC_SESSION_PASSWORD = 'secret-word'
        $lines = Get-WrittenLine { Import-LyncModule -Kinds (Get-LyncKind -Name 'AllowedDomain') }
        $written = $lines -join "`n"
    }

    It 'is opened with the first pool that answers, and says why not with the others' {
        $written | Should -BeLike 'WARNING: No session with https://pool00.contoso.com/OcsPowerShell: *The pool does not answer.*DNS know pool00.contoso.com*'
        $lines[-1] | Should -BeExactly "The session with $pool is open."
        Get-OpenCount | Should -Be 1
    }

    It 'is one, however often cmdlets are asked for' {
        $null = Get-WrittenLine { Import-LyncModule -Kinds (Get-LyncKind -Name 'AllowedDomain') }
        Get-OpenCount | Should -Be 1
    }

    It 'has the cmdlets of the operation and no others' {
        $script:Far.Imported | Sort-Object | Should -BeExactly @('Get-CsAllowedDomain', 'Get-CsBlockedDomain', 'New-CsAllowedDomain', 'Remove-CsAllowedDomain')
    }

    It 'runs no script at the far end' {
        { Invoke-Command -Session $script:Far.Session -ScriptBlock { $a = 1 } -ErrorAction Stop } | Should -Throw
    }

    It 'has what an object is at the far end: made, read and compared' {
        @(Get-Applied -Name 'a.contoso.com')[-1] | Should -BeExactly 'AllowedDomain "a.contoso.com" is now as declared.'
        @(Get-Applied -Name 'A.contoso.com')[-1] | Should -BeExactly 'AllowedDomain "A.contoso.com" is as declared; nothing to do.'
    }

    It 'says what the role lacks, and how to get it, though the tools are on this machine' {
        Get-Command -Name Set-CsAllowedDomain -Module Lync | Should -Not -BeNullOrEmpty
        $text = Get-Thrown { Invoke-Mutation -Name 'Set-CsAllowedDomain' -Parameters @{ Identity = 'a.contoso.com'; Comment = 'x' } }
        $text | Should -BeLike "Set-CsAllowedDomain failed: *The session with $pool has no Set-CsAllowedDomain. Either no role of the account CONTOSO\lync has it*"
        $text | Should -BeLike '*Get-CsAdminRole | Where-Object { $_.Cmdlets -match "Set-CsAllowedDomain" }*'
    }

    It 'is told by the check of the runner, with what is missing' {
        $text = Get-Thrown { Assert-Runner -Kinds 'AllowedDomain' -Unchanged 'nothing has been changed.' }
        $text | Should -BeLike "The runner is not ready, and nothing has been changed.*has no Set-CsAllowedDomain.*"
        Mock Get-NeededCmdlet { 'Get-CsAllowedDomain' }
        Get-WrittenLine { Assert-Runner -Kinds 'AllowedDomain' -Unchanged '' } | Should -BeLike "The runner is ready: PowerShell *, a session with $pool, 1 cmdlets."
    }

    It 'tries a fault of the store again, and a refused login not' {
        $fault = @{ cmdlet = 'New-CsAllowedDomain'; kind = 'throwBefore'; exception = 'Microsoft.Rtc.Common.Data.SqlConnectionException'; inner = 'System.Data.SqlClient.SqlException' }
        Set-Remote -Faults @($fault)
        Mock Start-Sleep { }
        (Get-Applied -Name 'd.contoso.com') -join "`n" | Should -BeLike '*Trying again in 2 s (1 of 3).*"d.contoso.com" is now as declared.'
        Set-Remote -Faults @($fault + @{ number = 18456 })
        Get-Thrown { Get-Applied -Name 'e.contoso.com' } | Should -BeLike '*it needs a role that has it, such as CsAdministrator.*'
        Should -Invoke Start-Sleep -Times 1 -Exactly
    }

    It 'takes what a test cmdlet throws for its result, and asks for no log' {
        $throws = 'Microsoft.Rtc.Signaling.FailureResponseException'
        Set-Remote -Results @(@{ cmdlet = 'Test-CsFederatedPartner'; result = 'Failure'; error = '504'; throws = $throws })
        Test-Logged -Option @{ ReportDirectory = 'reports' } | Should -Be $false
        $null = Get-WrittenLine { Import-LyncModule -Kinds (Get-LyncKind -Name 'FederationTest') }
        $outcome = Invoke-TestCmdlet -Cmdlet 'Test-CsFederatedPartner' -Arguments @{ TargetFqdn = 'accessproxy.contoso.com'; Domain = 'push.lync.com' } -Logged $false
        $outcome.Result | Should -BeExactly 'Failure'
        $outcome.Diagnosis | Should -BeLike "$throws*"
        Get-OpenCount | Should -Be 1
    }

    It 'is opened anew where the pool has ended it while nothing ran' {
        $script:Far.Session.Runspace.Close()
        $lines = @(Get-WrittenLine { $null = Get-LyncList -Cmdlet 'Get-CsAllowedDomain' })
        $lines[0] | Should -BeExactly "The session with $pool has ended meanwhile."
        Get-OpenCount | Should -Be 1
    }

    It 'is closed while PowerShell does not listen, which may wait for itself for ever' {
        $script:listening = $null
        $script:handler = {
            param($Runspace, $Change)
            # The next step comes from a thread that can run no script.
            $Runspace.remove_StateChanged($script:handler)
            $script:listening = @(Get-EventSubscriber -Force | Where-Object { [object]::ReferenceEquals($_.SourceObject, $Runspace) }).Count
        } -as [EventHandler[Management.Automation.Runspaces.RunspaceStateEventArgs]]
        @(Get-EventSubscriber -Force | Where-Object { [object]::ReferenceEquals($_.SourceObject, $script:Far.Session.Runspace) }).Count | Should -Be 1
        $script:Far.Session.Runspace.add_StateChanged($script:handler)
        Close-LyncSession
        $script:listening | Should -Be 0
        Get-OpenCount | Should -Be 0
        $null = Get-WrittenLine { Import-LyncModule -Kinds (Get-LyncKind -Name 'AllowedDomain') }
    }

    It 'that breaks after a change is opened anew, and the change is not made twice' {
        Set-Remote -Faults @(@{ cmdlet = 'New-CsAllowedDomain'; kind = 'dieAfter' })
        $lines = Get-Applied -Name 'b.contoso.com'
        ($lines -join "`n") | Should -BeLike "*The session with $pool broke: New-CsAllowedDomain failed: *Once more over a new session*"
        $lines[-1] | Should -BeExactly 'AllowedDomain "b.contoso.com" is as declared; nothing to do.'
        Get-OpenCount | Should -Be 1
    }

    It 'that cannot be opened again says what was under way' {
        Set-Remote -Faults @(@{ cmdlet = 'New-CsAllowedDomain'; kind = 'dieBefore' }) -Values @{ credential = 'CONTOSO\lync another-one' }
        $text = Get-Thrown { Get-Applied -Name 'c.contoso.com' }
        $text | Should -BeLike "*No session with $pool*and does not let the account CONTOSO\lync in.*No other pool has been tried*"
        $text | Should -BeLike '*The session broke during this call, and nobody knows whether it had its effect:*> New-CsAllowedDomain -Identity "c.contoso.com"*The next deploy reads*'
        $text | Should -Not -BeLike '*secret-word*'
        Get-OpenCount | Should -Be 0
    }
}

Describe 'where no session comes about' {
    It 'the advice goes by the number that WinRM gives: <code>' -ForEach @(
        @{ Code = -2144108103; Advice = 'The pool does not answer.' }
        @{ Code = -2144108250; Advice = 'The pool does not answer.' }
        @{ Code = 12175; Advice = 'The certificate of the pool is not accepted, and its check stays on.' }
        @{ Code = -2147012721; Advice = 'The certificate of the pool is not accepted, and its check stays on.' }
        @{ Code = -2146893039; Advice = 'Kerberos could not sign in.' }
        @{ Code = 5; Advice = 'The pool answers, and does not let the account' }
        @{ Code = -2147023570; Advice = 'The pool answers, and does not let the account' }
        @{ Code = -2144108123; Advice = 'The pool answers, and has as many sessions as it allows (' }
        @{ Code = -2144108316; Advice = 'This way to sign in wants the pool among the TrustedHosts. With https and Kerberos that is not needed' }
        @{ Code = 87; Advice = 'Check that this machine reaches pool01.contoso.com by https' }
    ) {
        $exception = New-Object -TypeName System.Management.Automation.Remoting.PSRemotingTransportException -ArgumentList 'any words'
        $exception.ErrorCode = $Code
        Get-SessionAdvice -Fault (Get-SessionFault -Exception $exception) -Uri $pool | Should -BeLike "$Advice*"
    }

    It 'a PowerShell without a client for it is told, by what it throws itself' -Skip:([Environment]::OSVersion.Platform -eq 'Win32NT') {
        $thrown = $null
        try { $null = Microsoft.PowerShell.Core\New-PSSession -ConnectionUri $pool -ErrorAction Stop } catch { $thrown = $_.Exception }
        Get-SessionAdvice -Fault (Get-SessionFault -Exception $thrown) -Uri $pool | Should -BeLike '*no client for WS-Management*Deploy from a Windows machine*'
    }

    It 'a process waits for one of three places, so that a deploy does not take all that the pool allows' {
        $script:asked = 0
        Mock Enter-Mutex {
            $script:asked = $script:asked + 1
            return $script:asked -ge 5
        }
        Wait-SessionTurn | Should -Not -BeNullOrEmpty
        $script:asked | Should -Be 5
        $script:Progress.Limited | Should -Be $true
    }

    It 'a pool that has as many sessions as it allows is asked again until it has a place' {
        Set-Remote -Values @{ limit = 0 }
        $script:slept = 0
        Mock Start-Sleep {
            $script:slept++
            if ($script:slept -eq 7) { Set-Remote }
        }
        $lines = @(Get-WrittenLine { Open-LyncSession })
        @($lines -like 'Waiting for a place at the pool: *') | Should -BeExactly @('Waiting for a place at the pool: 0 s of at most 360 s.', 'Waiting for a place at the pool: 60 s of at most 360 s.')
        $lines[-1] | Should -BeExactly "The session with $pool is open."
        $script:Progress.Limited | Should -Be $true
        Close-LyncSession
    }

    It 'a pool that never has a place is an error after six minutes, and one of another kind is at once: <faults>' -ForEach @(
        @{ Faults = @('Unreachable', 'Quota'); Waits = 36 }
        @{ Faults = @('Quota', 'SignIn'); Waits = 0 }
        @{ Faults = @('Unreachable', 'Certificate'); Waits = 0 }
    ) {
        Mock Start-Sleep { }
        Mock Find-LyncSession { $Faults | ForEach-Object { @{ Fault = $_; Text = $_ + '.' } } }
        Get-Thrown { $null = Get-WrittenLine { Open-LyncSession } } | Should -BeExactly ($Faults -join ('.' + [Environment]::NewLine) | ForEach-Object { $_ + '.' })
        Should -Invoke Start-Sleep -Times $Waits -Exactly
    }

    It 'a credential that is half given is an error: <missing>' -ForEach @(
        @{ User = 'CONTOSO\lync'; Password = $null; Missing = 'LYNC_SESSION_PASSWORD' }
        @{ User = $null; Password = 'secret-word'; Missing = 'LYNC_SESSION_USER' }
    ) {
        $env:LYNC_SESSION_USER = $User
        $env:LYNC_SESSION_PASSWORD = $Password
        $text = Get-Thrown { Import-LyncModule -Kinds (Get-LyncKind -Name 'AllowedDomain') }
        $text | Should -BeLike "The credential of the session is half given: $Missing is not set.*"
        $text | Should -Not -BeLike '*secret-word*'
    }

    It 'a credential that the way to sign in would not use is an error' {
        $env:LYNC_SESSION_USER = 'CONTOSO\lync'
        $env:LYNC_SESSION_PASSWORD = 'secret-word'
        $env:LYNC_SESSION_AUTHENTICATION = 'NegotiateWithImplicitCredential'
        Get-Thrown { Get-SessionCredential } | Should -BeLike '*takes no credential*Clear both variables*'
    }
}

Describe 'the password' {
    It 'is in no line' {
        $env:LYNC_SESSION_AUTHENTICATION = 'Default'
        $null = Get-SessionCredential
        Get-WrittenLine { Write-Line 'the word is secret-word.' } | Should -BeExactly 'the word is (not shown).'
    }
}
