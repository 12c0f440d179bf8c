# Calls as somebody would type them: valid PowerShell, in which every text is data.

function Format-Typed {
    # A value that only Terraform knows, or that is sensitive, is a variable: no text is written like that.
    param([string] $Name, $Value)
    if ($null -eq $Value) { return '$null' }
    if ($script:HiddenNames -contains $Name) { return '$Sensitive' }
    if ($Value -is [bool]) { return '$' + $Value.ToString() }
    if ($Value -is [hashtable]) {
        $pairs = @($Value.Keys | Sort-Object | ForEach-Object { $_ + ' = ' + (Format-Typed -Name $_ -Value $Value[$_]) })
        return '@{ ' + ($pairs -join '; ') + ' }'
    }
    if ($Value -isnot [string]) { return [string] $Value }
    if ([string]::Equals($Value, $script:Stage.AfterApply, [StringComparison]::Ordinal)) { return '$KnownAfterApply' }
    if ($Value -cmatch '^[ !#%-_a-~]*$') { return '"' + $Value + '"' }
    return Format-Quoted -Text $Value
}

function Format-Quoted {
    # What no line shows, or shows otherwise than it is, stands there by its code. PowerShell takes curly quotes for straight ones.
    param([string] $Text)
    $written = New-Object -TypeName System.Text.StringBuilder -ArgumentList '"'
    for ($index = 0; $index -lt $Text.Length; $index++) {
        $character = $Text[$index]
        if ("`"```$".IndexOf($character) -ge 0 -or ([int] $character -ge 0x201C -and [int] $character -le 0x201E)) { $null = $written.Append('`').Append($character) }
        elseif ($character -eq "`n") { $null = $written.Append('`n') }
        elseif ($character -eq "`r") { $null = $written.Append('`r') }
        elseif ($character -eq "`t") { $null = $written.Append('`t') }
        elseif (Test-Hidden -Text $Text -Index $index) { $null = $written.Append('$([char]0x').Append(([int] $character).ToString('X4')).Append(')') }
        else { $null = $written.Append($character) }
    }
    return $written.Append('"').ToString()
}

function Test-Hidden {
    # Both halves of a character beyond the first 65,536 have its category.
    param([string] $Text, [int] $Index)
    $start = $Index
    if ($Index -gt 0 -and [char]::IsSurrogatePair($Text, $Index - 1)) { $start = $Index - 1 }
    $category = [string] [Globalization.CharUnicodeInfo]::GetUnicodeCategory($Text, $start)
    if ($category -eq 'SpaceSeparator') { return $Text[$Index] -ne ' ' }
    return 'Control', 'Format', 'LineSeparator', 'ParagraphSeparator', 'Surrogate', 'PrivateUse', 'OtherNotAssigned' -contains $category
}

function Format-TypedCall {
    # The name of the object first. Whether the cmdlet asks before it acts is left to whoever types it.
    param([string] $Name, [hashtable] $Parameters)
    $line = $Name
    if ($Parameters.ContainsKey('Identity')) { $line += ' -Identity ' + (Format-Typed -Name 'Identity' -Value $Parameters.Identity) }
    $keys = [string[]] @($Parameters.Keys)
    [Array]::Sort($keys, [StringComparer]::OrdinalIgnoreCase)
    foreach ($key in $keys) {
        if ($key -eq 'Identity' -or $key -eq 'Confirm' -or $key -eq 'Force') { continue }
        $value = $Parameters[$key]
        if ($value -isnot [switch]) { $line += ' -' + $key + ' ' + (Format-Typed -Name $key -Value $value) }
        elseif ($value) { $line += ' -' + $key }
        else { $line += ' -' + $key + ':$False' }
    }
    return $line
}

function Format-TypedRowCall {
    # The row comes by the pipeline: it is an object, which no line can hold.
    param([string] $Name, [hashtable] $Parameters, $Row)
    $origin = $Row.Origin
    $read = Format-TypedCall -Name 'Get-WmiObject' -Parameters $origin.Read
    if ($origin.Key) { $read += ' | Where-Object { $_.' + $origin.Key + ' -eq ' + (Format-Quoted -Text $origin.Name) + ' }' }
    $others = @{}
    foreach ($key in $Parameters.Keys) { if ($key -ne 'InputObject') { $others[$key] = $Parameters[$key] } }
    return $read + ' | ' + (Format-TypedCall -Name $Name -Parameters $others)
}

function Format-Shown {
    # A value for the table of the report.
    param([string] $Name, $Value)
    if ($null -eq $Value -or [string]::IsNullOrEmpty([string] $Value)) { return '(none)' }
    if ($Value -is [switch]) { $Value = [bool] $Value }
    if ([string]::Equals([string] $Value, $script:Stage.NotKnown, [StringComparison]::Ordinal)) { return '(not known)' }
    $text = Format-Typed -Name $Name -Value $Value
    if ($text -ceq '$KnownAfterApply') { return '(known after apply)' }
    if ($text -ceq '$Sensitive') { return '(sensitive)' }
    return $text
}
