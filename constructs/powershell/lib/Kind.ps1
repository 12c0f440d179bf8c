# The kinds of objects and of tests: each is a table in its own file under kinds, and nothing else names it. A table has:
#
#   Get, New, Set, Remove  the cmdlets. Without Remove an object stays, and its settings go back to the defaults
#   Class, Key             in place of Get: the WMI class whose rows the objects are, and the property that holds the name
#   Also                   further cmdlets that are called, for the check of the runner
#   Test, Target           of a test: its cmdlet, and the parameter that says what is tested
#   Properties             the parameters with their types: Boolean, Switch, UInt64, Level, Name (without case), Text
#   Fixed                  properties that Set cannot change: the object is removed and created anew
#   Together               pairs of properties that Set takes only with each other
#   Own                    the property by which an object that was there before is known for somebody else's
#   Defaults               what a new object has where nothing is declared, and what a property goes back to that leaves the code
#   Beside                 lists of objects that no kind stands for and that belong to these, by cmdlet: what one such object is called
#   RemovedAs              its place in the order of removals
#   Services               what a Boolean property switches on and off, in words for whoever reviews a deploy
#   Nameless               there is one such object, and its cmdlets take no Identity
#   StaysAs                the identity of an object that Remove only puts back to the defaults
#   Source                 what an object that was read has in place of the properties that Derived makes of it
#
# Where a value does not do, a script block:
#
#   Derived  { param($Object) }                       properties that an object which was read shows in another way
#   Guard    { param($Identity, $Expected, $Actual) }  throws where the change must not be tried
#   Refused  { param($Identity) }                     what to say where New has failed

$script:LyncKinds = @{}

function Get-LyncKind {
    # Each table is read once; nobody changes it.
    param([string] $Name)
    if (-not $script:LyncKinds.ContainsKey($Name)) {
        $kind = & ([IO.Path]::Combine($PSScriptRoot, '..', 'kinds', $Name + '.ps1'))
        $kind.Name = $Name
        $script:LyncKinds[$Name] = $kind
    }
    return $script:LyncKinds[$Name]
}

function Get-KindName {
    # Of every kind that there is.
    $files = [IO.Directory]::GetFiles([IO.Path]::Combine($PSScriptRoot, '..', 'kinds'), '*.ps1')
    return @($files | ForEach-Object { [IO.Path]::GetFileNameWithoutExtension($_) })
}

function Test-PermanentObject {
    # Whether removing the object only puts it back to the defaults.
    param([hashtable] $Kind, [string] $Identity)
    return $Kind.ContainsKey('StaysAs') -and (Test-SameValue -Expected $Kind.StaysAs -Actual $Identity -Type 'Name')
}

function Select-CmdletKind {
    # The kinds that are in Lync Server; the others are rows of a WMI class.
    param([hashtable[]] $Kinds)
    return $Kinds | Where-Object { $null -ne $_ -and -not $_.ContainsKey('Class') }
}
