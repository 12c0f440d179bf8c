# Push notification settings, global or of a site: New-, Set- and Remove-CsPushNotificationConfiguration.
@{
    Get        = 'Get-CsPushNotificationConfiguration'
    New        = 'New-CsPushNotificationConfiguration'
    Set        = 'Set-CsPushNotificationConfiguration'
    Remove     = 'Remove-CsPushNotificationConfiguration'
    RemovedAs  = 30
    Services   = @{ EnableApplePushNotificationService = 'Push notification to Apple devices'; EnableMicrosoftPushNotificationService = 'Push notification to Windows Phone' }
    Fixed      = @()
    Properties = [ordered] @{ EnableApplePushNotificationService = 'Boolean'; EnableMicrosoftPushNotificationService = 'Boolean' }
    StaysAs    = 'global'
    Defaults   = @{ EnableApplePushNotificationService = $false; EnableMicrosoftPushNotificationService = $false }
    Refused    = {
        param([string] $Identity)
        $site = $Identity
        if ($site.StartsWith('site:', [StringComparison]::OrdinalIgnoreCase)) { $site = $site.Substring(5) }
        return 'Does the topology have a site called ' + (Format-Value $site) + '? Get-CsSite lists the sites. Give the name of one of them, as in "site:Redmond".'
    }
}
