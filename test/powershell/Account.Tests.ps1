# The part of the pre-flight that looks at the account: who runs Lync Server's cmdlets on this machine needs a group.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    $problem = 'is not in the group RtcUniversalServerAdmins'

    function Get-Problem {
        # A cmdlet of PowerShell itself stands for a compiled one of Lync Server; those of the simulated server are functions,
        # as in a remote session.
        param([string] $Cmdlet = 'Import-Module')
        return @(Get-RunnerProblem -Kinds @(@{ Get = 'Get-CsAllowedDomain'; Set = $Cmdlet }) -NeedsDnsSrvRouting $false) -join "`n"
    }
}

Describe 'the account' {
    It 'without the group is told so, before anything is changed' {
        Mock Get-AccountGroup { return 'CONTOSO\Domain Users', 'CONTOSO\RTCUniversalReadOnlyAdmins' }
        $said = Get-Problem
        $said | Should -BeLike "*$problem*"
        $said | Should -BeLike '*groups count from the logon on*'
    }

    It 'in the group is ready, whatever the case of its name' {
        Mock Get-AccountGroup { return 'CONTOSO\Domain Users', 'CONTOSO\RTCUniversalServerAdmins' }
        Get-Problem | Should -Not -BeLike "*$problem*"
        Should -Invoke Get-AccountGroup -Times 1 -Exactly
    }

    It 'of a remote session is ready by its role, not by the groups that it has on this machine' {
        Mock Get-AccountGroup { return 'CONTOSO\Domain Users' }
        Get-Problem -Cmdlet 'Set-CsAllowedDomain' | Should -Not -BeLike "*$problem*"
    }

    It 'has the groups that the system tells; a system without such groups is no obstacle' {
        # The account that runs tests is no administrator of Lync Server.
        (Get-Problem) -like "*$problem*" | Should -Be ([Environment]::OSVersion.Platform -eq 'Win32NT')
    }
}
