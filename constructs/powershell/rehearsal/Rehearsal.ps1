# The functions by which the scripts reach Lync Server, the runner's notes and the console, as a rehearsal has them; and the
# rehearsal itself. Each takes the place of one of the same name in lib.

$script:Real = @{}
foreach ($name in 'Get-LyncList', 'Invoke-Cmdlet', 'Invoke-Wmi', 'Import-LyncModule', 'Get-ActualSetting', 'New-WmiRow', 'Set-WmiRow', 'Remove-WmiRow', 'Sync-LyncObject', 'Sync-ListedObject', 'Invoke-Removal', 'Invoke-LyncTest', 'ConvertTo-ExpectedSetting', 'Read-Journal', 'Assert-Runner', 'Invoke-WithRetry') {
    $script:Real[$name] = (Get-Command -Name $name -CommandType Function).ScriptBlock
}

function Invoke-Rehearsal {
    # A file with one JSON text per line: how, the objects as applied last, the steps in their order.
    param([string] $Path, [string] $Scripts)
    $lines = [IO.File]::ReadAllText($Path) -split "`n"
    $how = ConvertFrom-Json -InputObject $lines[0]
    $script:Stage = New-Stage -Live ($how.Live -eq $true)
    Add-Kind
    Add-Listed -Titles $how.Titles
    for ($index = 1; $index -le $how.Applied; $index++) { Add-Applied -Row (ConvertFrom-Json -InputObject $lines[$index]) }
    if ($script:Stage.Live) { Import-LyncModule -Kinds @($script:Stage.States.Keys | ForEach-Object { Get-LyncKind -Name ($_ -split ' ', 2)[0] }) }
    $script:Stage.Services = @(Get-ServiceValue)
    $results = New-Object -TypeName System.Collections.ArrayList
    $failed = $false
    for (; $index -lt $lines.Length -and -not $failed; $index++) {
        $result = Invoke-Step -Step (ConvertFrom-Json -InputObject $lines[$index]) -Scripts $Scripts
        $failed = $null -ne $result.Error
        $null = $results.Add((ConvertTo-Json -InputObject $result -Depth 6 -Compress))
    }
    $utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    $services = ConvertTo-Json -InputObject @(Get-ServiceChange) -Depth 3 -Compress
    [IO.File]::WriteAllText($env:LYNC_RESULT_FILE, '{"Steps":[' + ($results -join ',') + '],"Services":' + $services + '}', $utf8)
}

function Invoke-Step {
    # As Terraform runs it: the script, with its variables.
    param($Step, [string] $Scripts)
    $script:Stage.Subjects = [Collections.ArrayList] @()
    $script:Stage.Subject = $null
    $script:Stage.Failure = $null
    $script:HiddenNames = @()
    $variables = @($Step.Environment.PSObject.Properties)
    foreach ($each in $variables) { [Environment]::SetEnvironmentVariable($each.Name, $each.Value) }
    try { $null = & (Get-EntryBody -Name $Step.Script -Scripts $Scripts) }
    catch { $script:Stage.Failure = Hide-Value -Text $_.Exception.Message }
    finally { foreach ($each in $variables) { [Environment]::SetEnvironmentVariable($each.Name, $null) } }
    return @{ Error = $script:Stage.Failure; Subjects = @(foreach ($each in $script:Stage.Subjects) { ConvertTo-Outcome -Subject $each }) }
}

function Get-ServiceValue {
    # Of every such object that the stack declares or declared.
    foreach ($title in @($script:Stage.Serving.Keys)) {
        $name, $identity = $title -split ' ', 2
        $kind = Get-LyncKind -Name $name
        $actual = Get-ActualSetting -Kind $kind -Identity $identity
        foreach ($property in ($kind.Services.Keys | Sort-Object)) {
            $value = $null
            if ($null -ne $actual) { $value = $actual[$property] }
            @{ Kind = $name; Identity = $identity; Property = $property; Service = $kind.Services[$property]; Value = Format-Shown -Name $property -Value $value }
        }
    }
}

function Get-ServiceChange {
    $before = @($script:Stage.Services)
    $after = @(Get-ServiceValue)
    for ($index = 0; $index -lt $before.Count; $index++) {
        @{ Kind = $before[$index].Kind; Identity = $before[$index].Identity; Service = $before[$index].Service; Before = $before[$index].Value; After = $after[$index].Value }
    }
}

