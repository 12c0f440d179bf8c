# The state file: one JSON file that all processes share. It is opened under a lock and replaced as a whole.
#
# JSON becomes an XML tree by .NET's own reader: Windows PowerShell and PowerShell 7 both have it, it leaves every
# string as it is (ConvertFrom-Json makes a DateTime of what looks like one), and thousands of records take milliseconds.

$script:StateFile = $null
$script:LockTimeout = [TimeSpan]::FromSeconds(120)

function Initialize-StateFile {
    $path = [Environment]::GetEnvironmentVariable('SIMULATED_LYNC_STATE')
    if ([string]::IsNullOrEmpty($path)) {
        throw 'The environment variable SIMULATED_LYNC_STATE must hold the path of the state file.'
    }
    $script:StateFile = [IO.Path]::GetFullPath($path)
    # Windows PowerShell knows the types of loaded assemblies only, and has this one not loaded.
    [void] [Reflection.Assembly]::Load(
        'System.Runtime.Serialization, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089')
}

# Returns a session: the lock that is held, and the root of the state.
function Open-StateFile {
    $lock = Enter-StateLock
    try {
        return @{ Lock = $lock; Root = (Read-StateFile) }
    } catch {
        Exit-StateLock $lock
        throw
    }
}

function Close-StateFile {
    param([hashtable] $Session)
    if ($null -ne $Session.Lock) {
        Exit-StateLock $Session.Lock
        $Session.Lock = $null
    }
}

function Read-StateFile {
    $path = $script:StateFile
    if (-not [IO.File]::Exists($path)) {
        $path = [IO.Path]::Combine($PSScriptRoot, 'FreshState.json')
    }
    $bytes = [IO.File]::ReadAllBytes($path)
    $start = 0
    if ($bytes.Length -ge 3 -and $bytes[0] -eq 0xEF -and $bytes[1] -eq 0xBB -and $bytes[2] -eq 0xBF) { $start = 3 }
    $reader = [Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader(
        $bytes, $start, $bytes.Length - $start, [Xml.XmlDictionaryReaderQuotas]::Max)
    # By its full name, since PowerShell looks through all modules for the first cmdlet of one that is not loaded.
    $document = Microsoft.PowerShell.Utility\New-Object Xml.XmlDocument
    # Otherwise a string of blanks would be lost.
    $document.PreserveWhitespace = $true
    $document.Load($reader)
    return $document.DocumentElement
}

function Save-StateFile {
    param([hashtable] $Session)
    $temporary = $script:StateFile + '.tmp'
    $stream = [IO.File]::Create($temporary)
    try {
        $writer = [Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonWriter(
            $stream, (New-Object Text.UTF8Encoding $false), $false)
        $Session.Root.OwnerDocument.WriteTo($writer)
        $writer.Flush()
    } finally {
        $stream.Dispose()
    }
    Move-OverStateFile $temporary
}

# Windows refuses to replace a file for the moment in which a reader or a virus scanner has it open.
function Move-OverStateFile {
    param([string] $Temporary)
    for ($attempt = 1; ; $attempt++) {
        try {
            if ([IO.File]::Exists($script:StateFile)) {
                [IO.File]::Replace($Temporary, $script:StateFile, [Management.Automation.Language.NullString]::Value)
            } else {
                [IO.File]::Move($Temporary, $script:StateFile)
            }
            return
        } catch [IO.IOException], [UnauthorizedAccessException] {
            if ($attempt -ge 200) { throw }
            [Threading.Thread]::Sleep(10)
        }
    }
}

# PowerShell processes exclude each other by a file opened without sharing, which the system releases when a process
# dies. Node has no such lock: a Node process announces itself by the file '.editing' and waits until nobody is '.busy';
# whoever holds the lock shows '.busy' and withdraws it while '.editing' is there.
function Enter-StateLock {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $busy = '{0}.busy.{1}' -f $script:StateFile, $PID
    $stream = $null
    $random = $null
    while ($null -eq $stream) {
        try {
            $stream = [IO.File]::Open($script:StateFile + '.lock', 'OpenOrCreate', 'ReadWrite', 'None')
        } catch [IO.IOException] {
            if ($watch.Elapsed -gt $script:LockTimeout) { throw }
            # A refused attempt costs more than a turn at the state, so that many that wait must not try all the time.
            if ($null -eq $random) { $random = New-Object Random $PID }
            [Threading.Thread]::Sleep($random.Next(5, 50))
        }
    }
    try {
        [IO.File]::Create($busy).Dispose()
        while ([IO.File]::Exists($script:StateFile + '.editing')) {
            [IO.File]::Delete($busy)
            Remove-AbandonedEdit
            if ($watch.Elapsed -gt $script:LockTimeout) { throw "$($script:StateFile).editing has been there for too long." }
            [Threading.Thread]::Sleep(5)
            [IO.File]::Create($busy).Dispose()
        }
    } catch {
        [IO.File]::Delete($busy)
        $stream.Dispose()
        throw
    }
    return @{ Stream = $stream; Busy = $busy }
}

function Exit-StateLock {
    param([hashtable] $Lock)
    [IO.File]::Delete($Lock.Busy)
    $Lock.Stream.Dispose()
}

# '.editing' holds the id of its process; a killed one must not lock everybody out.
function Remove-AbandonedEdit {
    $path = $script:StateFile + '.editing'
    try {
        $owner = 0
        if ([int]::TryParse([IO.File]::ReadAllText($path), [ref] $owner) -and -not (Test-ProcessAlive $owner)) {
            [IO.File]::Delete($path)
        }
    } catch [IO.IOException], [UnauthorizedAccessException] {
        # Its owner is just creating or deleting it: the caller looks again.
        return
    }
}

function Test-ProcessAlive {
    param([int] $Id)
    try {
        [Diagnostics.Process]::GetProcessById($Id).Dispose()
        return $true
    } catch [ArgumentException] {
        return $false
    }
}
