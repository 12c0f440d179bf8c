# What a test leaves for a pipeline: its result as JSON, Lync Server's own log as HTML, and the JUnit XML of the stack.

function Initialize-TestReport {
    # Before the test: a process that is killed leaves "Unfinished", and no report of an earlier run.
    param([Collections.IDictionary] $Record, [hashtable] $Option)
    if (-not $Option.ReportDirectory) { return }
    try {
        $null = [IO.Directory]::CreateDirectory($Option.ReportDirectory)
        [IO.File]::Delete((Get-ReportPath -Option $Option -Name $Option.Index.Own.file -Ending 'html'))
        Write-TestReport -Record $Record -Option $Option
    }
    catch {
        throw ('The report cannot be written to ' + (Format-Value $Option.ReportDirectory) + ': ' + $_.Exception.Message + ' Give the account of the deploy ' +
            'the right to write there, or give another reportDirectory.')
    }
}

function Complete-TestReport {
    # After the test: nothing that goes wrong here may hide the result.
    param([Collections.IDictionary] $Record, [hashtable] $Option, $Log)
    if (-not $Option.ReportDirectory) { return }
    try {
        if ($null -ne $Log) { $Record.report = Save-TestLog -Log $Log -Option $Option }
        Write-TestReport -Record $Record -Option $Option
        Write-Line ('Report: ' + (Get-ReportPath -Option $Option -Name $Option.Index.file -Ending 'xml'))
    }
    catch { Write-Line ('WARNING: the report could not be written: ' + $_.Exception.Message) }
}

function Save-TestLog {
    # The name of the file, or nothing where Lync Server's log gives no HTML.
    param($Log, [hashtable] $Option)
    try { $html = [string] $Log.ToHTML() }
    catch {
        Write-Line ('WARNING: the log of the cmdlet gave no HTML report: ' + $_.Exception.Message)
        return
    }
    $path = Get-ReportPath -Option $Option -Name $Option.Index.Own.file -Ending 'html'
    # With a mark at its head, since the page may not say which encoding it has.
    $mark = [string] [char] 0xFEFF
    Save-WholeFile -Path $path -Bytes ([Text.Encoding]::UTF8.GetBytes($mark + $html))
    return [IO.Path]::GetFileName($path)
}

function Write-TestReport {
    param([Collections.IDictionary] $Record, [hashtable] $Option)
    $json = ConvertTo-Json -InputObject $Record -Depth 5
    Save-WholeFile -Path (Get-ReportPath -Option $Option -Name $Option.Index.Own.file -Ending 'json') -Bytes ([Text.Encoding]::UTF8.GetBytes($json))
    # Tests run at the same time; the last to come here has all results.
    Invoke-WithLock -LockName 'Global\LyncPushNotificationReports' -Body {
        $results = @(foreach ($test in $Option.Index.tests) { Read-TestResult -Test $test -Option $Option })
        Save-WholeFile -Path (Get-ReportPath -Option $Option -Name $Option.Index.file -Ending 'xml') -Bytes (ConvertTo-JUnit -Stack $Option.Index.stack -Results $results)
    }
}

function Read-TestResult {
    # What the test left last, or an empty record. Only tests that the stack has now are asked for.
    param($Test, [hashtable] $Option)
    $path = Get-ReportPath -Option $Option -Name $Test.file -Ending 'json'
    $found = $null
    if ([IO.File]::Exists($path)) {
        try { $found = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path)) }
        catch { Write-Line ('WARNING: the result in ' + $path + ' cannot be read, and counts as none: ' + $_.Exception.Message) }
    }
    return @{ Name = $Test.name; Kind = $Test.kind; Found = $found }
}

function Get-ReportPath {
    param([hashtable] $Option, [string] $Name, [string] $Ending)
    return [IO.Path]::Combine($Option.ReportDirectory, $Name + '.' + $Ending)
}

function Save-WholeFile {
    # Whoever reads the file finds the old or the new one, never a part.
    param([string] $Path, [byte[]] $Bytes)
    $new = $Path + '.new'
    [IO.File]::WriteAllBytes($new, $Bytes)
    if ([IO.File]::Exists($Path)) { [IO.File]::Replace($new, $Path, [Management.Automation.Language.NullString]::Value) }
    else { [IO.File]::Move($new, $Path) }
}
