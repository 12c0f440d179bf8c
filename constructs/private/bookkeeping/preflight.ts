// The check of the runner that comes before the first change of a deploy, once for the whole stack.
import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { DeclaredObjects, onePerResource } from "./declared-objects";
import { LateOfTokens, Resolve } from "../terraform/late";
import { localExec, RunnerSettings, runnerVariables } from "../terraform/local-exec";
import { TerraformData } from "../terraform/terraform-data";
import { isToken } from "../terraform/terraform-text";

/** Name of the resource, for whoever reads a synthesised stack. */
export const PREFLIGHT = "LyncPreflight";

/** What the pre-flight looks at. */
export interface PreflightChecks {
  /** The kinds of construct that the stack uses, divided by spaces. */
  readonly LYNC_KINDS: string;
  /** `true` or `false`, or a Terraform expression of one of them. */
  readonly LYNC_NEEDS_DNS_SRV_ROUTING: string;
  /** Computers with an Edge of Office Communications Server 2007 R2, divided by spaces. */
  readonly LYNC_EDGES: string;
}

/**
 * A resource that all objects depend on, replaced whenever a declared setting changes. It changes nothing in Lync Server.
 * Removals come before it in Terraform's order; their script makes the same checks for itself.
 */
export class Preflight extends Construct {
  private readonly resource: TerraformData;

  public constructor(
    scope: Construct,
    id: string,
    private readonly runner: RunnerSettings,
    private readonly objects: DeclaredObjects,
    /** Variables that tell the script what to look at. */
    private readonly checks: () => PreflightChecks,
  ) {
    super(scope, id);
    this.resource = new TerraformData(this, id, {
      name: PREFLIGHT,
      triggersReplace: new LateOfTokens((resolve) => this.triggers(resolve)),
      provisioners: [localExec(runner, "Test-LyncRunner", () => this.environment())],
    });
  }

  public get fqn(): string {
    return this.resource.address;
  }

  private environment(): Record<string, string> {
    return {
      ...runnerVariables(this.runner),
      ...this.checks(),
    };
  }

  /** The same as far as it is known at synthesis, for a provisioner that cannot have what only Terraform knows. */
  public knownChecks(): Record<string, string> {
    const { LYNC_NEEDS_DNS_SRV_ROUTING: routing, ...others } = this.checks();
    return isToken(routing) ? others : { ...others, LYNC_NEEDS_DNS_SRV_ROUTING: routing };
  }

  /** What stands in the code as a digest, and what only Terraform knows by its value. */
  private triggers(resolve: Resolve): Record<string, string> {
    const objects = this.objects.all();
    const all = onePerResource(objects).map((object) => object.resource.triggerTexts);
    const digest = createHash("sha256")
      .update(
        JSON.stringify(all.map((texts) => (Object.values(texts).some(isToken) ? resolve(texts) : texts))),
      )
      .digest("hex");
    const unknown = all.flatMap((texts) => Object.values(texts)).filter(isToken);
    return {
      Checks: this.checks().LYNC_KINDS.replace(/ /g, ", "),
      Declares: `${objects.length} objects, ${digest.slice(0, 12)}`,
      ...(unknown.length > 0 ? { Values: unknown.join(" ") } : {}),
    };
  }
}
