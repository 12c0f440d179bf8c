# The end of a deploy: whatever Terraform believes of an object, Lync Server has to have it as declared.

function Complete-DeclaredObject {
    # Lists are read once. An object that fails does not keep the others: all failures are told at the end.
    param([object[]] $Declared, [hashtable] $Known)
    $failures = @()
    $finished = 0
    foreach ($object in $Declared) {
        Restart-TimeLimit
        Set-HiddenName -Names (Get-Property -Object $object -Name 'Hidden')
        $settings = ConvertFrom-MarkedSetting -Object $object.Settings
        $creation = ConvertFrom-MarkedSetting -Object $object.Creation
        try {
            if (Test-DeclaredObject -Known $Known[$object.Kind] -Settings $settings) { continue }
            Write-Line ($object.Kind + ' ' + (Format-Value $settings.Identity) + ' is not as declared: a deploy was interrupted, or somebody has changed it meanwhile.')
            $claim = @{ Id = [string] (Get-Property -Object $object -Name 'Claim'); Way = [string] (Get-Property -Object $object -Name 'ClaimWay') }
            Invoke-WithRetry -Body { Sync-LyncObject -Kind $Known[$object.Kind].Kind -Settings $settings -Creation $creation -Claim $claim }
            $finished = $finished + 1
        }
        catch { $failures += $object.Kind + ' ' + (Format-Value $settings.Identity) + ': ' + $_.Exception.Message }
    }
    if ($failures.Count -gt 0) {
        throw ([string] $failures.Count + ' of ' + $Declared.Count + ' objects are not as declared; the next deploy tries these again.' +
            [Environment]::NewLine + ($failures -join [Environment]::NewLine))
    }
    $late = ''
    if ($finished -gt 0) { $late = '; ' + $finished + ' of them only now' }
    Write-Line ('All ' + $Declared.Count + ' objects are as declared' + $late + '.')
}

function Test-DeclaredObject {
    param([hashtable] $Known, [hashtable] $Settings)
    $expected = ConvertTo-ExpectedSetting -Kind $Known.Kind -Settings $Settings
    $actual = Invoke-WithRetry -Body { Get-KnownSetting -Known $Known -Identity $Settings.Identity }
    return $null -ne $actual -and @(Compare-Setting -Kind $Known.Kind -Expected $expected -Actual $actual).Count -eq 0
}
