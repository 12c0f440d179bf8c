# What Lync Server has, as far as the rehearsal knows: what was applied last, or with -Live what a look at the server shows.
# Everything that the cmdlets would change is changed here.

function New-Stage {
    # Marks: a text that nobody can declare, since no line holds such a character.
    param([bool] $Live)
    $mark = [string] [char] 1
    $stage = @{
        Live = $Live; AfterApply = $mark + 'known after apply'; NotKnown = $mark + 'not known'
        Lists = @{}; Rows = @{}; Places = @{}; Bodies = @{}; States = (New-NameTable); Hidden = (New-NameTable); Declared = (New-NameTable); Serving = (New-NameTable)
        Listed = (New-NameTable); Notes = @{}; Updates = 0; Replicas = @(); Subjects = $null; Subject = $null
    }
    return $stage
}

function New-NameTable {
    # Names compare without case, by no culture.
    return New-Object -TypeName System.Collections.Specialized.OrderedDictionary -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
}

function Add-Kind {
    # Which cmdlet does what to which kind: as the tables of the kinds say.
    foreach ($name in Get-KindName) {
        $kind = Get-LyncKind -Name $name
        foreach ($way in 'New', 'Set', 'Remove') { if ($kind.ContainsKey($way) -and -not $kind.ContainsKey('Class')) { $script:Stage.Places[$kind[$way]] = @{ Way = $way; Kind = $kind } } }
        # What there is one of is there, whoever declares it; nothing is known of it.
        if ($kind.ContainsKey('Nameless') -and $kind.ContainsKey('Get') -and -not $script:Stage.Live) { Add-PictureObject -Kind $kind -Identity '' -Values @{} }
    }
}

function Add-Applied {
    # One object that was applied, or that is applied for the first time.
    param($Row)
    $marked = ConvertFrom-MarkedSetting -Object $Row.Settings
    if ($null -ne $Row.PSObject.Properties['Kind']) { $kind = Get-LyncKind -Name $Row.Kind } else { $kind = Get-ListedKind -Settings $marked }
    if ($null -eq $kind) { return }
    $title = $kind.Name + ' ' + $marked.Identity
    $script:Stage.Hidden[$title] = [string] $Row.Hidden
    $script:Stage.Declared[$title] = $marked
    $state = [string] $Row.State
    if ($state -eq 'first' -and -not $kind.ContainsKey('Nameless') -and -not ($kind.ContainsKey('StaysAs') -and (Test-PermanentObject -Kind $kind -Identity $marked.Identity))) { $state = 'absent' }
    $script:Stage.States[$title] = $state
    if ($kind.ContainsKey('Services')) { $script:Stage.Serving[$title] = $true }
    if ($script:Stage.Live -or $state -eq 'absent') { return }
    $expected = ConvertTo-ExpectedSetting -Kind $kind -Settings $marked
    if ($state -eq 'applied') { $values = Join-Setting -Expected $expected -Actual (Get-InitialSetting -Kind $kind -Creation $Row.Creation) }
    else { $values = Get-UnknownValue -Kind $kind -Expected $expected }
    if ($kind.ContainsKey('Class')) { Add-PictureRow -Kind $kind -Identity $marked.Identity -Values $values }
    else { Add-PictureObject -Kind $kind -Identity $marked.Identity -Values $values }
}

function Get-ListedKind {
    # Of an object that has left the code, its list names the kind: the one of that identity whose properties it has.
    param([hashtable] $Settings)
    foreach ($name in $script:Stage.Listed[$Settings.Identity]) {
        $kind = Get-LyncKind -Name $name
        $others = @(foreach ($setting in $Settings.Keys) { if ($setting -ne 'Identity' -and -not $kind.Properties.Contains($setting)) { $setting } })
        if ($others.Count -eq 0) { return $kind }
    }
}

function Add-Listed {
    # The kinds of the objects of each name in the list of the stack, of which there may be thousands.
    param([string[]] $Titles)
    $kinds = @(Get-KindName)
    foreach ($title in $Titles) {
        $name, $identity = $title -split ' ', 2
        if ($kinds -contains $name) { $script:Stage.Listed[$identity] += @($name) }
    }
}

