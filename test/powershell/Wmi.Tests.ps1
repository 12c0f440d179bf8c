# What a fault of WMI is, told by its type and category where Get-WmiObject gives no code of its own.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))
}

Describe 'a fault of Get-WmiObject without a code' {
    It 'in the category <category> is <what>' -ForEach @(
        @{ Category = 'InvalidType'; Fault = 'NoAccessEdge'; What = 'a missing class' }
        @{ Category = 'InvalidOperation'; Fault = ''; What = 'nothing that is known' }
    ) {
        # The real one is in the .NET Framework alone.
        $exception = New-Object -TypeName System.Exception
        $exception.PSObject.TypeNames.Insert(0, 'System.Management.ManagementException')
        $exception | Add-Member -MemberType NoteProperty -Name ErrorCode -Value 'Failed'
        $record = New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $exception, 'GetWMIManagementException', $Category, $null
        @(Get-WmiFault -Failure $record) -join ' ' | Should -BeExactly $Fault
    }
}
