# What a test calls that waits for replication: the check of the runner asks for it.
@{
    Get = 'Get-CsManagementStoreReplicationStatus'
}
