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
        if (Test-CauseType -Cause $cause -Name $Name) { return $true }
    }
    return $false
}

function Test-CauseType {
    param($Cause, [string] $Name)
    foreach ($type in Get-ErrorTypeName -Cause $Cause) {
        if ($type -like $Name -or $type -like ('*.' + $Name)) { return $true }
    }
    return $false
}

function Get-OwnError {
    # The error itself, or what a remote session's error stands for.
    param($Exception)
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        if ($cause -isnot [Management.Automation.RemoteException]) { return $cause }
    }
    return $Exception
}

function Get-SqlNumber {
    # The numbers of SQL Server's errors in it. In a text they stand as "Error Number:18456,State:1,Class:14", in any language.
    param($Exception)
    foreach ($cause in Get-ErrorChain -Exception $Exception) {
        if ($cause -is [string]) {
            foreach ($match in [regex]::Matches($cause, ':\s*([0-9]+),[^:,]+:\s*[0-9]+,[^:,]+:\s*[0-9]+')) { [int] $match.Groups[1].Value }
            continue
        }
        if (-not (Test-CauseType -Cause $cause -Name 'Sql*Exception')) { continue }
        $errors = $cause.PSObject.Properties['Errors']
        $each = @($cause)
        if ($null -ne $errors) { $each += @($errors.Value | Where-Object { $null -ne $_ }) }
        foreach ($one in $each) {
            $number = $one.PSObject.Properties['Number']
            if ($null -ne $number -and $number.Value -is [int]) { $number.Value }
        }
    }
}

function Test-AccessRefused {
    # Whether the account may not do it. SQL Server refuses a login by the numbers 18450 to 18489, and a permission by 229.
    param($Exception)
    foreach ($name in 'UnauthorizedAccessException', 'SecurityException') {
        if (Test-ExceptionType -Exception $Exception -Name $name) { return $true }
    }
    return @(Get-SqlNumber -Exception $Exception | Where-Object { $_ -eq 229 -or ($_ -ge 18450 -and $_ -le 18489) }).Count -gt 0
}
