# Values that may be sensitive: no line shows them. Terraform hides them in a plan and in a deploy that works, and prints the
# whole output of a provisioner that fails.

$script:HiddenNames = @()
$script:HiddenValues = @()

function Set-HiddenName {
    # The names of settings whose values are not shown from now on; values that were met before stay hidden.
    param([string] $Names)
    $script:HiddenNames = @()
    if ($Names) { $script:HiddenNames = @($Names -split ' ' | Where-Object { $_ }) }
}

function Add-HiddenSetting {
    # Such a value may stand in any line, an error of Lync Server included. One or two characters stand everywhere.
    param([hashtable] $Settings)
    foreach ($name in $script:HiddenNames) {
        $text = [string] $Settings[$name]
        if (-not (Test-ListedText -Text $text -Texts 'true', 'false')) { Add-HiddenText -Text $text }
    }
}

function Add-HiddenText {
    param([string] $Text)
    if ($Text.Length -lt 3) { return }
    $script:HiddenValues += $Text
    $shown = Format-Value $Text
    $script:HiddenValues += $shown.Substring(1, $shown.Length - 2)
}

function Format-Setting {
    # The value of a setting for a line.
    param([string] $Name, $Value)
    if ($null -ne $Value -and $script:HiddenNames -contains $Name) { return '(not shown: it may be sensitive)' }
    return Format-Value $Value
}

function Hide-Value {
    param([string] $Text)
    foreach ($value in ($script:HiddenValues | Sort-Object -Property Length -Descending)) { $Text = $Text.Replace($value, '(not shown)') }
    return $Text
}
