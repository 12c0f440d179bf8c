# What the code declares, as it comes, and held against what Lync Server has, whatever the language of the runner.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    $script:culture = [Threading.Thread]::CurrentThread.CurrentCulture
    $script:kind = @{ Properties = @{ Identity = 'Name'; Comment = 'Text'; Enabled = 'Boolean'; SipClientPort = 'UInt64'; VerificationLevel = 'Level' } }

    function Get-Difference {
        param([hashtable] $Expected, $Actual)
        return @(Compare-Setting -Kind $script:kind -Expected $Expected -Actual $Actual | ForEach-Object { $_.Property })
    }
}

AfterAll {
    foreach ($name in 'LYNC_SETTINGS', 'LYNC_CREATION', 'LYNC_OBJECTS_0', 'LYNC_OBJECTS_1') { [Environment]::SetEnvironmentVariable($name, $null) }
}

Describe 'a declared value' {
    BeforeEach { [Threading.Thread]::CurrentThread.CurrentCulture = $_ }
    AfterEach { [Threading.Thread]::CurrentThread.CurrentCulture = $script:culture }

    It 'is the same name in another case, and with an i that Turkish has four of: <_>' -ForEach @('en-US', 'tr-TR', 'th-TH', 'sv-SE') {
        Get-Difference -Expected @{ Identity = 'INFO.contoso.com' } -Actual @{ Identity = 'info.Contoso.com' } | Should -BeNullOrEmpty
        Get-Difference -Expected @{ Identity = 'info.contoso.com' } -Actual @{ Identity = ([string] [char] 0x131) + 'nfo.contoso.com' } | Should -BeExactly 'Identity'
    }

    It 'is another text by one character, one that a culture takes for nothing as well: <_>' -ForEach @('en-US', 'tr-TR', 'th-TH', 'sv-SE') {
        Get-Difference -Expected @{ Comment = 'ab' } -Actual @{ Comment = 'a' + [char] 0xAD + 'b' } | Should -BeExactly 'Comment'
        Get-Difference -Expected @{ Comment = 'ab' } -Actual @{ Comment = 'aB' } | Should -BeExactly 'Comment'
        Get-Difference -Expected @{ Comment = '' } -Actual @{ Comment = $null } | Should -BeNullOrEmpty
    }

    It 'is of the type that its cmdlet takes: <_>' -ForEach @('en-US', 'tr-TR', 'th-TH', 'sv-SE') {
        ConvertTo-DeclaredValue -Text 'true' -Type 'Boolean' | Should -Be $true
        ConvertTo-DeclaredValue -Text '18446744073709551615' -Type 'UInt64' | Should -Be ([uint64]::MaxValue)
        Get-AllowedText -Text ('alwaysverif' + [char] 0x131 + 'able') -Type 'Level' | Should -BeExactly 'AlwaysVerifiable, AlwaysUnverifiable, UseSourceVerification'
        Get-AllowedText -Text 'ALWAYSVERIFIABLE' -Type 'Level' | Should -BeNullOrEmpty
    }

    It 'is a time and seconds that every pipeline reads: <_>' -ForEach @('en-US', 'tr-TR', 'th-TH', 'sv-SE') {
        Format-Time ([DateTime]::Parse('2026-01-31T12:00:00Z', [Globalization.CultureInfo]::InvariantCulture)) | Should -BeExactly '2026-01-31T12:00:00Z'
        Format-Second 1.5 | Should -BeExactly '1.500'
    }
}

Describe 'settings that are declared' {
    It 'are compared where they are declared, and with an object that is not there all of them' {
        Get-Difference -Expected @{ Enabled = $true } -Actual @{ Enabled = $true; Comment = 'by hand' } | Should -BeNullOrEmpty
        Get-Difference -Expected @{ Enabled = $true } -Actual $null | Should -BeExactly 'Enabled'
    }

    It 'come as text, one that looks like a date as well' {
        $env:LYNC_SETTINGS = '{"Identity":":a.com","Comment":":2026-01-01T00:00:00Z"}'
        $settings = Get-DeclaredSetting
        $settings.Comment | Should -BeExactly '2026-01-01T00:00:00Z'
        $settings.Count | Should -Be 2
        Get-CreationSetting | Should -BeOfType [hashtable]
    }
}
