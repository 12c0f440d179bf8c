// The whole procedure as code, in the forms that a deploy of it is interrupted in: at first, changed, and with less in it.
import { TerraformStack } from "cdktf";
import {
  AccessEdgeConfig,
  AllowedDomain,
  HostingProvider,
  PushNotificationConfig,
  RemovalPolicy,
} from "../../constructs";
import { Build } from "./deployment";
import { Operation } from "./interruption";

export interface Choice {
  proxyFqdn?: string;
  verificationLevel?: "AlwaysVerifiable";
  comment?: string;
  allowFederatedUsers?: boolean;
  /** Without it, the last two objects are not in the code. */
  complete?: boolean;
  /** Terraform applies the objects side by side, and not one after the other. */
  siblings?: boolean;
}

/** By default one object after the other, so that the n-th cmdlet of a run is always the same. */
export function procedure({
  complete = true,
  siblings,
  proxyFqdn,
  verificationLevel,
  ...choice
}: Choice): Build {
  return (stack: TerraformStack) => {
    const after = (object: HostingProvider | AllowedDomain | PushNotificationConfig) =>
      siblings ? undefined : [object];
    const provider = new HostingProvider(stack, "LyncOnline", {
      identity: "LyncOnline",
      proxyFqdn: proxyFqdn ?? "sipfed.online.lync.com",
      verificationLevel,
    });
    const { comment, allowFederatedUsers } = choice;
    const domain = new AllowedDomain(stack, "Domain", {
      domain: "push.lync.com",
      comment,
      dependsOn: after(provider),
    });
    const push = new PushNotificationConfig(stack, "Push", { dependsOn: after(domain) });
    if (!complete) return;
    const site = new PushNotificationConfig(stack, "Site", {
      identity: "site:Redmond",
      dependsOn: after(push),
    });
    const removalPolicy = RemovalPolicy.REMOVE;
    new AccessEdgeConfig(stack, "Edge", { allowFederatedUsers, removalPolicy, dependsOn: after(site) });
  };
}

export const apply =
  (choice: Choice): Operation =>
  (to, signal) =>
    to.tryApply(procedure(choice), signal);

export const original: Choice = { comment: "a" };
export const changed: Choice = {
  comment: "b",
  verificationLevel: "AlwaysVerifiable",
  allowFederatedUsers: false,
};