function Get-EntryBody {
    # What the entry script runs. Its first lines load what is loaded here.
    param([string] $Name, [string] $Scripts)
    if ($null -eq $script:Stage.Bodies[$Name]) {
        $entry = (Get-Command -Name ([IO.Path]::Combine($Scripts, $Name + '.ps1')) -CommandType ExternalScript).ScriptBlock
        $calls = $entry.Ast.FindAll({ param($Part) $Part -is [Management.Automation.Language.CommandAst] -and $Part.GetCommandName() -eq 'Invoke-Operation' }, $false)
        $body = @($calls)[0].CommandElements | Where-Object { $_ -is [Management.Automation.Language.ScriptBlockExpressionAst] }
        $script:Stage.Bodies[$Name] = $body.ScriptBlock.GetScriptBlock()
    }
    return $script:Stage.Bodies[$Name]
}

# What happens to an object, as the functions of lib go through it.

function Open-Subject {
    param([hashtable] $Kind, [string] $Identity, [string] $Why)
    $title = $Kind.Name + ' ' + $Identity
    $services = @{}
    if ($Kind.ContainsKey('Services')) { $services = $Kind.Services }
    $state = 'applied'
    if ($script:Stage.States.Contains($title)) { $state = $script:Stage.States[$title] }
    if ($script:Stage.Live) { $state = 'live' }
    # What was sensitive when it was applied is so when it leaves.
    if ($script:Stage.Hidden[$title]) { $script:HiddenNames = @($script:HiddenNames + @($script:Stage.Hidden[$title] -split ' ')) }
    $subject = @{
        Kind = $Kind.Name; Identity = $Identity; Why = $Why; State = $state; Ways = @(); Kept = @()
        Lines = @(); Differences = @(); Services = $services; Set = [string] $Kind['Set']
    }
    $script:Stage.Subject = $subject
    $null = $script:Stage.Subjects.Add($subject)
}

function ConvertTo-Outcome {
    # After the first change of an object the picture of it is known, but for what nobody has declared.
    param([hashtable] $Subject)
    $way = $Subject.Ways -join ' '
    if ($Subject.Why -eq 'leaves' -and $way -ne '') { if ($way -eq 'delete' -and -not (Test-PermanentObject -Kind (Get-LyncKind -Name $Subject.Kind) -Identity $Subject.Identity)) { $way = 'remove' } else { $way = 'reset' } }
    return @{
        Kind = $Subject.Kind; Identity = $Subject.Identity; Why = $Subject.Why; State = $Subject.State; Way = $way; Kept = @($Subject.Kept)
        Lines = @($Subject.Lines); Differences = @($Subject.Differences); Set = $Subject.Set
    }
}

function Sync-LyncObject {
    param([hashtable] $Kind, [hashtable] $Settings, [hashtable] $Creation = @{}, [hashtable] $Claim = @{ Id = ''; Way = '' })
    Open-Subject -Kind $Kind -Identity $Settings.Identity -Why 'declared'
    & $script:Real['Sync-LyncObject'] @PSBoundParameters
}

function Sync-ListedObject {
    param([hashtable] $Known, [hashtable] $Object)
    Open-Subject -Kind $Known.Kind -Identity $Object.Identity -Why 'declared'
    $Object.Hidden = ($Object.Hidden + ' ' + $script:Stage.Hidden[$Known.Kind.Name + ' ' + $Object.Identity]).Trim()
    & $script:Real['Sync-ListedObject'] @PSBoundParameters
}

function Invoke-Removal {
    param([hashtable] $Kind, [hashtable] $Removal, [hashtable] $Actual)
    Open-Subject -Kind $Kind -Identity $Removal.Identity -Why 'leaves'
    # What stays after its removal has other values then, which only the end of the script would compare.
    if (Test-Deletion -Kind $Kind -Removal $Removal) {
        $after = Get-RemainingSetting -Kind $Kind -Removal $Removal
        if ($null -ne $after) { Write-Difference -Differences @(Compare-Setting -Kind $Kind -Expected $after -Actual $Actual) }
    }
    & $script:Real['Invoke-Removal'] @PSBoundParameters
}

