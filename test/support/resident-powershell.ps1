# Runs the scripts that it is told of, one after the other, until nobody can tell it of any more. A line that comes in names the
# script and what it needs in its environment; a line "ended: ..." says that the script has ended, and how.
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $request = $line | ConvertFrom-Json
    foreach ($variable in $request.environment.PSObject.Properties) {
        [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value)
    }
    $failure = ''
    try { $null = & $request.script }
    catch { $failure = ($_ | Out-String) + $_.ScriptStackTrace }
    # The next script shall find none of its modules and variables: what they remember belongs to another server.
    Get-Module | Where-Object { $_.Path -notlike "$PSHOME*" } | Remove-Module -Force
    [Console]::Out.WriteLine('ended: ' + (ConvertTo-Json -Compress @{ failure = $failure }))
}
