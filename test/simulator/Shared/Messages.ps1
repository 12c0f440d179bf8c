# What the server says, in English or (state: "language": "de") in German, so that tests can show that nobody relies on
# the words. The files are ASCII: Windows PowerShell 3.0 reads them in the code page of the machine.

$script:Messages = @{
    AlreadyExists        = @('"{0}" already exists.', '"{0}" ist bereits vorhanden.')
    BlockedOrAllowed     = @('The domain "{0}" is on the list of allowed or blocked domains.', 'Die Dom\u00e4ne "{0}" steht in der Liste zugelassener oder gesperrter Dom\u00e4nen.')
    ProxyInUse           = @('The proxy FQDN "{0}" belongs to the provider "{1}".', 'Der Proxy-FQDN "{0}" geh\u00f6rt zum Anbieter "{1}".')
    NotFound             = @('Cannot find "{0}".', '"{0}" wurde nicht gefunden.')
    NoIdentity           = @('An identity or an instance is needed.', 'Es ist eine Identit\u00e4t oder eine Instanz erforderlich.')
    NotAnFqdn            = @('"{0}" is not a fully qualified domain name.', '"{0}" ist kein vollqualifizierter Dom\u00e4nenname.')
    ProxyIsFixed         = @('The proxy FQDN of "{0}" cannot be modified.', 'Der Proxy-FQDN von "{0}" kann nicht ge\u00e4ndert werden.')
    NoSuchSite           = @('There is no site "{0}".', 'Der Standort "{0}" ist nicht vorhanden.')
    BadScope             = @('"{0}" is neither global nor a site.', '"{0}" ist weder global noch ein Standort.')
    SiteOnly             = @('New settings can only be made for a site, not for "{0}".', 'Neue Einstellungen sind nur f\u00fcr einen Standort m\u00f6glich, nicht f\u00fcr "{0}".')
    ProvidersRemain      = @('Remove all hosting providers and public providers first.', 'Entfernen Sie zuerst alle Hostinganbieter und \u00f6ffentlichen Anbieter.')
    NeedsDefaultRoute    = @('Default routing needs DefaultRouteFqdn.', 'F\u00fcr das Standardrouting ist DefaultRouteFqdn erforderlich.')
    NeedsDiscovery       = @('DNS SRV routing needs EnablePartnerDiscovery.', 'F\u00fcr das DNS-SRV-Routing ist EnablePartnerDiscovery erforderlich.')
    OtherRouting         = @('"{0}" does not belong to the current routing method.', '"{0}" geh\u00f6rt nicht zur aktuellen Routingmethode.')
    OutOfRange           = @('{0} must be between {1} and {2}.', '{0} muss zwischen {1} und {2} liegen.')
    AccessDenied         = @('Access to "{0}" is denied.', 'Der Zugriff auf "{0}" wurde verweigert.')
    Fault                = @('The operation failed.', 'Der Vorgang ist fehlgeschlagen.')
    UnknownHost          = @('No such host is known: {0}', 'Der angegebene Host ist unbekannt: {0}')
    FederationOff        = @('403, Forbidden: federation is switched off.', '403, Unzul\u00e4ssig: Der Partnerverbund ist deaktiviert.')
    DomainNotAllowed     = @('403, Forbidden: the domain {0} is not allowed.', '403, Unzul\u00e4ssig: Die Dom\u00e4ne {0} ist nicht zugelassen.')
    NoProvider           = @('504, Server time-out: no enabled provider has the proxy {0}.', '504, Zeit\u00fcberschreitung: Kein aktivierter Anbieter hat den Proxy {0}.')
    NoEdgeRoute          = @('504, Server time-out: no route to the proxy {0}.', '504, Zeit\u00fcberschreitung: Keine Route zum Proxy {0}.')
    DefaultRouting       = @('504, Server time-out: hosting providers are not reached by default routing.', '504, Zeit\u00fcberschreitung: Hostinganbieter sind \u00fcber Standardrouting nicht erreichbar.')
    PushOff              = @('403, Forbidden: push notifications are switched off.', '403, Unzul\u00e4ssig: Pushbenachrichtigungen sind deaktiviert.')
    TestStarted          = @('{0} started for {1}.', '{0} wurde f\u00fcr {1} gestartet.')
    TestEnded            = @('{0} ended: {1} {2}', '{0} wurde beendet: {1} {2}')
    WmiInvalidClass      = @('Invalid class "{0}"', 'Ung\u00fcltige Klasse "{0}"')
    WmiNotFound          = @('Not found', 'Nicht gefunden')
    WmiAlreadyExists     = @('The object or property already exists', 'Das Objekt oder die Eigenschaft ist bereits vorhanden')
    WmiInvalidParameter  = @('Invalid parameter "{0}"', 'Ung\u00fcltiger Parameter "{0}"')
    WmiInvalidQuery      = @('Invalid query "{0}"', 'Ung\u00fcltige Abfrage "{0}"')
    WmiInvalidNamespace  = @('Invalid namespace "{0}"', 'Ung\u00fcltiger Namespace "{0}"')
    WmiNotSupported      = @('Not supported', 'Nicht unterst\u00fctzt')
    WmiPutType           = @('This put type does not go with a class or an instance: {0}', 'Dieser Put-Typ passt nicht zu einer Klasse oder Instanz: {0}')
    RpcUnavailable       = @('The RPC server is unavailable. (Exception from HRESULT: 0x800706BA)', 'Der RPC-Server ist nicht verf\u00fcgbar. (Ausnahme von HRESULT: 0x800706BA)')
}

function Get-Message {
    param($State, [string] $Key, [object[]] $Values = @())
    $language = 0
    if ((Get-Value $State 'language') -eq 'de') { $language = 1 }
    return [Text.RegularExpressions.Regex]::Unescape($script:Messages[$Key][$language]) -f $Values
}

$script:LastRuleError = $null
$script:LastRuleTerminates = $false

# Ends a call because of one of the server's rules. All of them look alike, with one of .NET's most general types: what
# a real server throws here is not published.
function Stop-ByRule {
    param($State, [string] $Key, [object[]] $Values = @())
    $exception = New-Object InvalidOperationException (Get-Message $State $Key $Values)
    Stop-ByRecord (New-Object Management.Automation.ErrorRecord $exception, 'InvalidOperation', 'InvalidOperation', $null)
}

function New-DeniedRecord {
    param($State, [string] $What)
    $exception = New-Object UnauthorizedAccessException (Get-Message $State 'AccessDenied' $What)
    return New-Object Management.Automation.ErrorRecord $exception, 'System.UnauthorizedAccessException', 'NotSpecified', $null
}

# The exception tells Invoke-Effect that this is the server's answer and no mistake of the simulator.
function Stop-ByRecord {
    param([Management.Automation.ErrorRecord] $Record, [bool] $Terminating = $false)
    $script:LastRuleError = $Record.Exception
    $script:LastRuleTerminates = $Terminating -or $Record.Exception -is [UnauthorizedAccessException]
    throw $Record
}
