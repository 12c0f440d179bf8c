# The time limit of a script ends with it: a PowerShell that ends at the very moment at which its watchdog does may crash.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
}

Describe 'the watchdog of a script' {
    It 'has ended when the script goes on to its end' {
        foreach ($time in 1..50) {
            $progress = [hashtable]::Synchronized(@{ Done = (New-Object -TypeName System.Threading.ManualResetEvent -ArgumentList $false) })
            $watch = Start-Watchdog -Progress $progress -Seconds 60
            Stop-Watchdog -Progress $progress -Watch $watch
            $watch.IsCompleted | Should -Be $true
        }
    }
}
