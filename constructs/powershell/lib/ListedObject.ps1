# The objects of a list, as one resource of Terraform carries them: constructs/private/terraform/listed-settings.ts writes it.
#
#   fabrikam.com           allowed, Comment 'Contact: Ken Myer', ProxyFqdn 'sip.fabrikam.com'
#   fabrikam.com/Comment   what only Terraform knows, as it is

function Get-DeclaredList {
    # What this process applies. Of some of them the script has to know more than their settings.
    $about = ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_LIST')
    $rows = ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_SETTINGS')
    $objects = @(ConvertFrom-ListedRow -Rows $rows -Hidden ([string] (Get-Property -Object $about -Name 'Hidden')))
    $retained = @([string] (Get-Property -Object $about -Name 'Retained') -split ' ' | Where-Object { $_ })
    $names = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
    foreach ($name in $retained) { $names[$name] = $true }
    foreach ($object in $objects) { $object.Retained = $names.ContainsKey($object.Identity) }
    return $objects
}

function ConvertFrom-ListedRow {
    # Each with its identity, its settings, and the names of those whose values no line may show.
    param($Rows, [string] $Hidden)
    $objects = New-Object -TypeName System.Collections.Specialized.OrderedDictionary -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
    $own = @()
    foreach ($row in $Rows.PSObject.Properties) {
        $text = ([string] $row.Value).Substring(1)
        $identity, $name = $row.Name -split '/', 2
        if ($name) { $own += @{ Identity = $identity; Name = $name; Text = $text } }
        else { $objects[$identity] = @{ Identity = $identity; Settings = (ConvertFrom-ListedText -Identity $identity -Text $text); Hidden = '' } }
    }
    foreach ($each in $own) { $objects[$each.Identity].Settings[$each.Name] = $each.Text }
    foreach ($each in ($Hidden -split ' ' | Where-Object { $_ })) {
        $identity, $name = $each -split '/', 2
        $objects[$identity].Hidden = ($objects[$identity].Hidden + ' ' + $name).Trim()
    }
    return @($objects.Values)
}

function Hide-ListedSetting {
    # From here on no line shows these values.
    param([hashtable] $Object)
    Set-HiddenName -Names $Object.Hidden
    if ($script:HiddenNames.Length -gt 0) { Add-HiddenSetting -Settings $Object.Settings }
}

function ConvertFrom-ListedText {
    param([string] $Identity, [string] $Text)
    $settings = @{ Identity = $Identity }
    foreach ($match in [regex]::Matches($Text, '(\w+) ''((?:[^''\\]|\\.)*)''')) {
        $settings[$match.Groups[1].Value] = [Text.RegularExpressions.Regex]::Unescape($match.Groups[2].Value)
    }
    return $settings
}
