# Test cmdlets: they return an object and do not fail, so the result is judged here.

function Invoke-LyncTest {
    param([string] $Name, [hashtable] $Settings)
    $test = Get-LyncKind -Name $Name
    $parameters = @{}
    foreach ($key in $test.Properties.Keys) {
        if ($Settings.ContainsKey($key)) { $parameters[$key] = $Settings[$key] }
    }
    Write-Line (Format-Call -Name $test.Test -Parameters $parameters)
    $outcomes = @(Invoke-Cmdlet -Name $test.Test -Parameters $parameters)
    $failed = @($outcomes | Where-Object { [string] (Get-Property -Object $_ -Name 'Result') -ne 'Success' })
    if ($outcomes.Count -gt 0 -and $failed.Count -eq 0) {
        Write-Line ($Name + ' against ' + $parameters[$test.Target] + ': Success.')
        return
    }
    throw ($Name + ' against ' + $parameters[$test.Target] + ' did not succeed.' + [Environment]::NewLine + (Format-Outcome -Outcomes $outcomes))
}

function Format-Outcome {
    param([object[]] $Outcomes)
    if ($Outcomes.Count -eq 0) { return 'The cmdlet returned nothing.' }
    $lines = @()
    foreach ($outcome in $Outcomes) {
        foreach ($name in 'Result', 'Error', 'Diagnosis') { $lines += '  ' + $name + ': ' + (Get-Property -Object $outcome -Name $name) }
    }
    return $lines -join [Environment]::NewLine
}
