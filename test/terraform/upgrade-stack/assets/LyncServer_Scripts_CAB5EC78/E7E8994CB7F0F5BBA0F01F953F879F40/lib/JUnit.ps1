# The results of a stack's tests as JUnit XML, the form that pipelines show.

function ConvertTo-JUnit {
    # The bytes of the file.
    param([string] $Stack, [object[]] $Results)
    $settings = New-Object -TypeName System.Xml.XmlWriterSettings
    $settings.Encoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    $settings.Indent = $true
    $stream = New-Object -TypeName System.IO.MemoryStream
    $writer = [Xml.XmlWriter]::Create($stream, $settings)
    $totals = Measure-Result -Results $Results
    $writer.WriteStartElement('testsuites')
    Write-SuiteAttribute -Writer $writer -Stack $Stack -Totals $totals
    $writer.WriteStartElement('testsuite')
    Write-SuiteAttribute -Writer $writer -Stack $Stack -Totals $totals
    $writer.WriteAttributeString('timestamp', (Format-Time ([DateTime]::UtcNow)))
    $writer.WriteAttributeString('hostname', [Environment]::MachineName)
    foreach ($result in $Results) { Write-TestCase -Writer $writer -Stack $Stack -Result $result }
    $writer.WriteEndElement()
    $writer.WriteEndElement()
    $writer.Close()
    return , $stream.ToArray()
}

function Measure-Result {
    param([object[]] $Results)
    $totals = @{ Tests = $Results.Count; Failures = 0; Errors = 0; Skipped = 0; Seconds = 0.0 }
    foreach ($result in $Results) {
        switch (Get-JUnitResult -Result $result) {
            'skipped' { $totals.Skipped++ }
            'failure' { $totals.Failures++ }
            'error' { $totals.Errors++ }
        }
        if ($null -ne $result.Found) { $totals.Seconds += [double] (Get-Property -Object $result.Found -Name 'seconds') }
    }
    return $totals
}

function Get-JUnitResult {
    # A failure is the test's own result; an error is everything that kept it from having one.
    param([hashtable] $Result)
    if ($null -eq $Result.Found) { return 'skipped' }
    switch ([string] (Get-Property -Object $Result.Found -Name 'result')) {
        'Success' { return 'success' }
        'Failure' { return 'failure' }
        default { return 'error' }
    }
}

function Write-SuiteAttribute {
    param($Writer, [string] $Stack, [hashtable] $Totals)
    $Writer.WriteAttributeString('name', (ConvertTo-XmlText $Stack))
    foreach ($name in 'Tests', 'Failures', 'Errors', 'Skipped') { $Writer.WriteAttributeString($name.ToLowerInvariant(), [string] $Totals[$name]) }
    $Writer.WriteAttributeString('time', (Format-Second $Totals.Seconds))
}

function Write-TestCase {
    param($Writer, [string] $Stack, [hashtable] $Result)
    $kind = Get-JUnitResult -Result $Result
    $Writer.WriteStartElement('testcase')
    $Writer.WriteAttributeString('name', (ConvertTo-XmlText $Result.Name))
    $Writer.WriteAttributeString('classname', (ConvertTo-XmlText ($Stack + '.' + $Result.Kind)))
    if ($kind -eq 'skipped') {
        $Writer.WriteStartElement('skipped')
        $Writer.WriteAttributeString('message', 'It has left no result here: nothing that it tests has changed, or the deploy has not come to it.')
        $Writer.WriteEndElement()
    }
    else { Write-Found -Writer $Writer -Kind $kind -Found $Result.Found }
    $Writer.WriteEndElement()
}

function Write-Found {
    param($Writer, [string] $Kind, $Found)
    $Writer.WriteAttributeString('time', (Format-Second ([double] (Get-Property -Object $Found -Name 'seconds'))))
    if ($Kind -ne 'success') {
        $message = ConvertTo-XmlText (Get-Property -Object $Found -Name 'message')
        $Writer.WriteStartElement($Kind)
        $Writer.WriteAttributeString('message', @($message -split '\r?\n')[0])
        $Writer.WriteAttributeString('type', (ConvertTo-XmlText (Get-Property -Object $Found -Name 'result')))
        $Writer.WriteString($message)
        $Writer.WriteEndElement()
    }
    $lines = @((Get-Property -Object $Found -Name 'cmdlet') + ', begun ' + (Format-Time (Get-Property -Object $Found -Name 'startedAt')))
    foreach ($attempt in @(Get-Property -Object $Found -Name 'attempts')) { $lines += [string] $attempt }
    $Writer.WriteElementString('system-out', (ConvertTo-XmlText ($lines -join "`n")))
}

function Format-Time {
    # PowerShell 7 reads a text of this form back as a time.
    param($Value)
    if ($Value -isnot [DateTime]) { return [string] $Value }
    return $Value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
}

function Format-Second {
    param([double] $Value)
    return $Value.ToString('0.000', [Globalization.CultureInfo]::InvariantCulture)
}

function ConvertTo-XmlText {
    # XML 1.0 has no place at all for these characters, not even escaped.
    param([string] $Text)
    return $Text -replace '[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]', ''
}
