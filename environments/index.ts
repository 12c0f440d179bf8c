// Every environment by the name of its stack: `cdktf deploy staging` deploys the description called staging.
import { PushNotificationStackProps } from "../constructs";
import { demo } from "./demo";
import { ocsEdge } from "./ocs-edge";
import { production } from "./production";
import { staging } from "./staging";

export const environments: Readonly<Record<string, PushNotificationStackProps>> = {
  demo,
  staging,
  production,
  "ocs-edge": ocsEdge,
};