function Get-InitialSetting {
    # What a new object has where nothing is declared.
    param([hashtable] $Kind, $Creation)
    $values = Get-DefaultSetting -Kind $Kind
    if (@($Creation.PSObject.Properties).Length -eq 0) { return $values }
    return Join-Setting -Expected (ConvertTo-ExpectedSetting -Kind $Kind -Settings (ConvertFrom-MarkedSetting -Object $Creation)) -Actual $values
}

function Get-DefaultSetting {
    param([hashtable] $Kind)
    if ($Kind.ContainsKey('Defaults')) { return $Kind.Defaults }
    return @{}
}

function Get-UnknownValue {
    # It is there, and nobody knows with what: each setting counts as different, but for one that would have it created anew.
    param([hashtable] $Kind, [hashtable] $Expected)
    $values = @{}
    foreach ($name in $Kind.Properties.Keys) {
        if ($Kind.Properties[$name] -eq 'Switch') { $values[$name] = -not $Expected.ContainsKey($name) -and (Test-SwitchDeclared -Kind $Kind -Expected $Expected) }
        elseif ($Kind.Fixed -contains $name) { $values[$name] = $Expected[$name] }
        elseif ($Expected.ContainsKey($name)) { $values[$name] = $script:Stage.NotKnown }
    }
    return $values
}

function Test-SwitchDeclared {
    param([hashtable] $Kind, [hashtable] $Expected)
    return @($Expected.Keys | Where-Object { $Kind.Properties[$_] -eq 'Switch' }).Count -gt 0
}

function Add-PictureObject {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Values)
    $properties = @{ Identity = $Identity }
    foreach ($name in $Values.Keys) {
        if ($Values[$name] -is [switch]) { $properties[$name] = [bool] $Values[$name] } else { $properties[$name] = $Values[$name] }
    }
    $list = Get-PictureList -Cmdlet $Kind.Get
    if ($Kind.ContainsKey('Nameless')) { $list.Clear() }
    $list[$Identity] = New-Object -TypeName psobject -Property $properties
}

function Set-PictureValue {
    param($Object, [string] $Name, $Value)
    if ($Value -is [switch]) { $Value = [bool] $Value }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -ne $property) { $property.Value = $Value }
    else { $Object.PSObject.Properties.Add((New-Object -TypeName System.Management.Automation.PSNoteProperty -ArgumentList $Name, $Value)) }
}

function Get-PictureList {
    # By identity. The server is read once; its objects are copied, so that they can be changed.
    param([string] $Cmdlet)
    if ($null -eq $script:Stage.Lists[$Cmdlet]) {
        $list = New-NameTable
        $script:Stage.Lists[$Cmdlet] = $list
        if ($script:Stage.Live) {
            foreach ($each in @(Get-Live -Function 'Invoke-Cmdlet' -Arguments @{ Name = $Cmdlet; Parameters = @{} })) { $list[[string] (Get-Property -Object $each -Name 'Identity')] = Copy-Picture -Object $each }
        }
    }
    return , $script:Stage.Lists[$Cmdlet]
}

function Get-Live {
    # What the server itself answers.
    param([string] $Function, [hashtable] $Arguments)
    & $script:Real[$Function] @Arguments
}

function Copy-Picture {
    param($Object)
    $copy = New-Object -TypeName psobject
    foreach ($property in $Object.PSObject.Properties) { Set-PictureValue -Object $copy -Name $property.Name -Value (Get-Property -Object $Object -Name $property.Name) }
    return $copy
}

