# The two WMI classes: their properties and keys, their instances on a computer, and the rules for values.

$script:WmiClasses = @{
    MSFT_SIPFederationPartnerTable        = @{
        Key        = 'Domain'
        Properties = [ordered]@{ Domain = ''; EdgeProxyAddress = ''; UserVerificationLevel = '' }
    }
    MSFT_SIPFederationExternalEdgeSetting = @{
        Key        = 'InstanceID'
        Properties = [ordered]@{
            AllowAllDomainsForAutoFederation = $false; AllowOutsideUsers = $false
            AllowRemoteUsersCommunicateWithAnyDomain = $false; DefaultRoute = ''
            DefaultRouteIsPublicNetworkProvider = $false; DefaultRouteUserVerificationLevel = ''
            DNSCacheTableSize = [uint32] 0; EnableArchivingNotification = $false; EnableFederation = $false
            FlushDNSCache = $false; InstanceID = ''; IsClearinghouse = $false; KeepCRLsUpToDateForPeers = $false
            MarkSourceVerifiableOnOutgoingMessages = $false; OutgoingTLSCountForFederatedPartners = [uint32] 0
            SupportAnonymousUser = $false
        }
    }
}

# An error as WMI reports it. The verb of the cmdlet is part of its id.
function Stop-ByWmi {
    param([hashtable] $Context, [string] $Status, [string] $Value)
    $category = 'InvalidOperation'
    if ($Status -eq 'InvalidClass') { $category = 'InvalidType' }
    $exception = New-ManagementException (Get-Message $Context.State ('Wmi' + $Status) $Value) $Status
    $id = $Context.Verb + 'WMIManagementException'
    Stop-ByRecord (New-Object Management.Automation.ErrorRecord $exception, $id, $category, $null)
}

# The computer that answers to a name.
function Get-OcsEdge {
    param([hashtable] $Context, [string] $ComputerName)
    $edge = Find-Record $Context.State['ocsEdges'] $ComputerName 'ComputerName'
    $local = @('.', 'localhost', [Environment]::MachineName) -contains $ComputerName
    if ($null -eq $edge -and $local) { $edge = Find-Record $Context.State['ocsEdges'] '.' 'ComputerName' }
    if ($null -ne $edge) {
        if (Get-Value $edge 'accessDenied') { Stop-ByRecord (New-DeniedRecord $Context.State $ComputerName) }
        return $edge
    }
    # Every computer has WMI; this one has no Access Edge.
    if ($local) { return $null }
    $message = Get-Message $Context.State 'RpcUnavailable'
    $exception = New-Object Runtime.InteropServices.COMException $message, 0x800706BA
    $id = $Context.Verb + 'WMICOMException'
    Stop-ByRecord (New-Object Management.Automation.ErrorRecord $exception, $id, 'InvalidOperation', $null)
}

# The class as its computer has it. A class is what its instances hang on, so they come with it.
function Get-WmiTable {
    param([hashtable] $Context, [string] $ComputerName, [string] $Namespace, [string] $ClassName)
    if ($Namespace -notmatch '\A(\\\\[^\\]+\\)?root[\\/]cimv2\z') { Stop-ByWmi $Context 'InvalidNamespace' $Namespace }
    $edge = Get-OcsEdge $Context $ComputerName
    if ($null -eq $edge -or -not (Get-ValueOr $edge 'accessEdge' $true) -or -not $script:WmiClasses.ContainsKey($ClassName)) {
        Stop-ByWmi $Context 'InvalidClass' $ClassName
    }
    $table = @{
        Edge = $edge; Computer = $ComputerName; Schema = $script:WmiClasses[$ClassName]
        Name = @($script:WmiClasses.Keys -eq $ClassName)[0]; Records = @($edge['externalEdgeSetting'])
    }
    if ($table.Name -eq 'MSFT_SIPFederationPartnerTable') { $table.Records = @($edge['partners'].ChildNodes) }
    return $table
}

function Find-WmiRecord {
    param([hashtable] $Table, [string] $Key)
    foreach ($record in $Table.Records) {
        if ([string]::Equals((Get-Value $record $Table.Schema.Key), $Key, [StringComparison]::OrdinalIgnoreCase)) { return $record }
    }
    return $null
}

function Get-WmiValue {
    param([hashtable] $Table, $Record, [string] $Name)
    $value = Get-Value $Record $Name
    if ($value -is [decimal]) { return [uint32] $value }
    return $value
}

function ConvertTo-WmiObject {
    param([hashtable] $Table, $Record, [string[]] $Property = @())
    $key = $Table.Schema.Key
    $relative = '{0}.{1}="{2}"' -f $Table.Name, $key, (Get-Value $Record $key).Replace('\', '\\').Replace('"', '\"')
    $server = $Table.Computer
    if ($server -eq '.' -or $server -eq 'localhost') { $server = [Environment]::MachineName }
    $values = [ordered]@{
        PSComputerName = $server; __GENUS = 2; __CLASS = $Table.Name; __RELPATH = $relative
        __SERVER = $server; __NAMESPACE = 'root\cimv2'; __PATH = "\\$server\root\cimv2:$relative"
    }
    foreach ($name in $Table.Schema.Properties.Keys) {
        if ($Property.Count -eq 0 -or $Property -contains '*' -or $Property -contains $name) {
            $values[$name] = Get-WmiValue $Table $Record $name
        }
    }
    $object = New-Object psobject -Property $values
    $object.PSObject.TypeNames.Insert(0, 'System.Management.ManagementObject#root\cimv2\' + $Table.Name)
    return $object
}

# The arguments as values of the class's types, under the class's names.
function ConvertTo-WmiValue {
    param([hashtable] $Context, [hashtable] $Table, [Collections.IDictionary] $Arguments)
    $values = @{}
    foreach ($given in $Arguments.Keys) {
        $name = @($Table.Schema.Properties.Keys -eq $given)
        if ($name.Count -eq 0) { Stop-ByWmi $Context 'NotFound' }
        $value = $Arguments[$given]
        if ($null -ne $value) {
            $type = $Table.Schema.Properties[$name[0]].GetType()
            $value = [Management.Automation.LanguagePrimitives]::ConvertTo($value, $type, $script:Invariant)
        }
        $values[$name[0]] = $value
    }
    return $values
}

function Assert-WmiPartner {
    param([hashtable] $Context, [Collections.IDictionary] $Values, [bool] $Create)
    foreach ($name in 'Domain', 'EdgeProxyAddress') {
        if ([string]::IsNullOrEmpty($Values[$name])) { continue }
        if (-not (Test-Fqdn $Values[$name])) { Stop-ByWmi $Context 'InvalidParameter' $name }
    }
    if ($Create -and [string]::IsNullOrEmpty($Values['Domain'])) { Stop-ByWmi $Context 'InvalidParameter' 'Domain' }
    if (($Create -or $Values.ContainsKey('UserVerificationLevel')) -and
        $script:Levels -notcontains $Values['UserVerificationLevel']) {
        Stop-ByWmi $Context 'InvalidParameter' 'UserVerificationLevel'
    }
}
