# For the tests of this folder: errors as a remote session gives them, with the far side's error as data.

function New-Far {
    # An object of the far side.
    param([string] $Type, [hashtable] $Values)
    $far = New-Object -TypeName psobject -Property $Values
    $far.PSObject.TypeNames.Insert(0, 'Deserialized.' + $Type)
    return $far
}

function New-FarError {
    # The far side's error, and what it wraps.
    param([string] $Type, [hashtable] $Values = @{}, $Inner = $null)
    $types = [type[]] @([string], [psobject], [psobject])
    $make = [Management.Automation.RemoteException].GetConstructor('NonPublic, Instance', $null, $types, $null)
    return $make.Invoke(@('any words', [psobject] (New-Far -Type $Type -Values ($Values + @{ InnerException = $Inner })), $null))
}

function New-FarSql {
    # An error of SQL Server, for another to wrap.
    param([int] $Number, [hashtable] $Values = @{})
    return New-Far -Type 'System.Data.SqlClient.SqlException' -Values ($Values + @{ Number = $Number; InnerException = $null })
}
