// Every environment by the name of its stack: `cdktf deploy staging` deploys the description called staging.
import { TerraformStack } from "cdktf";
import { PushNotificationStackProps } from "../constructs";
import { demo } from "./demo";
import { ocsEdge } from "./ocs-edge";
import { production } from "./production";
import { staging } from "./staging";

/** A description of the procedure, or a function that declares what a stack has, as `npm run import` prints it. */
export type Environment = PushNotificationStackProps | ((stack: TerraformStack) => void);

export const environments = {
  demo,
  staging,
  production,
  "ocs-edge": ocsEdge,
} satisfies Record<string, Environment>;
