# Which product the server is, and what differs between the products.

$script:Product = $null
$script:ModuleOfProduct = @{
    LyncServer2013             = 'Lync'
    SkypeForBusinessServer2015 = 'SkypeForBusiness'
    SkypeForBusinessServer2019 = 'SkypeForBusiness'
}

# Reads what the state says about the module itself; a machine has the module of its own product only.
function Initialize-Product {
    param([string] $ModuleName)
    $session = Open-StateFile
    try {
        $state = $session.Root
        $script:Product = Get-Value $state 'product'
        $delay = [double] (Get-ValueOr $state 'importDelaySeconds' 0)
        $missing = @(foreach ($node in $state['missingCmdlets'].ChildNodes) { $node.InnerText })
        if (-not [IO.File]::Exists($script:StateFile)) { Save-StateFile $session }
    } finally {
        Close-StateFile $session
    }
    if ($script:ModuleOfProduct[$script:Product] -ne $ModuleName) {
        throw "The state's product is '$($script:Product)', which has no module $ModuleName."
    }
    if ($delay -gt 0) { [Threading.Thread]::Sleep([int] ($delay * 1000)) }
    if ($script:Product -eq 'SkypeForBusinessServer2019') { $missing += 'Test-CsMcxPushNotification' }
    if (Test-LaterProduct) { Add-KindVerificationLevel }
    return $missing
}

function Test-LaterProduct {
    return $script:Product -ne 'LyncServer2013'
}

# Parameters that came with Skype for Business Server 2015.
function New-LaterParameter {
    param([hashtable] $Types, [string[]] $Sets = @('__AllParameterSets'))
    $dictionary = New-Object Management.Automation.RuntimeDefinedParameterDictionary
    if (-not (Test-LaterProduct)) { return $dictionary }
    foreach ($name in $Types.Keys) {
        $attributes = New-Object 'System.Collections.ObjectModel.Collection[System.Attribute]'
        foreach ($set in $Sets) {
            $attribute = New-Object Management.Automation.ParameterAttribute
            $attribute.ParameterSetName = $set
            $attributes.Add($attribute)
        }
        if ($name -eq 'VerificationLevel') {
            $attributes.Add((New-Object Management.Automation.ValidateSetAttribute $script:Levels))
        }
        $parameter = New-Object Management.Automation.RuntimeDefinedParameter $name, $Types[$name], $attributes
        $dictionary.Add($name, $parameter)
    }
    return $dictionary
}