function Invoke-LyncTest {
    param([string] $Name, [hashtable] $Settings)
    $test = Get-LyncKind -Name $Name
    Open-Subject -Kind $test -Identity ([string] $Settings[$test.Target]) -Why 'test'
    $script:Stage.Subject.Ways += 'test'
    & $script:Real['Invoke-LyncTest'] @PSBoundParameters
}

function New-WmiRow {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Settings)
    $script:Stage.Subject.Ways += 'create'
    & $script:Real['New-WmiRow'] @PSBoundParameters
}

function Set-WmiRow {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Changes)
    $script:Stage.Subject.Ways += 'change'
    & $script:Real['Set-WmiRow'] @PSBoundParameters
}

function Remove-WmiRow {
    param([hashtable] $Kind, [string] $Identity)
    $script:Stage.Subject.Ways += 'delete'
    & $script:Real['Remove-WmiRow'] @PSBoundParameters
}

function Write-Difference {
    param([object[]] $Differences)
    if ($null -eq $script:Stage.Subject) { return }
    $subject = $script:Stage.Subject
    foreach ($each in $Differences) {
        $before = Format-Shown -Name $each.Property -Value $each.Actual
        if ($subject.State -eq 'applied' -and (Test-Undeclared -Subject $subject -Property $each.Property)) { $before = '(not declared)' }
        $subject.Differences += @(@{ Property = $each.Property; Before = $before; After = Format-Shown -Name $each.Property -Value $each.Expected; Service = $subject.Services[$each.Property] })
    }
}

function Test-Undeclared {
    # Of an object that was applied, what nobody had declared may have any value.
    param([hashtable] $Subject, [string] $Property)
    $title = $Subject.Kind + ' ' + $Subject.Identity
    return $script:Stage.Declared.Contains($title) -and -not $script:Stage.Declared[$title].ContainsKey($Property)
}

function Write-KeptSetting {
    param([hashtable] $Expected, [hashtable] $Actual)
    $kept = Join-Setting -Expected @{} -Actual $Actual
    $script:Stage.Subject.Kept = @($kept.Keys | Where-Object { -not $Expected.ContainsKey($_) } | Sort-Object)
}

function Write-Line { param([string] $Text) }

function Write-ErrorLine { param([string] $Text) }

function Format-Call {
    # The line for the console.
    param([string] $Name, [hashtable] $Parameters)
}

# The way to Lync Server.

function Import-LyncModule {
    param([hashtable[]] $Kinds)
    if ($script:Stage.Live) { & $script:Real['Import-LyncModule'] @PSBoundParameters }
}

function Assert-Runner {
    # Only the runner itself can tell.
    param([string[]] $Kinds, [bool] $NeedsDnsSrvRouting, [string[]] $Edges, [string] $Unchanged)
    if ($script:Stage.Live) { & $script:Real['Assert-Runner'] @PSBoundParameters }
}

function Get-LyncList {
    param([string] $Cmdlet)
    if ($script:Stage.Live) { return & $script:Real['Get-LyncList'] @PSBoundParameters }
    return Invoke-Cmdlet -Name $Cmdlet
}

function Invoke-Mutation {
    # Nothing is printed, and nothing is there that could prompt.
    param([string] $Name, [hashtable] $Parameters)
    $place = $script:Stage.Places[$Name]
    $subject = $script:Stage.Subject
    $subject.Ways += @{ New = 'create'; Set = 'change'; Remove = 'delete' }[$place.Way]
    $subject.Lines += Format-TypedCall -Name $Name -Parameters $Parameters
    Update-Picture -Place $place -Parameters $Parameters
}

function Invoke-Cmdlet {
    param([string] $Name, [hashtable] $Parameters)
    if ($Name -eq 'Get-CsManagementStoreReplicationStatus') { return Get-PictureReplica }
    if ($Name.StartsWith('Get-', [StringComparison]::Ordinal)) { return (Get-PictureList -Cmdlet $Name).Values }
    $script:Stage.Subject.Lines += Format-TypedCall -Name $Name -Parameters $Parameters
}

