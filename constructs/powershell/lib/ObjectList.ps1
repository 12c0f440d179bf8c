# The list of a stack's objects in Terraform's state: what becomes of each when it leaves the code. Its form has a version.
#
# Version 2: { "Version": 2, "Objects": { "AllowedDomain push.lync.com": { "Policy": "remove", "Declares": ["Comment"] } } }
#   Policy    remove: it leaves Lync Server with the code; retain: it stays as it is
#   Declares  the settings in the code: what of them leaves the code alone goes back to its default
#   Where     only with these values is the object the stack's still; without it, with whatever values
# Version 1, of stacks that no later version has deployed: { "AllowedDomain push.lync.com": "remove, declares Comment" }

function Read-ObjectList {
    # Objects in the order of the list, and by name: names compare without case, and by no culture.
    param([string] $Text)
    $list = ConvertFrom-Json -InputObject $Text
    $version = Get-Property -Object $list -Name 'Version'
    if ($null -eq $version) {
        $version = 1
        $objects = @(foreach ($row in $list.PSObject.Properties) { ConvertFrom-ObjectWord -Name $row.Name -Text $row.Value })
    }
    elseif ($version -eq 2) { $objects = @(foreach ($row in $list.Objects.PSObject.Properties) { ConvertFrom-ObjectRow -Name $row.Name -Row $row.Value }) }
    else {
        throw ("Terraform's state has a list of objects of version " + $version + ', which a newer version of this library wrote. These scripts read version 1 and 2, and have changed nothing. ' +
            'Deploy with that version of the library, or a newer one.')
    }
    $byName = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
    foreach ($object in $objects) { $byName[$object.Name] = $object }
    return @{ Version = $version; Objects = $objects; ByName = $byName }
}

function ConvertFrom-ObjectRow {
    param([string] $Name, $Row)
    $object = @{ Name = $Name; Policy = $Row.Policy; Declares = @($Row.Declares); Where = @{} }
    $where = $Row.PSObject.Properties['Where']
    if ($null -ne $where) { $object.Where = ConvertFrom-MarkedSetting -Object $where.Value }
    return $object
}

function ConvertFrom-ObjectWord {
    # "remove, declares Comment ProxyFqdn" or "remove, where EdgeProxyAddress is sip.contoso.com".
    param([string] $Name, [string] $Text)
    $policy, $clauses = $Text -split ', '
    $object = @{ Name = $Name; Policy = $policy; Declares = @(); Where = @{} }
    foreach ($clause in $clauses) {
        $word, $words = $clause -split ' '
        if ($word -eq 'declares') { $object.Declares = @($words) }
        if ($word -eq 'where') { $object.Where[$words[0]] = $words[2] }
    }
    return $object
}

function Test-SameObjectList {
    # A destroy with the code that was deployed: another script has removed all of it by now. A deploy replaces a list of an
    # earlier version even where it holds the same, and has its checks to make.
    param([hashtable] $Before, [hashtable] $After)
    if ($Before.Version -ne $After.Version -or $Before.Objects.Count -ne $After.Objects.Count) { return $false }
    foreach ($object in $Before.Objects) {
        $other = $After.ByName[$object.Name]
        if ($null -eq $other -or -not [string]::Equals((Format-ListedObject -Object $object), (Format-ListedObject -Object $other), [StringComparison]::Ordinal)) { return $false }
    }
    return $true
}

function Format-ListedObject {
    param([hashtable] $Object)
    $words = @($Object.Name, $Object.Policy) + $Object.Declares
    if ($Object.Where.Count -gt 0) { $words += @($Object.Where.Keys | Sort-Object | ForEach-Object { $_ + '=' + $Object.Where[$_] }) }
    return $words -join "`t"
}
