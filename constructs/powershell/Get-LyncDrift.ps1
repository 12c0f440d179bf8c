# Reads every object that a stack declares, in one process, and leaves the differences as JSON in LYNC_RESULT_FILE.
. (Join-Path $PSScriptRoot 'lib\Import-Library.ps1')

Invoke-Operation -Name 'compare what is declared with Lync Server' -Body {
    $declared = @((ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_OBJECTS')).Objects)
    Import-LyncModule -Kinds @($declared | ForEach-Object { $_.Kind } | Sort-Object -Unique | ForEach-Object { Get-LyncKind -Name $_ })
    $readings = @()
    foreach ($object in $declared) {
        $settings = ConvertFrom-Marked -Object $object.Settings
        $readings += Get-Reading -Kind (Get-LyncKind -Name $object.Kind) -Settings $settings
    }
    Write-Result -Value @{ Objects = $readings }
}
