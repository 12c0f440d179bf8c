# .NET types that the real modules bring along. They are made in memory, when they are first needed: compiling C# at
# every import would take longer than everything else together.

$script:TypeBuilder = $null
$script:MadeTypes = @{}

$script:EnumValues = @{
    'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.VerificationLevelType' = [ordered]@{
        AlwaysVerifiable = 0; AlwaysUnverifiable = 1; UseSourceVerification = 2
    }
    'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.RoutingMethodType'     = [ordered]@{
        UseDnsSrvRouting = 0; UseDefaultRouting = 1
    }
    'Microsoft.Rtc.SyntheticTransactions.TaskResult'                              = [ordered]@{
        Success = 0; Failure = 1
    }
    'System.Management.ManagementStatus'                                          = [ordered]@{
        NotFound = 0x80041002; InvalidParameter = 0x80041008; NotSupported = 0x8004100C; InvalidNamespace = 0x8004100E
        InvalidClass = 0x80041010; InvalidQuery = 0x80041017; AlreadyExists = 0x80041019
    }
}

$script:LevelType = 'Microsoft.Rtc.Management.WritableConfig.Settings.Edge.VerificationLevelType'
$script:Levels = [string[]] @($script:EnumValues[$script:LevelType].Keys)

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
        $values = $script:EnumValues[$TypeName]
        foreach ($name in $values.Keys) { [void] $enum.DefineLiteral($name, [int] $values[$name]) }
        $script:MadeTypes[$TypeName] = $enum.CreateType()
    }
    return [Enum]::Parse($script:MadeTypes[$TypeName], $Value)
}

# An exception of any type by its full name. Those of Lync Server's own assemblies say no more here than their names, and
# may wrap another.
function New-Exception {
    param([string] $TypeName, [string] $Message, $Inner = $null, [int] $Number = 0)
    if ($TypeName -eq 'System.Data.SqlClient.SqlException') { return New-SqlException $Message $Number }
    if ($TypeName -like 'Microsoft.Rtc.*') {
        return [Activator]::CreateInstance((Get-ExceptionType $TypeName ([Exception])), [object[]] @($Message, $Inner))
    }
    $type = $TypeName -as [type]
    if ($null -eq $type) { throw "There is no exception type $TypeName." }
    return [Activator]::CreateInstance($type, [object[]] @($Message))
}

# SqlException has no public constructor, and .NET without its libraries has no such type at all.
function New-SqlException {
    param([string] $Message, [int] $Number)
    $type = 'System.Data.SqlClient.SqlException' -as [type]
    if ($null -eq $type) {
        $type = Get-ExceptionType 'System.Data.SqlClient.SqlException' ([Data.Common.DbException]) @{ Number = [int] }
        $exception = [Activator]::CreateInstance($type, [object[]] @($Message, $null))
        $type.GetField('Number').SetValue($exception, $Number)
        return $exception
    }
    # The real one is made of errors, whose fields have an underscore or not by the version of .NET.
    $errorType = $type.Assembly.GetType('System.Data.SqlClient.SqlError')
    $one = [Runtime.Serialization.FormatterServices]::GetUninitializedObject($errorType)
    $values = @{ number = $Number; message = $Message }
    foreach ($field in $errorType.GetFields('NonPublic, Instance')) {
        $name = $field.Name.TrimStart('_')
        if ($values.ContainsKey($name)) { $field.SetValue($one, $values[$name]) }
    }
    $errors = [Activator]::CreateInstance($type.Assembly.GetType('System.Data.SqlClient.SqlErrorCollection'), $true)
    [void] $errors.GetType().GetMethod('Add', 'NonPublic, Instance', $null, [type[]] @($errorType), $null).Invoke($errors, @($one))
    $create = $type.GetMethod('CreateException', 'NonPublic, Static', $null, [type[]] @($errors.GetType(), [string]), $null)
    return $create.Invoke($null, @($errors, ''))
}

# What WMI throws: with ErrorCode, as the real type has it. Elsewhere than on Windows the real type, if it is there at
# all, refuses to work.
function New-ManagementException {
    param([string] $Message, [string] $Status)
    if ([Environment]::OSVersion.Platform -eq 'Win32NT') {
        $type = 'System.Management.ManagementException' -as [type]
        $exception = [Activator]::CreateInstance($type, [object[]] @($Message))
        $code = [Enum]::Parse(('System.Management.ManagementStatus' -as [type]), $Status)
        $type.GetField('errorCode', 'NonPublic, Instance').SetValue($exception, $code)
        return $exception
    }
    $code = Get-EnumValue 'System.Management.ManagementStatus' $Status
    $type = Get-ExceptionType 'System.Management.ManagementException' ([SystemException]) @{ ErrorCode = $code.GetType() }
    $exception = [Activator]::CreateInstance($type, [object[]] @($Message, $null))
    $type.GetField('ErrorCode').SetValue($exception, $code)
    return $exception
}

# A type that does nothing but hand its message and what it wraps to its base; further public fields on request.
function Get-ExceptionType {
    param([string] $TypeName, [type] $Base, [hashtable] $Fields = @{})
    if (-not $script:MadeTypes.ContainsKey($TypeName)) {
        $type = (Get-TypeBuilder).DefineType($TypeName, 'Public', $Base)
        foreach ($field in $Fields.Keys) { [void] $type.DefineField($field, $Fields[$field], 'Public') }
        $parameters = [type[]] @([string], [Exception])
        $constructor = $type.DefineConstructor('Public', 'Standard', $parameters)
        $il = $constructor.GetILGenerator()
        $il.Emit([Reflection.Emit.OpCodes]::Ldarg_0)
        $il.Emit([Reflection.Emit.OpCodes]::Ldarg_1)
        $il.Emit([Reflection.Emit.OpCodes]::Ldarg_2)
        $baseConstructor = $Base.GetConstructor('Public, NonPublic, Instance', $null, $parameters, $null)
        $il.Emit([Reflection.Emit.OpCodes]::Call, $baseConstructor)
        $il.Emit([Reflection.Emit.OpCodes]::Ret)
        $script:MadeTypes[$TypeName] = $type.CreateType()
    }
    return $script:MadeTypes[$TypeName]
}
