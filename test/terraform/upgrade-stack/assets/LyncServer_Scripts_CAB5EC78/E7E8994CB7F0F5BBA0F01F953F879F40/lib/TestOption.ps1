# How a test is run, as its provisioner says.

function Get-TestOption {
    return @{
        # 'none', 'all', or names.
        Replicas            = @($env:LYNC_REPLICAS -split ' ' | Where-Object { $_ -and $_ -ne 'none' })
        ReplicationTrigger  = $env:LYNC_REPLICATION_TRIGGER -eq 'true'
        ReplicationInterval = [int] $env:LYNC_REPLICATION_INTERVAL
        ReplicationTimeout  = [int] $env:LYNC_REPLICATION_TIMEOUT
        RetryInterval       = [int] $env:LYNC_RETRY_INTERVAL
        RetryTimeout        = [int] $env:LYNC_RETRY_TIMEOUT
        Warn                = $env:LYNC_ON_FAILURE -eq 'warn'
        ReportDirectory     = Get-ReportDirectory
        Index               = Get-ReportIndex
    }
}

function Get-ReportDirectory {
    if ([string]::IsNullOrEmpty($env:LYNC_REPORT_DIRECTORY)) { return '' }
    # A rooted path stays what it is.
    return [IO.Path]::GetFullPath([IO.Path]::Combine($env:LYNC_APP_DIRECTORY, $env:LYNC_REPORT_DIRECTORY))
}

function Get-ReportIndex {
    # The stack, its tests that write reports, and which of them this is.
    if ([string]::IsNullOrEmpty($env:LYNC_REPORT_DIRECTORY)) { return @{ stack = ''; Own = $null } }
    $index = ConvertFrom-Json -InputObject (Get-LongText -Name 'LYNC_TESTS')
    $own = @($index.tests | Where-Object { $_.name -ceq $env:LYNC_TEST })[0]
    return @{ stack = $index.stack; file = $index.file; tests = @($index.tests); Own = $own }
}
