# Whether an object that is there before the stack's first deploy of it may become the stack's.

function Confirm-Claim {
    # Only what tells the object from somebody else's is among the settings. Later edits of it are the stack's own.
    param([hashtable] $Kind, [hashtable] $Settings)
    $title = $env:LYNC_KIND + ' ' + (Format-Value $Settings.Identity)
    $actual = Get-ActualSetting -Kind $Kind -Identity $Settings.Identity
    if ($null -eq $actual) {
        Write-Line ($title + ' is not there yet.')
        return
    }
    foreach ($each in (Compare-Setting -Kind $Kind -Expected (ConvertTo-Expected -Kind $Kind -Settings $Settings) -Actual $actual)) {
        if ([string]::IsNullOrEmpty([string] $each.Actual)) { continue }
        throw ($title + ' is there already with the ' + $each.Property + ' ' + (Format-Value $each.Actual) + ', and this stack, which declares ' + (Format-Value $each.Expected) +
            ', has not put it there. It is left as it is. To take it over, declare ' + (Format-Value $each.Actual) + ', deploy, and change it in a second deploy, which is made in place; ' +
            'or remove it by hand, and deploy again.')
    }
    Write-Line ($title + ' is there already, and belongs to this stack from now on.')
}
