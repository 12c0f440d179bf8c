// The stacks that are compared: so many allowed domains, each with a construct or all in one, and so many bare resources of
// Terraform with the same triggers.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { App, TerraformResource, TerraformStack } from "cdktf";
import { AllowedDomain, AllowedDomains } from "../../constructs";

export type Build = (stack: TerraformStack) => void;

const COMMENT = "A remark";
const domain = (index: number) => `d${index}.contoso.com`;
const provisioners = [{ type: "local-exec" as const, command: "true", environment: { SETTINGS: "{}" } }];

function triggers(index: number) {
  return { Identity: domain(index), Comment: COMMENT, Cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain" };
}

/** The allowed domains up to this number, each a construct of its own. */
export function declared(objects: number, { first = 0, comment = COMMENT } = {}): Build {
  return (stack) => {
    for (let index = first; index < objects; index++)
      new AllowedDomain(stack, `Domain${index}`, { domain: domain(index), comment });
  };
}

/** As many in one construct. */
export function listed(objects: number): Build {
  return (stack) =>
    new AllowedDomains(stack, "Domains", {
      domains: Array.from({ length: objects }, (_, index) => ({ domain: domain(index), comment: COMMENT })),
    });
}

/** As many bare null_resources. */
export function bare(objects: number): Build {
  return (stack) => {
    new NullProvider(stack, "null");
    for (let index = 0; index < objects; index++)
      new Resource(stack, `Domain${index}`, { triggers: triggers(index), provisioners });
  };
}

/** As many bare terraform_data, which need no provider. */
export function bareData(objects: number): Build {
  return (stack) => {
    for (let index = 0; index < objects; index++)
      new BareData(stack, `Domain${index}`, { terraformResourceType: "terraform_data", provisioners }).hold(
        triggers(index),
      );
  };
}

class BareData extends TerraformResource {
  private held = {};

  public hold(held: object): void {
    this.held = held;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.held };
  }
}

/** Synthesises the stack into a folder that is gone afterwards. */
export function synthesise(build: Build): void {
  const outdir = mkdtempSync(join(tmpdir(), "benchmark-"));
  const app = new App({ outdir });
  build(new TerraformStack(app, "benchmark"));
  app.synth();
  rmSync(outdir, { recursive: true });
}
