# The end of a deploy: whatever Terraform believes of an object, Lync Server has to have it as declared.

function Complete-DeclaredObject {
    # Lists are read once. An object that fails does not keep the others: all failures are told at the end.
    param([object[]] $Declared, [hashtable] $Known)
    $end = @{ Count = 0; Open = 0; Finished = 0; Failures = @() }
    foreach ($object in $Declared) {
        Restart-TimeLimit
        $rows = Get-Property -Object $object -Name 'List'
        if ($null -eq $rows) { Complete-SingleObject -Known $Known[$object.Kind] -Object $object -End $end }
        else { Complete-ListedObject -Known $Known[$object.Kind] -Objects @(ConvertFrom-ListedRow -Rows $rows -Hidden $object.Hidden) -End $end }
    }
    if ($end.Open -gt 0) {
        throw ([string] $end.Open + ' of ' + $end.Count + ' objects are not as declared; the next deploy tries these again.' +
            [Environment]::NewLine + ($end.Failures -join [Environment]::NewLine))
    }
    $late = ''
    if ($end.Finished -gt 0) { $late = '; ' + $end.Finished + ' of them only now' }
    Write-Line ('All ' + $end.Count + ' objects are as declared' + $late + '.')
}

function Complete-SingleObject {
    param([hashtable] $Known, $Object, [hashtable] $End)
    $End.Count = $End.Count + 1
    Set-HiddenName -Names (Get-Property -Object $Object -Name 'Hidden')
    $settings = ConvertFrom-MarkedSetting -Object $Object.Settings
    $creation = ConvertFrom-MarkedSetting -Object $Object.Creation
    try {
        if (Test-DeclaredObject -Known $Known -Settings $settings) { return }
        Write-Line ($Object.Kind + ' ' + (Format-Value $settings.Identity) + ' is not as declared: a deploy was interrupted, or somebody has changed it meanwhile.')
        $claim = @{ Id = [string] (Get-Property -Object $Object -Name 'Claim'); Way = [string] (Get-Property -Object $Object -Name 'ClaimWay') }
        Invoke-WithRetry -Body { Sync-LyncObject -Kind $Known.Kind -Settings $settings -Creation $creation -Claim $claim }
        $End.Finished = $End.Finished + 1
    }
    catch {
        $End.Open = $End.Open + 1
        $End.Failures += $Object.Kind + ' ' + (Format-Value $settings.Identity) + ': ' + $_.Exception.Message
    }
}

function Complete-ListedObject {
    param([hashtable] $Known, [hashtable[]] $Objects, [hashtable] $End)
    $End.Count = $End.Count + $Objects.Count
    try {
        $run = Sync-ObjectList -Kind $Known.Kind -Known $Known -Objects $Objects
        $End.Finished = $End.Finished + $run.Applied
        $End.Open = $End.Open + $Objects.Count - $run.Before - $run.Applied
        $End.Failures += $run.Failures + $run.Remarks
    }
    catch {
        $End.Open = $End.Open + $Objects.Count
        $End.Failures += [string] $Objects.Count + ' of the kind ' + $Known.Kind.Name + ': ' + $_.Exception.Message
    }
}

function Test-DeclaredObject {
    param([hashtable] $Known, [hashtable] $Settings)
    $expected = ConvertTo-ExpectedSetting -Kind $Known.Kind -Settings $Settings
    $actual = Invoke-WithRetry -Body { Get-KnownSetting -Known $Known -Identity $Settings.Identity }
    return $null -ne $actual -and @(Compare-Setting -Kind $Known.Kind -Expected $expected -Actual $actual).Count -eq 0
}
