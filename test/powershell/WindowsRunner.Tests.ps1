# What is particular to Windows as a runner, as far as it can be told anywhere: its values are parameters of functions.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
}

Describe 'the folders of modules' {
    BeforeAll {
        $own = 'C:\Windows\System32\WindowsPowerShell\v1.0\Modules'
        $lync = 'C:\Program Files\Common Files\Microsoft Lync Server 2013\Modules'
        $current = @(
            'C:\Users\kim\Documents\PowerShell\Modules'
            'C:\Program Files\PowerShell\Modules'
            'c:\program files\powershell\7\Modules\'
            'C:\Program Files\WindowsApps\Microsoft.PowerShell_7.5.0.0_x64__8wekyb3d8bbwe\Modules'
            'C:\pipeline\modules'
            $own.ToLowerInvariant()
        ) -join ';'
        $given = @{ Current = $current; Machine = $own + '\;' + $lync; Engine = 'C:\Windows\System32\WindowsPowerShell\v1.0'; Documents = 'C:\Users\kim\Documents' }
    }

    It 'of Windows PowerShell are its own first, then what else was given, and none of PowerShell 7' {
        $others = $own, $lync, 'C:\pipeline\modules' -join ';'
        Get-ModulePath -Version '5.1.17763.1' -User '' @given | Should -BeExactly ('C:\Users\kim\Documents\WindowsPowerShell\Modules;' + $others)
        Get-ModulePath -Version '3.0' -User 'D:\mine' @given | Should -BeExactly ('D:\mine;' + $others)
    }

    It 'of PowerShell 7 stay what they are' {
        Get-ModulePath -Version '7.4.1' -User '' @given | Should -BeExactly $current
    }

    It 'that this process has stay what they are, where it is PowerShell 7' -Skip:($PSVersionTable.PSVersion.Major -lt 6) {
        $before = $env:PSModulePath
        try {
            $env:PSModulePath = '/one:/two'
            Initialize-ModulePath
            $env:PSModulePath | Should -BeExactly '/one:/two'
        }
        finally { $env:PSModulePath = $before }
    }
}

Describe 'a lock that another process has made' {
    BeforeAll {
        function Enter-Lock {
            # What is written while the lock is taken, or why it cannot be.
            try { Invoke-WithLock -LockName 'Global\LyncWindowsRunnerTest' -Body { return 'taken' } }
            catch { return $_.Exception.Message }
        }
        Mock New-LyncMutex { throw (New-Object -TypeName System.UnauthorizedAccessException) }
    }

    It 'and that this account may only wait for is opened as it is' {
        Mock Open-LyncMutex { return New-Object -TypeName System.Threading.Mutex -ArgumentList $false, $LockName }
        Enter-Lock | Should -BeExactly 'taken'
        Should -Invoke Open-LyncMutex -Times 1 -Exactly
    }

    It 'and that refuses this account is named, with what to do' {
        Mock Open-LyncMutex { throw (New-Object -TypeName System.UnauthorizedAccessException) }
        $message = Enter-Lock
        $message | Should -BeLike '*(Global\LyncWindowsRunnerTest) refuses the account *'
        $message | Should -BeLike '*End that process, or wait for its end, and deploy again.*'
    }
}

Describe 'a module that cannot be imported' {
    BeforeAll {
        $modulePath = $env:PSModulePath
        $env:PSModulePath = [string] $TestDrive + [IO.Path]::PathSeparator + $modulePath

        function Get-Told {
            # The message for a module of this text, or for one that is not there.
            param([string] $Name, [string] $Text, [switch] $Is32On64)
            if ($Text) {
                $folder = [IO.Path]::Combine($TestDrive, $Name)
                $null = [IO.Directory]::CreateDirectory($folder)
                [IO.File]::WriteAllText([IO.Path]::Combine($folder, $Name + '.psm1'), $Text)
            }
            $env:LYNC_MODULE = $Name
            try { Import-Module -Name $Name -ErrorAction Stop }
            catch { return Get-ModuleAdvice -Failure $_ -Is32On64 $Is32On64 }
        }
    }

    AfterAll {
        $env:PSModulePath = $modulePath
        $env:LYNC_MODULE = 'Lync'
    }

    It 'since it is not there is told with what to install' {
        Get-Told -Name 'ModuleNone' | Should -Match '^This machine has no PowerShell module "ModuleNone"\. Install '
    }

    It 'since it lacks <what> keeps its own message, and is not to be installed' -ForEach @(
        @{ What = 'a file'; Text = "throw (New-Object -TypeName System.IO.FileNotFoundException -ArgumentList 'Cannot load Microsoft.Rtc.Base.')"; Own = 'Cannot load Microsoft.Rtc.Base.' }
        @{ What = 'another module'; Text = 'Import-Module -Name NoSuchDependency -ErrorAction Stop'; Own = 'NoSuchDependency' }
    ) {
        $told = Get-Told -Name ('Lacks' + $Own.Length) -Text $Text
        $told | Should -BeLike '*cannot be imported: *'
        $told | Should -BeLike "*$Own*"
        $told | Should -Not -BeLike '*Install *'
    }

    It 'by a 32-bit PowerShell on a 64-bit Windows is told with the 32-bit Terraform that starts it' {
        Get-Told -Name 'ModuleNone' -Is32On64 | Should -BeLike '*Use the 64-bit terraform.exe.*'
        Get-Told -Name 'ModuleNone' | Should -Not -BeLike '*terraform.exe*'
    }

    It 'since a policy forbids its scripts is told with the group policy that outranks the command''s' {
        $text = "throw (New-Object -TypeName System.Management.Automation.PSSecurityException -ArgumentList 'not signed')"
        Get-Told -Name 'Forbidden' -Text $text | Should -BeLike '*outranks -ExecutionPolicy Bypass*'
    }
}
