# A remote session: how it is opened, what it brings, and what is said where it does not come about or breaks. The sessions are real
# ones, in no-language mode, with a simulated server at the far end; they are as few as possible, since each is a process.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'simulator', 'Network', 'Network.psd1'))
    $pool = 'https://pool01.contoso.com/OcsPowerShell'
    $state = [IO.File]::ReadAllText($env:SIMULATED_LYNC_STATE)

    function Set-Remote {
        # What the network and the pools are like from now on.
        param([hashtable] $Values = @{}, [object[]] $Faults = @())
        $now = ConvertFrom-Json -InputObject $state
        foreach ($name in $Values.Keys) { $now.remote.$name = $Values[$name] }
        $now.faults = $Faults
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
        $lines = Get-Applied -Name 'a.contoso.com'
        $lines[-1] | Should -BeExactly 'AllowedDomain "a.contoso.com" is now as declared.'
        (Get-Applied -Name 'A.contoso.com')[-1] | Should -BeExactly 'AllowedDomain "A.contoso.com" is as declared; nothing to do.'
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
        Set-Remote -Faults @()
        Mock Get-NeededCmdlet { 'Get-CsAllowedDomain' }
        Get-WrittenLine { Assert-Runner -Kinds 'AllowedDomain' -Unchanged '' } | Should -BeLike "The runner is ready: PowerShell *, a session with $pool, 1 cmdlets."
    }

    It 'is opened anew where the pool has ended it while nothing ran' {
        $script:Far.Session.Runspace.Close()
        $lines = Get-WrittenLine { Get-LyncList -Cmdlet 'Get-CsAllowedDomain' }
        $lines[0] | Should -BeExactly "The session with $pool has ended meanwhile."
        Get-OpenCount | Should -Be 1
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
        $text | Should -BeLike "No session with $pool*and does not let the account CONTOSO\lync in.*No other pool has been tried*"
        $text | Should -BeLike '*The session broke during this call, and nobody knows whether it had its effect:*> New-CsAllowedDomain -Identity "c.contoso.com"*The next deploy reads*'
        $text | Should -Not -BeLike '*secret-word*'
        Get-OpenCount | Should -Be 0
    }
}
