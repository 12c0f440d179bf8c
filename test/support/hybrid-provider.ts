// The hosting provider of a hybrid deployment, as Microsoft's guides for split domains create it.
import { HostingProviderRecord } from "./simulated-lync";

export const HYBRID_PROVIDER: HostingProviderRecord = {
  Identity: "LyncOnline",
  ProxyFqdn: "sipfed.online.lync.com",
  VerificationLevel: "UseSourceVerification",
  Enabled: true,
  EnabledSharedAddressSpace: true,
  HostsOCSUsers: true,
  IsLocal: false,
  AutodiscoverUrl: "https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root",
  SipClientPort: 443,
};