function Update-Picture {
    # What the cmdlet would have done.
    param([hashtable] $Place, [hashtable] $Parameters)
    $kind = $Place.Kind
    $changes = @{}
    foreach ($name in $Parameters.Keys) { if ('Identity', 'Confirm', 'Force' -notcontains $name) { $changes[$name] = $Parameters[$name] } }
    if ($Place.Way -eq 'New') {
        Add-PictureObject -Kind $kind -Identity $Parameters.Identity -Values (Join-Setting -Expected $changes -Actual (Get-DefaultSetting -Kind $kind))
        return
    }
    $list = Get-PictureList -Cmdlet $kind.Get
    if ($kind.ContainsKey('Nameless')) { $object = @($list.Values)[0] } else { $object = $list[$Parameters.Identity] }
    if ($Place.Way -eq 'Remove') {
        if (-not (Test-PermanentObject -Kind $kind -Identity $Parameters.Identity)) { $list.Remove($Parameters.Identity) }
        else { $changes = $kind.Defaults }
    }
    # Of the switches of a cmdlet one is on.
    if (Test-Switch -Values $changes) {
        foreach ($name in $kind.Properties.Keys) { if ($kind.Properties[$name] -eq 'Switch') { Set-PictureValue -Object $object -Name $name -Value $false } }
        if ($null -ne $object.PSObject.Properties['RoutingMethod']) { Set-PictureValue -Object $object -Name 'RoutingMethod' -Value $null }
    }
    foreach ($name in $changes.Keys) { Set-PictureValue -Object $object -Name $name -Value $changes[$name] }
}

function Test-Switch {
    param([hashtable] $Values)
    foreach ($value in $Values.Values) { if ($value -is [switch]) { return $true } }
    return $false
}

function Get-PictureRow {
    # The rows of a class on one computer.
    param([hashtable] $Parameters)
    $key = [string] $Parameters['ComputerName'] + ' ' + $Parameters.Class
    if ($null -eq $script:Stage.Rows[$key]) {
        $rows = New-Object -TypeName System.Collections.ArrayList
        $script:Stage.Rows[$key] = $rows
        if ($script:Stage.Live) {
            foreach ($each in @(Get-Live -Function 'Invoke-Wmi' -Arguments @{ Name = 'Get-WmiObject'; Parameters = $Parameters; Computer = $Parameters['ComputerName'] })) {
                $row = Copy-Picture -Object $each
                Set-Origin -Row $row -Read $Parameters
                $null = $rows.Add($row)
            }
        }
    }
    return , $script:Stage.Rows[$key]
}

function Set-Origin {
    # By what a line finds the row again.
    param($Row, [hashtable] $Read)
    $kind = @(Get-KindName | ForEach-Object { Get-LyncKind -Name $_ } | Where-Object { $_.ContainsKey('Class') -and $_.Class -eq $Read.Class })[0]
    $origin = @{ Read = $Read; Key = ''; Name = '' }
    if ($kind.ContainsKey('Key')) {
        $origin.Key = $kind.Key
        $origin.Name = [string] (Get-Property -Object $Row -Name $kind.Key)
    }
    Set-PictureValue -Object $Row -Name 'Origin' -Value $origin
    Set-PictureValue -Object $Row -Name '__PATH' -Value ([string] (Get-Property -Object $Row -Name '__PATH'))
}

function Add-PictureRow {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Values)
    $place = Split-EdgeIdentity -Identity $Identity
    $read = Get-ClassParameter -Kind $Kind -Computer $place.Computer
    $row = New-Object -TypeName psobject
    if ($Kind.ContainsKey('Key')) { Set-PictureValue -Object $row -Name $Kind.Key -Value $place.Name }
    foreach ($name in $Values.Keys) { Set-PictureValue -Object $row -Name $name -Value $Values[$name] }
    Set-Origin -Row $row -Read $read
    $null = (Get-PictureRow -Parameters $read).Add($row)
}

function Update-PictureRow {
    param([string] $Name, [hashtable] $Parameters)
    if (-not $Parameters.ContainsKey('InputObject')) {
        $read = @{}
        foreach ($key in 'Namespace', 'Class', 'ComputerName') { if ($Parameters.ContainsKey($key)) { $read[$key] = $Parameters[$key] } }
        $row = New-Object -TypeName psobject
        foreach ($key in $Parameters.Arguments.Keys) { Set-PictureValue -Object $row -Name $key -Value $Parameters.Arguments[$key] }
        Set-Origin -Row $row -Read $read
        $null = (Get-PictureRow -Parameters $read).Add($row)
        return
    }
    $row = $Parameters.InputObject
    if ($Name -eq 'Remove-WmiObject') { (Get-PictureRow -Parameters $row.Origin.Read).Remove($row) }
    else { foreach ($key in $Parameters.Arguments.Keys) { Set-PictureValue -Object $row -Name $key -Value $Parameters.Arguments[$key] } }
}
