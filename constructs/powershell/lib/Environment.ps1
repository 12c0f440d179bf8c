# All that is there of what the kinds know, and what stands beside it, for an import: each kind says itself how it is read.

function Read-Environment {
    # Every list that cannot be read is told at once: half of a server would pass for all of it.
    param([string[]] $Edges)
    $kinds = @(Get-KindName | ForEach-Object { Get-LyncKind -Name $_ } | Where-Object { $_.ContainsKey('RemovedAs') })
    Import-ReadingCmdlet -Kinds $kinds
    $script:ReadFailures = @()
    $known = @($kinds | ForEach-Object { if ($_.ContainsKey('Get')) { $_.Get } })
    $objects = @()
    $beside = @()
    foreach ($kind in ($kinds | Sort-Object -Property { -$_.RemovedAs })) {
        $objects += @(Read-KindObject -Kind $kind -Edges $Edges)
        if (-not $kind.ContainsKey('Beside')) { continue }
        foreach ($cmdlet in ($kind.Beside.Keys | Where-Object { $known -notcontains $_ })) { $beside += @(Read-ObjectBeside -Cmdlet $cmdlet -Title $kind.Beside[$cmdlet]) }
    }
    if ($script:ReadFailures.Count -gt 0) { throw ($script:ReadFailures -join [Environment]::NewLine) }
    return @{ Objects = $objects; Beside = $beside }
}

function Import-ReadingCmdlet {
    # Over a session no others: a role that may do no more than look is enough.
    param([hashtable[]] $Kinds)
    if (-not (Test-RemoteSession)) {
        Import-LyncModule -Kinds $Kinds
        return
    }
    $names = foreach ($kind in (Select-CmdletKind -Kinds $Kinds)) {
        $kind.Get
        if ($kind.ContainsKey('Beside')) { $kind.Beside.Keys }
    }
    Import-SessionCmdlet -Cmdlets $names
}

function Read-KindObject {
    param([hashtable] $Kind, [string[]] $Edges)
    if (-not $Kind.ContainsKey('Class')) {
        foreach ($each in (Read-ServerList -Body { Get-LyncList -Cmdlet $Kind.Get })) { ConvertTo-Finding -Kind $Kind -Object $each -Edge '' }
        return
    }
    foreach ($edge in $Edges) {
        $computer = ConvertFrom-EdgeName -Name $edge
        foreach ($each in (Read-ServerList -Body { Get-WmiList -Kind $Kind -Computer $computer })) { ConvertTo-Finding -Kind $Kind -Object $each -Edge $edge }
    }
}

function Read-ServerList {
    param([scriptblock] $Body)
    try { Invoke-WithRetry -Body $Body }
    catch { $script:ReadFailures += $_.Exception.Message }
}

function ConvertTo-Finding {
    # Values that are not there are left out: to the other scripts as well they are not declared.
    param([hashtable] $Kind, $Object, [string] $Edge)
    $actual = ConvertTo-ActualSetting -Kind $Kind -Object $Object
    $settings = @{}
    $initial = @()
    foreach ($name in $Kind.Properties.Keys) {
        if ([string]::IsNullOrEmpty([string] $actual[$name])) { continue }
        $settings[$name] = ConvertTo-JsonValue -Value $actual[$name]
        if ($Kind.ContainsKey('Defaults') -and $Kind.Defaults.ContainsKey($name) -and
            (Test-SameValue -Expected $Kind.Defaults[$name] -Actual $actual[$name] -Type $Kind.Properties[$name])) { $initial += $name }
    }
    $identity = Get-FoundIdentity -Kind $Kind -Object $Object
    $managed = @($Kind.Properties.Keys)
    if ($Kind.ContainsKey('Key')) { $managed += $Kind.Key }
    if ($Kind.ContainsKey('Source')) { $managed += $Kind.Source }
    return @{
        Kind = $Kind.Name; Identity = $identity; Edge = $Edge; Nameless = $Kind.ContainsKey('Nameless'); Settings = $settings
        Initial = $initial; Others = Get-OtherValue -Object $Object -Identity $identity -Managed $managed
    }
}

function Get-FoundIdentity {
    param([hashtable] $Kind, $Object)
    if ($Kind.ContainsKey('Nameless')) { return 'global' }
    if ($Kind.ContainsKey('Key')) { return [string] (Get-Property -Object $Object -Name $Kind.Key) }
    return [string] (Get-Property -Object $Object -Name 'Identity')
}

function Get-OtherValue {
    # What else the object has, as text: but for what PowerShell, WMI and the store of Lync Server add to every object.
    param($Object, [string] $Identity, [string[]] $Managed)
    $added = 'PSComputerName', 'RunspaceId', 'PSShowComputerName', 'Identity', 'Key', 'ScopeClass', 'Anchor', 'Element', 'TypedIdentity', 'InstanceID'
    $values = @{}
    foreach ($property in $Object.PSObject.Properties) {
        $name = $property.Name
        if ($name -like '__*' -or $added -contains $name -or $Managed -contains $name) { continue }
        $value = Get-Property -Object $Object -Name $name
        if ($value -isnot [string] -and $value -isnot [ValueType]) { continue }
        if ($value -is [string] -and (Test-ListedText -Text $value -Texts '', $Identity)) { continue }
        $values[$name] = ConvertTo-JsonValue -Value $value
    }
    return $values
}

function Read-ObjectBeside {
    # Of a list that no kind stands for.
    param([string] $Cmdlet, [string] $Title)
    foreach ($each in (Read-ServerList -Body { Get-LyncList -Cmdlet $Cmdlet })) {
        $identity = [string] (Get-Property -Object $each -Name 'Identity')
        @{ Title = $Title; Identity = $identity; Values = Get-OtherValue -Object $each -Identity $identity -Managed @() }
    }
}

function ConvertTo-JsonValue {
    # Of other types JSON would have more than the value.
    param($Value)
    if ($Value -is [bool]) { return $Value }
    if ($Value -is [switch]) { return [bool] $Value }
    if ($Value -is [int] -or $Value -is [uint32] -or $Value -is [long] -or $Value -is [uint64]) { return $Value }
    return [string] $Value
}

function Write-Environment {
    # All but ASCII by its code: a broken character in a text of the server arrives as it is, and not as another one.
    param($Value)
    $json = ConvertTo-Json -InputObject $Value -Depth 6
    $other = New-Object -TypeName System.Text.RegularExpressions.Regex -ArgumentList '[^\x00-\x7E]'
    $ascii = $other.Replace($json, [Text.RegularExpressions.MatchEvaluator] { param($Match) '\u{0:x4}' -f [int] $Match.Value[0] })
    [IO.File]::WriteAllText($env:LYNC_RESULT_FILE, $ascii)
}
