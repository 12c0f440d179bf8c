# Stops a destroy of single objects, of which Terraform would forget the records and remove nothing. Changes nothing.
#requires -Version 3.0
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'lib', 'Import-Library.ps1'))

Invoke-Operation -Name 'look at what is destroyed' -Body { Assert-WholeDestroy }
