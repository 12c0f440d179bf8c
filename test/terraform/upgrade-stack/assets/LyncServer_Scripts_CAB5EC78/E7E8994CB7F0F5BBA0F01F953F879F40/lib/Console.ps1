# Lines to the console, always UTF-8 and never broken by what a value holds.

function Initialize-Console {
    # Terraform reads bytes as UTF-8, whatever the code page of the machine is.
    $utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    foreach ($name in 'Out', 'Error') {
        if ($name -eq 'Out') { $stream = [Console]::OpenStandardOutput() } else { $stream = [Console]::OpenStandardError() }
        $writer = New-Object -TypeName System.IO.StreamWriter -ArgumentList $stream, $utf8
        $writer.AutoFlush = $true
        $writer.NewLine = "`n"
        if ($name -eq 'Out') { [Console]::SetOut($writer) } else { [Console]::SetError($writer) }
    }
}

function Write-Line {
    param([string] $Text)
    [Console]::Out.WriteLine($Text)
}

function Write-ErrorLine {
    param([string] $Text)
    [Console]::Error.WriteLine($Text)
}

function Format-Value {
    # A value as one token of a line: a line break in a comment must not start a line of its own in a pipeline's log.
    param($Value)
    if ($null -eq $Value) { return '(none)' }
    if ($Value -is [bool]) { return '$' + $Value.ToString() }
    if ($Value -is [hashtable]) { return '@{' + (@($Value.Keys | Sort-Object | ForEach-Object { $_ + ' = ' + (Format-Value $Value[$_]) }) -join '; ') + '}' }
    if ($Value -isnot [string]) { return [string] $Value }
    $text = $Value.Replace('`', '``').Replace('"', '`"').Replace('$', '`$')
    $text = $text.Replace("`r", '`r').Replace("`n", '`n').Replace("`t", '`t')
    return '"' + $text + '"'
}
