# Get-WmiObject, Set-WmiInstance and Remove-WmiObject, with those of the real parameters that matter here.

function Select-WmiObject {
    param([hashtable] $Context, [Collections.IDictionary] $Bound)
    $wanted = @{ ClassName = $Bound['Class']; Property = [string[]] @(); Filter = $Bound['Filter'] }
    if ($Bound.ContainsKey('Query')) { $wanted = Read-WqlQuery $Context $Bound['Query'] }
    if ($Bound.ContainsKey('Property')) { $wanted.Property = $Bound['Property'] }
    foreach ($computer in (Get-BoundOr $Bound 'ComputerName' '.')) {
        $table = Get-WmiTable $Context $computer (Get-BoundOr $Bound 'Namespace' 'root\cimv2') $wanted.ClassName
        $conditions = Read-WqlFilter $Context $table $wanted.Filter
        foreach ($record in $table.Records) {
            if (Test-WqlFilter $table $record $conditions) { ConvertTo-WmiObject $table $record $wanted.Property }
        }
    }
}

function Get-BoundOr {
    param([Collections.IDictionary] $Bound, [string] $Name, $Default)
    if ($Bound.ContainsKey($Name)) { return $Bound[$Name] }
    return $Default
}

# Which instance, or with Key = null which class, a call is about.
function Get-WmiTarget {
    param([hashtable] $Context, [Collections.IDictionary] $Bound)
    $target = @{
        ClassName = $Bound['Class']; Key = $null; Computer = $null
        Namespace = Get-BoundOr $Bound 'Namespace' 'root\cimv2'
    }
    if ($Bound.ContainsKey('InputObject')) { $target = Read-WmiPath $Context $Bound['InputObject'].__PATH }
    if ($Bound.ContainsKey('Path')) { $target = Read-WmiPath $Context $Bound['Path'] }
    $computers = @($target.Computer)
    if ($null -eq $target.Computer) { $computers = @(Get-BoundOr $Bound 'ComputerName' '.') }
    $target.Tables = @(foreach ($computer in $computers) {
        Get-WmiTable $Context $computer $target.Namespace $target.ClassName
    })
    return $target
}

# With a class a new instance is made and nothing else; an existing one is changed by its path or as an object.
function Assert-PutType {
    param($State, [string] $PutType, [bool] $OfClass)
    if ($PutType -eq '' -or ($PutType -eq 'CreateOnly') -eq $OfClass) { return }
    $id = 'NonUpdateFlagSpecifiedWithInstancePath'
    if ($OfClass) { $id = 'CreateOnlyFlagNotSpecifiedWithClassPath' }
    $exception = New-Object InvalidOperationException (Get-Message $State 'WmiPutType' $PutType)
    Stop-ByRecord (New-Object Management.Automation.ErrorRecord $exception, $id, 'InvalidOperation', $PutType)
}

function Set-WmiRecord {
    param([hashtable] $Context, [Collections.IDictionary] $Bound)
    $target = Get-WmiTarget $Context $Bound
    Assert-PutType $Context.State ([string] $Bound['PutType']) ($null -eq $target.Key)
    foreach ($table in $target.Tables) {
        $given = @{}
        if ($Bound.ContainsKey('Arguments') -and $null -ne $Bound['Arguments']) { $given = $Bound['Arguments'] }
        $values = ConvertTo-WmiValue $Context $table $given
        if ($null -eq $target.Key) {
            $record = New-WmiRecord $Context $table $values
        } else {
            $record = Update-WmiRecord $Context $table $target.Key $values $Bound
        }
        ConvertTo-WmiObject $table $record
    }
}

function New-WmiRecord {
    param([hashtable] $Context, [hashtable] $Table, [hashtable] $Values)
    # The settings of the external edge are there once, and stay.
    if ($Table.Name -ne 'MSFT_SIPFederationPartnerTable') { Stop-ByWmi $Context 'NotSupported' }
    Assert-WmiPartner $Context $Values $true
    if ($null -ne (Find-WmiRecord $Table $Values['Domain'])) { Stop-ByWmi $Context 'AlreadyExists' }
    return Add-Record $Table.Edge['partners'] ([ordered]@{
        Domain = $Values['Domain']; EdgeProxyAddress = $Values['EdgeProxyAddress']
        UserVerificationLevel = $Values['UserVerificationLevel']
    })
}

