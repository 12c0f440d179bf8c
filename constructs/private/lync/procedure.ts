// The fixed names of Microsoft's procedure "Configuring for push notifications".

/** The domain of the cloud push notification service. */
export const PUSH_DOMAIN = "push.lync.com";
/** Access Edge of the hosting provider that carries the traffic to it. */
export const PUSH_PROXY_FQDN = "sipfed.online.lync.com";
/** Name that the procedure gives to the hosting provider. */
export const PUSH_PROVIDER = "LyncOnline";