function Get-ActualSetting {
    # By name, where there may be thousands.
    param([hashtable] $Kind, [string] $Identity)
    if ($Kind.ContainsKey('Class') -or $Kind.ContainsKey('Nameless')) { return & $script:Real['Get-ActualSetting'] @PSBoundParameters }
    $list = Get-PictureList -Cmdlet $Kind.Get
    if ($list.Contains($Identity)) { return ConvertTo-ActualSetting -Kind $Kind -Object $list[$Identity] }
}

function Assert-AppliedSetting {
    # The picture has what was set.
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Expected)
}

function Assert-AppliedList {
    param([hashtable] $Run, [hashtable[]] $Part)
    $Run.Applied = $Run.Applied + @($Part | Where-Object { -not $Run.Failed.ContainsKey($_.Identity) }).Count
}

function Invoke-TestCmdlet {
    # A test that is not run has succeeded, so that the deploy goes on.
    param([string] $Cmdlet, [hashtable] $Arguments, [bool] $Logged)
    $script:Stage.Subject.Lines += Format-TypedCall -Name $Cmdlet -Parameters $Arguments
    return @{ Result = 'Success'; Error = ''; Diagnosis = ''; Latency = $null; Log = $null }
}

function Get-PictureReplica {
    # Every computer that the test waits for is up to date with an update that has just come.
    $script:Stage.Updates = $script:Stage.Updates + 1
    foreach ($name in ($env:LYNC_REPLICAS -split ' ' | Where-Object { $_ })) {
        New-Object -TypeName psobject -Property @{ ReplicaFqdn = $name; UpToDate = $true; LastUpdateCreation = [string] $script:Stage.Updates; LastStatusReport = [string] $script:Stage.Updates }
    }
}

function Invoke-Wmi {
    param([string] $Name, [hashtable] $Parameters, [string] $Computer)
    if ($Name -eq 'Get-WmiObject') { return Get-PictureRow -Parameters $Parameters | ForEach-Object { $_ } }
    if ($Parameters.ContainsKey('InputObject')) { $line = Format-TypedRowCall -Name $Name -Parameters $Parameters -Row $Parameters.InputObject }
    else { $line = Format-TypedCall -Name $Name -Parameters $Parameters }
    $script:Stage.Subject.Lines += $line
    Update-PictureRow -Name $Name -Parameters $Parameters
}

function ConvertTo-ExpectedSetting {
    # What only Terraform knows has no type yet.
    param([hashtable] $Kind, [hashtable] $Settings)
    if (-not $Settings.ContainsValue($script:Stage.AfterApply)) { return & $script:Real['ConvertTo-ExpectedSetting'] @PSBoundParameters }
    $known = @{}
    foreach ($name in $Settings.Keys) { if (-not [string]::Equals($Settings[$name], $script:Stage.AfterApply, [StringComparison]::Ordinal)) { $known[$name] = $Settings[$name] } }
    $PSBoundParameters['Settings'] = $known
    $expected = & $script:Real['ConvertTo-ExpectedSetting'] @PSBoundParameters
    foreach ($name in $Kind.Properties.Keys) { if ($Settings.ContainsKey($name) -and -not $known.ContainsKey($name)) { $expected[$name] = $Settings[$name] } }
    return $expected
}

# The runner: nothing is written to it, and nothing waits for anybody.

function Invoke-WithRetry {
    param([scriptblock] $Body)
    if ($script:Stage.Live) { & $script:Real['Invoke-WithRetry'] @PSBoundParameters } else { & $Body }
}

function Invoke-WithLock {
    param([scriptblock] $Body, [string] $LockName)
    & $Body
}

function Wait-ListTurn { }

function Save-ReplicationMark { }

function Write-Journal {
    param([string] $Key, [string] $Note, [string] $Text)
    $script:Stage.Notes[$Key + '.' + $Note] = $Text
}

function Read-Journal {
    param([string] $Key, [string] $Note)
    if ($script:Stage.Notes.ContainsKey($Key + '.' + $Note)) { return $script:Stage.Notes[$Key + '.' + $Note] }
    if ($script:Stage.Live) { return & $script:Real['Read-Journal'] @PSBoundParameters }
}

function Remove-Journal {
    # A note of the runner stays there, and counts as gone.
    param([string] $Key, [string] $Note)
    $script:Stage.Notes[$Key + '.' + $Note] = ''
}

function Remove-OldJournal {
    param([string] $Note, [int] $Days)
}

function Set-TimeoutNote {
    param([string] $Path)
}
