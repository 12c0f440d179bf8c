# What Lync Server has otherwise than declared: one reading per object, nothing is changed.

function Get-DriftReading {
    # Properties and values as text, the way that the other scripts print them.
    param([hashtable] $Known, [hashtable] $Settings)
    $expected = ConvertTo-ExpectedSetting -Kind $Known.Kind -Settings $Settings
    $actual = Get-KnownSetting -Known $Known -Identity $Settings.Identity
    $differences = @()
    if ($null -ne $actual) {
        foreach ($each in (Compare-Setting -Kind $Known.Kind -Expected $expected -Actual $actual)) {
            $differences += @{ Property = $each.Property; Declared = Format-Value (ConvertTo-PlainValue $each.Expected); Actual = Format-Value $each.Actual }
        }
    }
    return @{ Found = ($null -ne $actual); Differences = $differences }
}

function Write-DriftResult {
    # The caller reads a file: the lines on the console are for people.
    param($Value)
    $utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    [IO.File]::WriteAllText($env:LYNC_RESULT_FILE, (ConvertTo-Json -InputObject $Value -Depth 6), $utf8)
}
