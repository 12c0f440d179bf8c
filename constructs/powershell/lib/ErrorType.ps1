# What an error is, told by names of types: messages are localised. In a remote session the far side's types count.

function Get-ErrorChain {
    # The error and all that it wraps, outermost first. What came from a remote session holds the far side's error as data,
    # whose own cause may be no more than a text.
    param($Exception)
    $cause = $Exception
    while ($null -ne $cause) {
        $cause
        if ($cause -is [string]) { return }
        $next = $cause.PSObject.Properties['SerializedRemoteException']
        if ($null -eq $next -or $null -eq $next.Value) { $next = $cause.PSObject.Properties['InnerException'] }
        $cause = $null
        if ($null -ne $next) { $cause = $next.Value }
    }
}

function Get-ErrorTypeName {
    # Full names of its type and of those that it is made of, as they are where it was thrown.
    param($Cause)
    if ($Cause -is [string]) {
        # Such a text is "Type: message ---> Type: message", where each type may have its HRESULT behind it.
        foreach ($match in [regex]::Matches($Cause, '(?:^|---> )([A-Za-z_][A-Za-z0-9_.+]*)')) { $match.Groups[1].Value }
        return
    }
    foreach ($name in $Cause.PSObject.TypeNames) { $name -replace '^Deserialized\.', '' }
}

function Test-ExceptionType {
    # Whether the error, or one that it wraps, has a type of this name. The name may have wildcards.
    param($Exception, [string] $Name)
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        foreach ($type in Get-ErrorTypeName -Cause $cause) {
            if ($type -like $Name -or $type -like ('*.' + $Name)) { return $true }
        }
    }
    return $false
}
