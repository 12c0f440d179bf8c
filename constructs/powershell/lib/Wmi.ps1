# Rows of WMI classes, on an Edge of Office Communications Server 2007 R2: it has no cmdlets of its own. ServerObject.ps1
# calls these functions for kinds that have a Class.

function Split-EdgeIdentity {
    # "push.lync.com on edge01.contoso.com"; without a computer it is this one.
    param([string] $Identity)
    $name, $computer = $Identity -split ' on ', 2
    return @{ Name = $name; Computer = [string] $computer }
}

function Get-WmiRow {
    # Lists and looks for itself: a name is never part of a query.
    param([hashtable] $Kind, [string] $Identity)
    $place = Split-EdgeIdentity -Identity $Identity
    $rows = @(Get-WmiList -Kind $Kind -Computer $place.Computer)
    if ($Kind.ContainsKey('Nameless')) { return $rows | Select-Object -First 1 }
    foreach ($row in $rows) {
        if (Test-SameValue -Expected $place.Name -Actual (Get-Property -Object $row -Name $Kind.Key) -Type 'Name') { return $row }
    }
}

function Get-WmiList {
    param([hashtable] $Kind, [string] $Computer)
    Invoke-Wmi -Name 'Get-WmiObject' -Parameters (Get-ClassParameter -Kind $Kind -Computer $Computer) -Computer $Computer
}

function Get-ClassParameter {
    param([hashtable] $Kind, [string] $Computer)
    $parameters = @{ Namespace = 'root\cimv2'; Class = $Kind.Class }
    if ($Computer) { $parameters.ComputerName = $Computer }
    return $parameters
}

function New-WmiRow {
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Settings)
    $place = Split-EdgeIdentity -Identity $Identity
    if ($Kind.ContainsKey('Nameless')) {
        throw ((Format-Computer -Computer $place.Computer) + ' has the class ' + $Kind.Class + ' but no instance of it, and none can be made: the Access Edge is not set up. ' +
            'Finish its set-up with the deployment tool of Office Communications Server 2007 R2 first.')
    }
    $parameters = Get-ClassParameter -Kind $Kind -Computer $place.Computer
    $parameters.Arguments = ConvertTo-WmiArgument -Values (@{ $Kind.Key = $place.Name } + $Settings)
    $parameters.PutType = 'CreateOnly'
    Write-Line (Format-Call -Name 'Set-WmiInstance' -Parameters $parameters)
    $null = Invoke-Wmi -Name 'Set-WmiInstance' -Parameters ($parameters + @{ Confirm = $false }) -Computer $place.Computer
}

function Set-WmiRow {
    # An update writes the row as it was read, with these changes: all its other properties stay.
    param([hashtable] $Kind, [string] $Identity, [hashtable] $Changes)
    $parameters = @{ Arguments = ConvertTo-WmiArgument -Values $Changes; PutType = 'UpdateOnly' }
    Invoke-WmiRowChange -Name 'Set-WmiInstance' -Identity $Identity -Kind $Kind -Parameters $parameters
}

function Remove-WmiRow {
    param([hashtable] $Kind, [string] $Identity)
    Invoke-WmiRowChange -Name 'Remove-WmiObject' -Identity $Identity -Kind $Kind -Parameters @{}
}

function Invoke-WmiRowChange {
    # The row itself is the target: it knows its computer and its path.
    param([string] $Name, [string] $Identity, [hashtable] $Kind, [hashtable] $Parameters)
    $computer = (Split-EdgeIdentity -Identity $Identity).Computer
    $row = Get-WmiRow -Identity $Identity -Kind $Kind
    if ($null -eq $row) { throw ('Somebody else removed ' + (Format-Value $Identity) + ' at this moment. Deploy again: it is created then where it is still declared.') }
    Write-Line (Format-Call -Name $Name -Parameters ($Parameters + @{ InputObject = [string] (Get-Property -Object $row -Name '__PATH') }))
    $null = Invoke-Wmi -Name $Name -Parameters ($Parameters + @{ InputObject = $row; Confirm = $false }) -Computer $computer
}

function ConvertTo-WmiArgument {
    # WMI takes bare .NET values: one that PowerShell has wrapped on its way is a type mismatch.
    param([hashtable] $Values)
    $arguments = @{}
    foreach ($name in $Values.Keys) { $arguments[$name] = $Values[$name].PSObject.BaseObject }
    return $arguments
}

function Invoke-Wmi {
    param([string] $Name, [hashtable] $Parameters, [string] $Computer)
    Set-ProgressStep ($Name + ' on ' + (Format-Computer -Computer $Computer))
    try { & $Name @Parameters -ErrorAction Stop }
    catch { throw (New-CmdletException -Name $Name -Exception $_.Exception -Advice (Get-WmiAdvice -Failure $_ -Name $Name -Computer $Computer)) }
}

function Format-Computer {
    param([string] $Computer)
    if ($Computer) { return 'the computer ' + (Format-Value $Computer) }
    return 'this computer'
}
