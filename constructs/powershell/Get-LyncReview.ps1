# Runs the steps of a deploy with calls written down instead of made, in one process, and leaves what would run as JSON in
# LYNC_RESULT_FILE. Changes nothing.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'rehearse the deploy' -Body {
    $folder = $PSScriptRoot
    # Within this block its functions stand before those of the same name.
    foreach ($part in 'Typed', 'Picture', 'Rehearsal') { . ([IO.Path]::Combine($folder, 'rehearsal', $part + '.ps1')) }
    Invoke-Rehearsal -Path $env:LYNC_REHEARSAL_FILE -Scripts $folder
}
