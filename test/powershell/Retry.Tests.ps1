# Faults that pass by themselves are tried again, with growing waits, and thrown at last.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
    Mock Start-Sleep { $script:waits += $Seconds }

    function Invoke-Failing {
        # Counts the tries of what always throws this.
        param($Exception)
        $script:waits = @()
        $script:tries = 0
        $null = Get-WrittenLine -Body {
            { Invoke-WithRetry -Body { $script:tries++; throw $Exception } } | Should -Throw
        }
    }
}

Describe 'what always fails' {
    It 'as <what> is thrown at last after <waits.count> waits' -ForEach @(
        @{ What = 'a time-out'; Exception = (New-Object -TypeName System.TimeoutException -ArgumentList 'gone'); Waits = 2, 4, 8 }
        @{ What = 'a wrapped time-out'; Exception = (New-Object -TypeName System.Exception -ArgumentList 'outer', (New-Object -TypeName System.TimeoutException)); Waits = 2, 4, 8 }
        @{ What = 'words about a time-out alone'; Exception = (New-Object -TypeName System.InvalidOperationException -ArgumentList 'TimeoutException: timeout'); Waits = @() }
    ) {
        Invoke-Failing -Exception $Exception
        $script:waits -join ' ' | Should -Be ($Waits -join ' ')
        $script:tries | Should -Be ($Waits.Count + 1)
    }
}
