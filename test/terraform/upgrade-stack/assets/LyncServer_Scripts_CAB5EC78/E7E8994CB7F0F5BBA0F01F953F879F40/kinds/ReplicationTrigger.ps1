# What a test calls that forces replication: the check of the runner asks for it.
@{
    Also = @('Invoke-CsManagementStoreReplication')
}
