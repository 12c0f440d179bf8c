# Runs a script on a machine that has this network, and nothing of Lync.
param([string] $Script)
Import-Module ([IO.Path]::Combine($PSScriptRoot, 'Network.psd1'))
& $Script
exit $LASTEXITCODE
