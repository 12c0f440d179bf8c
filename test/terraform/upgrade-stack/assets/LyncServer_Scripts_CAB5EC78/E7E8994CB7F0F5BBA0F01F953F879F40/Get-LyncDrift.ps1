# Reads every object that a stack declares, in one process, and leaves the differences as JSON in LYNC_RESULT_FILE.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name 'compare what is declared with Lync Server' -Body {
    $declared = @((ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_OBJECTS')).Objects)
    $known = @{}
    foreach ($name in ($declared | ForEach-Object { $_.Kind } | Sort-Object -Unique)) { $known[$name] = @{ Kind = (Get-LyncKind -Name $name); Objects = $null } }
    Import-LyncModule -Kinds @($known.Values | ForEach-Object { $_.Kind })
    $readings = @()
    foreach ($object in $declared) {
        $settings = ConvertFrom-Marked -Object $object.Settings
        $readings += Get-Reading -Known $known[$object.Kind] -Settings $settings
    }
    Write-Result -Value @{ Objects = $readings }
}
