# Reads PowerShell files with the engine's own parser and prints, as JSON, what each of them uses: nothing is run or judged.
param([Parameter(ValueFromRemainingArguments = $true)][string[]] $Path)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

function Get-UsedThing {
    # One record for everything in the file that a version of PowerShell or of .NET may lack.
    param([string] $File)
    $tokens = $null
    $errors = $null
    $tree = [Management.Automation.Language.Parser]::ParseFile($File, [ref] $tokens, [ref] $errors)
    foreach ($each in $errors) { New-Record -What 'error' -Name $each.ErrorId -Extent $each.Extent }
    Get-LeadingPipe -Tokens $tokens
    foreach ($node in $tree.FindAll({ $true }, $true)) {
        New-Record -What 'syntax' -Name $node.GetType().Name -Extent $node.Extent
        Get-SyntaxDetail -Node $node
        Get-NameDetail -Node $node
        Get-TypeDetail -Node $node
    }
}

function New-Record {
    param([string] $What, $Name, $Extent, [object[]] $Details = @())
    $text = ($Extent.Text -split "\n")[0].Trim()
    @{ what = $What; name = [string] $Name; line = $Extent.StartLineNumber; text = $text; details = $Details }
}

function Get-LeadingPipe {
    # A pipe that begins a line continues the line before it since PowerShell 7 alone.
    param([object[]] $Tokens)
    $previous = 'NewLine'
    foreach ($token in $Tokens) {
        $kind = [string] $token.Kind
        if ($kind -eq 'Pipe' -and $previous -eq 'NewLine') { New-Record -What 'operator' -Name 'LeadingPipe' -Extent $token.Extent }
        if ($kind -ne 'Comment') { $previous = $kind }
    }
}

function Get-SyntaxDetail {
    # What younger versions added to syntax that was there before.
    param($Node)
    switch ($Node.GetType().Name) {
        'BinaryExpressionAst' {
            New-Record -What 'operator' -Name $Node.Operator -Extent $Node.Extent -Details @($Node.Left.StaticType.Name)
        }
        'AssignmentStatementAst' { New-Record -What 'operator' -Name $Node.Operator -Extent $Node.Extent }
        'NamedBlockAst' { New-Record -What 'block' -Name $Node.BlockKind -Extent $Node.Extent }
        'ConstantExpressionAst' { New-Record -What 'number' -Name $Node.Extent.Text -Extent $Node.Extent }
        'StringConstantExpressionAst' { Get-Escape -Node $Node }
        'ExpandableStringExpressionAst' { Get-Escape -Node $Node }
        'MergingRedirectionAst' { New-Record -What 'stream' -Name $Node.FromStream -Extent $Node.Extent }
        'FileRedirectionAst' { New-Record -What 'stream' -Name $Node.FromStream -Extent $Node.Extent }
        'ScriptBlockAst' { Get-Requirement -Requirements $Node.ScriptRequirements -Extent $Node.Extent }
    }
    # Properties of the syntax tree that only a younger parser has.
    foreach ($name in 'Background', 'NullConditional', 'GenericTypeArguments') {
        $property = $Node.PSObject.Properties[$name]
        if ($null -ne $property -and $property.Value) { New-Record -What 'operator' -Name $name -Extent $Node.Extent }
    }
}

function Get-Escape {
    param($Node)
    if (([string] $Node.StringConstantType) -like 'Single*') { return }
    foreach ($match in [regex]::Matches($Node.Extent.Text, '`.')) { New-Record -What 'escape' -Name $match.Value -Extent $Node.Extent }
}

function Get-Requirement {
    param($Requirements, $Extent)
    if ($null -eq $Requirements) { return }
    foreach ($property in $Requirements.PSObject.Properties) {
        if ($property.Value) { New-Record -What 'requirement' -Name $property.Name -Extent $Extent -Details @([string] $property.Value) }
    }
}

function Get-NameDetail {
    # Functions, variables, commands with their parameters, and the members of objects.
    param($Node)
    switch ($Node.GetType().Name) {
        'FunctionDefinitionAst' {
            New-Record -What 'function' -Name $Node.Name -Extent $Node.Extent -Details @(Get-ParameterName -Function $Node)
        }
        'VariableExpressionAst' { New-Record -What 'variable' -Name $Node.VariablePath.UserPath -Extent $Node.Extent }
        'CommandAst' {
            $words = @($Node.CommandElements | Select-Object -Skip 1 | ForEach-Object { Get-Word -Element $_ })
            New-Record -What ('command ' + $Node.InvocationOperator) -Name $Node.GetCommandName() -Extent $Node.Extent -Details $words
        }
        'InvokeMemberExpressionAst' {
            $kind = 'method'
            if ($Node.Static) { $kind = 'static method' }
            New-Record -What $kind -Name $Node.Member.Extent.Text -Extent $Node.Extent
        }
    }
}

function Get-ParameterName {
    param($Function)
    $parameters = @($Function.Parameters) + @($Function.Body.ParamBlock | Where-Object { $_ } | ForEach-Object { $_.Parameters })
    return @($parameters | Where-Object { $_ } | ForEach-Object { $_.Name.VariablePath.UserPath })
}

function Get-Word {
    # "-Name", "-Name:" with an argument after the colon, "-Name: " with white space after it, "=text" or "?" for an expression.
    param($Element)
    if ($Element -is [Management.Automation.Language.StringConstantExpressionAst]) { return '=' + $Element.Value }
    if ($Element -isnot [Management.Automation.Language.CommandParameterAst]) { return '?' }
    $word = '-' + $Element.ParameterName
    if ($null -eq $Element.Argument) { return $word }
    if ($Element.Extent.Text -match ':\s') { return $word + ': ' }
    return $word + ':'
}

function Get-TypeDetail {
    # Types and their static members; attributes with their named arguments.
    param($Node)
    switch ($Node.GetType().Name) {
        'TypeExpressionAst' { New-Record -What 'type' -Name $Node.TypeName.FullName -Extent $Node.Extent }
        'TypeConstraintAst' { New-Record -What 'type' -Name $Node.TypeName.FullName -Extent $Node.Extent }
        'AttributeAst' {
            $arguments = @($Node.NamedArguments | ForEach-Object { $_.ArgumentName })
            New-Record -What 'attribute' -Name $Node.TypeName.FullName -Extent $Node.Extent -Details $arguments
        }
    }
    if ($Node -is [Management.Automation.Language.MemberExpressionAst] -and $Node.Static) {
        $type = $Node.Expression.Extent.Text.Trim('[', ']')
        New-Record -What 'static' -Name ($type + '::' + $Node.Member.Extent.Text) -Extent $Node.Extent
    }
}

$report = @{}
foreach ($file in $Path) { $report[$file] = @(Get-UsedThing -File $file) }
[Console]::OutputEncoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
[Console]::Out.WriteLine((ConvertTo-Json -InputObject $report -Depth 5 -Compress))
