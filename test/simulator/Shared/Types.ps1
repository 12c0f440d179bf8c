# .NET types that the real modules bring along. They are made in memory, when they are first needed: compiling C# at
# every import would take longer than everything else together.

$script:TypeBuilder = $null
$script:MadeTypes = @{}

$script:EnumValues = @{
    'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.VerificationLevelType' =
        @('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')
    'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.RoutingMethodType' = @('UseDnsSrvRouting', 'UseDefaultRouting')
    'Microsoft.Rtc.SyntheticTransactions.TaskResult' = @('Success', 'Failure')
}

function Get-TypeBuilder {
    if ($null -eq $script:TypeBuilder) {
        $name = New-Object Reflection.AssemblyName 'SimulatedLync.Types'
        $assembly = [Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($name, 'Run')
        $script:TypeBuilder = $assembly.DefineDynamicModule('SimulatedLync.Types')
    }
    return $script:TypeBuilder
}

# The real properties are enums: they print and compare like their names, but ConvertTo-Json writes their numbers.
function Get-EnumValue {
    param([string] $TypeName, [string] $Value)
    if (-not $script:MadeTypes.ContainsKey($TypeName)) {
        $enum = (Get-TypeBuilder).DefineEnum($TypeName, 'Public', [int])
        $number = 0
        foreach ($name in $script:EnumValues[$TypeName]) {
            [void] $enum.DefineLiteral($name, $number)
            $number++
        }
        $script:MadeTypes[$TypeName] = $enum.CreateType()
    }
    return [Enum]::Parse($script:MadeTypes[$TypeName], $Value)
}

# An exception of any type by its full name.
function New-Exception {
    param([string] $TypeName, [string] $Message)
    if ($TypeName -eq 'System.Data.SqlClient.SqlException') { return New-SqlException $Message }
    $type = $TypeName -as [type]
    if ($null -eq $type) { throw "There is no exception type $TypeName." }
    return [Activator]::CreateInstance($type, [object[]] @($Message))
}

# SqlException has no public constructor, and .NET without the Windows libraries has no such type at all.
function New-SqlException {
    param([string] $Message)
    $type = 'System.Data.SqlClient.SqlException' -as [type]
    if ($null -eq $type) {
        $type = Get-ExceptionType 'System.Data.SqlClient.SqlException' ([Data.Common.DbException])
        return [Activator]::CreateInstance($type, [object[]] @($Message))
    }
    $exception = [Runtime.Serialization.FormatterServices]::GetUninitializedObject($type)
    [Exception].GetField('_message', 'NonPublic, Instance').SetValue($exception, $Message)
    return $exception
}

# A type that does nothing but hand its message to its base; further public fields on request.
function Get-ExceptionType {
    param([string] $TypeName, [type] $Base, [hashtable] $Fields = @{})
    if (-not $script:MadeTypes.ContainsKey($TypeName)) {
        $type = (Get-TypeBuilder).DefineType($TypeName, 'Public', $Base)
        foreach ($field in $Fields.Keys) { [void] $type.DefineField($field, $Fields[$field], 'Public') }
        $constructor = $type.DefineConstructor('Public', 'Standard', [type[]] @([string]))
        $il = $constructor.GetILGenerator()
        $il.Emit([Reflection.Emit.OpCodes]::Ldarg_0)
        $il.Emit([Reflection.Emit.OpCodes]::Ldarg_1)
        $baseConstructor = $Base.GetConstructor('Public, NonPublic, Instance', $null, [type[]] @([string]), $null)
        $il.Emit([Reflection.Emit.OpCodes]::Call, $baseConstructor)
        $il.Emit([Reflection.Emit.OpCodes]::Ret)
        $script:MadeTypes[$TypeName] = $type.CreateType()
    }
    return $script:MadeTypes[$TypeName]
}
