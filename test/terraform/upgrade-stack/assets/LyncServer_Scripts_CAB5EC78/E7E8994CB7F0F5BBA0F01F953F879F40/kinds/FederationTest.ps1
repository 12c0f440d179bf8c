# Whether a federated domain is reached: Test-CsFederatedPartner.
@{
    Test       = 'Test-CsFederatedPartner'
    Target     = 'Domain'
    Properties = [ordered] @{ TargetFqdn = 'Name'; Domain = 'Name'; ProxyFqdn = 'Name' }
}
