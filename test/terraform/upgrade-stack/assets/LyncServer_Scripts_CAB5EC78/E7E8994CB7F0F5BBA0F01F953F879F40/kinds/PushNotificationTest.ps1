# Whether the push notification service is reached: Test-CsMcxPushNotification.
@{
    Test       = 'Test-CsMcxPushNotification'
    Target     = 'AccessEdgeFqdn'
    Properties = [ordered] @{ AccessEdgeFqdn = 'Name' }
}
