# What has left the code: which objects go, which settings go back to their default, and in which order.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Library.ps1'))

    function New-List {
        # As Read-ObjectList has it: names with their settings, of objects that are removed with the code.
        param([hashtable] $Declares, [string] $Policy = 'remove')
        $list = @{ Objects = @(); ByName = @{} }
        foreach ($name in $Declares.Keys) {
            $object = @{ Name = $name; Declares = @($Declares[$name]); Policy = $Policy; Where = '' }
            $list.Objects += $object
            $list.ByName[$name] = $object
        }
        return $list
    }
}

Describe 'what has left the code' {
    It 'is an object that nothing declares any more' {
        $removal = @(Get-Removal -Before (New-List @{ 'AllowedDomain a.com' = 'Comment' }) -After (New-List @{ 'AllowedDomain b.com' = 'Comment' }))
        $removal.Count | Should -Be 1
        $removal[0].Kind + ' ' + $removal[0].Identity + ' ' + $removal[0].Whole | Should -BeExactly 'AllowedDomain a.com True'
    }

    It 'is a setting with a default, where the object stays' {
        $removal = @(Get-Removal -Before (New-List @{ 'AllowedDomain a.com' = 'Comment', 'ProxyFqdn' }) -After (New-List @{ 'AllowedDomain a.com' = 'ProxyFqdn' }))
        $removal[0].Whole | Should -Be $false
        $removal[0].Resets | Should -BeExactly 'Comment'
    }

    It 'is nothing where all is still declared, and nothing of an object that is retained' {
        $before = @{ 'AllowedDomain a.com' = 'Comment' }
        Get-Removal -Before (New-List $before) -After (New-List $before) | Should -BeNullOrEmpty
        Get-Removal -Before (New-List $before -Policy 'retain') -After (New-List @{}) | Should -BeNullOrEmpty
    }

    It 'goes in the reverse order of the procedure' {
        $order = Get-RemovalOrder
        [array]::IndexOf($order, 'AllowedDomain') | Should -BeLessThan ([array]::IndexOf($order, 'HostingProvider'))
        [array]::IndexOf($order, 'AccessEdgeConfig') | Should -BeLessThan ([array]::IndexOf($order, 'AllowedDomain'))
    }

    It 'names a kind that this version does not know' {
        $removal = @{ Kind = 'SipTrunk'; Identity = 'b.com'; Whole = $true; Resets = @(); Where = '' }
        { Remove-DeclaredObject -Removals $removal } | Should -Throw '1 of 1 could not be removed*SipTrunk "b.com": these scripts know no such kind of object.*'
    }
}