function Update-WmiRecord {
    param([hashtable] $Context, [hashtable] $Table, [string] $Key, [hashtable] $Values, [Collections.IDictionary] $Bound)
    $keyName = $Table.Schema.Key
    if ($Values.ContainsKey($keyName) -and -not (Test-SameName $Values[$keyName] $Key)) { Stop-ByWmi $Context 'InvalidParameter' $keyName }
    if ($Table.Name -eq 'MSFT_SIPFederationPartnerTable') { Assert-WmiPartner $Context $Values $false }
    $record = Find-WmiRecord $Table $Key
    if ($null -eq $record) {
        if (-not $Bound.ContainsKey('InputObject') -or $Bound['PutType'] -eq 'UpdateOnly') { Stop-ByWmi $Context 'NotFound' }
        foreach ($name in $Table.Schema.Properties.Keys) {
            if (-not $Values.ContainsKey($name)) { $Values[$name] = $Bound['InputObject'].$name }
        }
        return New-WmiRecord $Context $Table $Values
    }
    foreach ($name in $Values.Keys) {
        if ($name -ne $keyName) { Set-Value $record $name $Values[$name] }
    }
    return $record
}

function Remove-WmiRecord {
    param([hashtable] $Context, [Collections.IDictionary] $Bound)
    $target = Get-WmiTarget $Context $Bound
    foreach ($table in $target.Tables) {
        $record = $null
        if ($null -ne $target.Key) { $record = Find-WmiRecord $table $target.Key }
        if ($null -eq $record) { Stop-ByWmi $Context 'NotFound' }
        if ($table.Name -ne 'MSFT_SIPFederationPartnerTable') { Stop-ByWmi $Context 'NotSupported' }
        [void] $record.ParentNode.RemoveChild($record)
    }
}

function Get-WmiObject {
    [CmdletBinding(DefaultParameterSetName = 'query')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'query')] [Alias('ClassName')] [string] $Class,
        [Parameter(Position = 1, ParameterSetName = 'query')] [string[]] $Property,
        [Parameter(ParameterSetName = 'query')] [string] $Filter,
        [Parameter(Mandatory = $true, ParameterSetName = 'WQLQuery')] [string] $Query,
        [Alias('NS')] [string] $Namespace,
        [Alias('Cn')] [ValidateNotNullOrEmpty()] [string[]] $ComputerName,
        [Management.Automation.PSCredential] $Credential
    )
    process {
        Invoke-ReadingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Select-WmiObject @{ State = $State; Verb = 'Get' } $Bound
        }
    }
}

function Set-WmiInstance {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'class')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'class')] [string] $Class,
        [Parameter(Mandatory = $true, ParameterSetName = 'path')] [string] $Path,
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'object')] [psobject] $InputObject,
        [Alias('Args', 'Property')] [hashtable] $Arguments,
        [ValidateSet('UpdateOnly', 'CreateOnly', 'UpdateOrCreate')] [string] $PutType,
        [Parameter(ParameterSetName = 'class')] [Parameter(ParameterSetName = 'path')] [Alias('NS')] [string] $Namespace,
        [Parameter(ParameterSetName = 'class')] [Parameter(ParameterSetName = 'path')]
        [Alias('Cn')] [ValidateNotNullOrEmpty()] [string[]] $ComputerName,
        [Parameter(ParameterSetName = 'class')] [Parameter(ParameterSetName = 'path')]
        [Management.Automation.PSCredential] $Credential
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Set-WmiRecord @{ State = $State; Verb = 'Set' } $Bound
        } $false
    }
}

function Remove-WmiObject {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'object')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'object')] [psobject] $InputObject,
        [Parameter(Mandatory = $true, ParameterSetName = 'path')] [string] $Path,
        [Parameter(ParameterSetName = 'path')] [Alias('NS')] [string] $Namespace,
        [Parameter(ParameterSetName = 'path')] [Alias('Cn')] [ValidateNotNullOrEmpty()] [string[]] $ComputerName,
        [Parameter(ParameterSetName = 'path')] [Management.Automation.PSCredential] $Credential
    )
    process {
        Invoke-MutatingCall $PSCmdlet $PSBoundParameters {
            param($State, $Bound)
            Remove-WmiRecord @{ State = $State; Verb = 'Remove' } $Bound
        } $false
    }
}
