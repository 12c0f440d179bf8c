# Errors and values that come from a remote session, where types are names and enumerations are numbers with a text.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'FarError.ps1'))
}

BeforeDiscovery {
    . ([IO.Path]::Combine($PSScriptRoot, 'FarError.ps1'))
    $sql = 'System.Data.SqlClient.SqlException'
    # Lync Server's own wrapper.
    $wrapper = 'Microsoft.Rtc.Common.Data.SqlConnectionException'
    $text = $sql + ' (0x80131904): Anmeldefehler ---> System.Exception: x. Fehlernummer:{0},Status:1,Klasse:14'
    $several = @{ Errors = @(@{ Number = 4060 }, (New-Far -Type 'X' -Values @{ Number = 18456 })) }
    $judged = @(
        @{ What = 'a fault of SQL Server'; Exception = (New-FarError -Type $sql -Values @{ Number = 1205 }); Passing = $true; Refused = $false }
        @{ What = 'a refused login'; Exception = (New-FarError -Type $sql -Values @{ Number = 18456 }); Passing = $false; Refused = $true }
        @{ What = 'a time-out'; Exception = (New-FarError -Type 'System.TimeoutException'); Passing = $true; Refused = $false }
        @{ What = 'what Lync Server wraps its faults in'; Exception = (New-FarError -Type $wrapper); Passing = $true; Refused = $false }
        @{ What = 'a wrapped fault'; Exception = (New-FarError -Type $wrapper -Inner (New-FarSql -Number -2)); Passing = $true; Refused = $false }
        @{ What = 'a wrapped refused login'; Exception = (New-FarError -Type $wrapper -Inner (New-FarSql -Number 18456)); Passing = $false; Refused = $true }
        @{ What = 'one among several'; Exception = (New-FarError -Type $wrapper -Inner (New-FarSql -Number 4060 -Values $several)); Passing = $false; Refused = $true }
        @{ What = 'a wrapped fault that is only a text'; Exception = (New-FarError -Type $wrapper -Inner ($text -f 1205)); Passing = $true; Refused = $false }
        @{ What = 'a wrapped refused login that is only a text'; Exception = (New-FarError -Type $wrapper -Inner ($text -f 18456)); Passing = $false; Refused = $true }
        @{ What = 'a denial'; Exception = (New-FarError -Type 'System.UnauthorizedAccessException'); Passing = $false; Refused = $true }
        @{ What = 'anything else'; Exception = (New-FarError -Type 'System.InvalidOperationException'); Passing = $false; Refused = $false }
        @{ What = 'words alone'; Exception = (New-Object -TypeName System.Exception -ArgumentList 'SqlException 18456'); Passing = $false; Refused = $false }
    )
}

Describe 'an error of a session' {
    It 'is judged by the types and numbers of the far side, also those of what it wraps: <what>' -ForEach $judged {
        Test-TransientFault -Exception $Exception | Should -BeExactly $Passing
        Test-AccessRefused -Exception $Exception | Should -BeExactly $Refused
    }

    It 'has the advice that the same error has here: <error>' -ForEach @(
        @{ Error = 'a missing cmdlet'; Exception = (New-FarError -Type 'System.Management.Automation.CommandNotFoundException'); Advice = 'gives this account no Get-CsX' }
        @{
            Error     = 'an unknown parameter'
            Exception = (New-FarError -Type 'System.Management.Automation.ParameterBindingException' -Values @{ ErrorId = 'NamedParameterNotFound'; ParameterName = 'Level' })
            Advice    = 'does not take the parameters above (Level)'
        }
        @{ Error = 'a refused login'; Exception = (New-FarError -Type $wrapper -Inner (New-FarSql -Number 18456)); Advice = 'such as CsAdministrator' }
    ) {
        Get-CmdletAdvice -Cmdlet 'Get-CsX' -Exception $Exception | Should -BeLike "*$Advice*"
    }
}

Describe 'an enumeration' {
    BeforeAll {
        $kind = @{ Properties = @{ Level = 'Level'; Port = 'UInt64'; None = 'Text' } }
        $near = New-Object -TypeName psobject -Property @{ Level = [DayOfWeek]::Tuesday; Port = 443; None = $null }
        $far = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($near, 1))
    }

    It 'of <where> reads as its name, a number stays one, and nothing stays nothing' -ForEach @(@{ Where = 'this machine' }, @{ Where = 'a session' }) {
        $object = if ($Where -eq 'a session') { $far } else { $near }
        $actual = ConvertTo-ActualSetting -Kind $kind -Object $object
        $actual.Count | Should -Be 3
        $actual.Level | Should -BeExactly 'Tuesday'
        $actual.Level | Should -BeOfType [string]
        $actual.Port | Should -BeExactly 443
        $actual.None | Should -BeNullOrEmpty
    }

    It 'of a session is the same as its name, whatever its case' {
        @(Compare-Setting -Kind @{ Properties = @{ Level = 'Level' } } -Expected @{ Level = 'tuesday' } -Actual (ConvertTo-ActualSetting -Kind $kind -Object $far)).Count | Should -Be 0
    }

    It 'whose name is a method of the number reads as its name' {
        $member = [psobject]::AsPSObject(2)
        $member.PSObject.Members.Add((New-Object -TypeName System.Management.Automation.PSScriptMethod -ArgumentList 'ToString', { 'Tuesday' }))
        ConvertFrom-Enumeration -Value $member | Should -BeExactly 'Tuesday'
    }
}
