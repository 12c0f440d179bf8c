// The two bookkeeping resources of a stack: they remove from Lync Server what leaves the code, or all on destroy.
import { Construct } from "constructs";
import type { RemovalPolicy } from "./removal-policy";
import { Late } from "../terraform/late";
import { localExec, RunnerSettings, runnerVariables } from "../terraform/local-exec";
import { expressionVariables, LONGEST, textVariables } from "../terraform/long-text";
import { Precondition, TerraformData } from "../terraform/terraform-data";
import { literal } from "../terraform/terraform-text";
import { ITerraformDependable } from "../terraform/types";

/** Names of the two resources, for whoever reads a synthesised stack. */
export const INVENTORY = "LyncInventory";
export const TEARDOWN = "LyncTeardown";

// The form of the list in the state. Lists of version 1 are words, without a number.
const LIST_VERSION = 2;

/** As a module the stack would neither find its scripts nor have a state of its own; the plan says so. */
const OWN_FOLDER: Precondition = {
  condition: "${path.module == path.root}",
  errorMessage:
    "A stack of cdktf-lync-push-notifications cannot be a module of another configuration: it runs its scripts from its " +
    "own folder and keeps its own state. Allowed: Terraform in the folder of the stack, as cdktf deploy runs it. Take the " +
    "module block out and deploy the stack by itself.",
};

/** One object of Lync Server that the stack declares. */
export interface InventoryEntry {
  /** Kind of the object, as its script is called: `AllowedDomain`. */
  readonly kind: string;
  readonly identity: string;
  readonly removalPolicy: RemovalPolicy;
  /** The settings that the code has. What of them leaves it goes back to the default that the kind's table gives. */
  readonly declares: readonly string[];
  /** With another value of this setting it is not the stack's, and is not removed. */
  readonly ownValue?: { readonly name: string; readonly value: string };
}

/**
 * `inventory` is replaced when the list changes: its destroy provisioner sees the old list in `self` and the new one as
 * a literal, and removes the difference. `teardown` is updated in place, which runs nothing: its destroy provisioner runs
 * on destroy only and sees the list as applied. Neither has a create provisioner, so a failure never taints them.
 *
 * Objects depend on teardown, and teardown on inventory. So a deploy removes first, and lists an object before it makes
 * it; and a destroy that dies while it removes has both lists left, for whatever is run next, a destroy or a deploy.
 *
 * The inventory depends on the pre-flight and the claims: what no deploy has ever applied must not stand in the list,
 * since a later removal would take it for the stack's. A failure of what it depends on could leave the old list destroyed
 * and the new one not made, so its destroy provisioner makes the same checks before it removes anything.
 */
export class Inventory extends Construct {
  private readonly entries: InventoryEntry[] = [];
  /** The list as it stands in the stack and on its way to a script, made once for all that ask. */
  private made?: { readonly written: List; readonly variables: Record<string, string> };
  private readonly inventory: TerraformData;
  private readonly teardown: TerraformData;

  public constructor(
    scope: Construct,
    id: string,
    private readonly runner: RunnerSettings,
    dependsOn: ITerraformDependable[],
    /** Variables with which the script of removals checks the whole stack first. */
    private readonly checks: () => Record<string, string>,
  ) {
    super(scope, id);
    const list = new Late(() => this.lists.written);
    const all = () => ({
      ...runnerVariables(runner),
      ...expressionVariables("LYNC_BEFORE", "jsonencode(self.input)"),
    });
    this.inventory = new TerraformData(this, "Inventory", {
      name: INVENTORY,
      triggersReplace: list,
      dependsOn,
      lifecycle: { precondition: [OWN_FOLDER] },
      provisioners: [localExec(runner, "Remove-LyncObject", () => this.removal(), "destroy")],
    });
    this.teardown = new TerraformData(this, "Teardown", {
      name: TEARDOWN,
      input: list,
      dependsOn: [{ fqn: this.inventory.address }],
      provisioners: [localExec(runner, "Remove-LyncObject", all, "destroy")],
    });
    this.node.addValidation({ validate: () => this.tooLong() });
  }

  /** What every object depends on, so that removals come before creations. */
  public get fqn(): string {
    return this.teardown.address;
  }

  public add(entry: InventoryEntry): void {
    this.entries.push(entry);
    this.made = undefined;
  }

  /** Nothing is listed, removed or made before the resource at this address. */
  public waitFor(address: string): void {
    this.inventory.dependsOn = [...(this.inventory.dependsOn ?? []), address];
  }

  private removal(): Record<string, string> {
    return {
      ...runnerVariables(this.runner),
      ...expressionVariables("LYNC_BEFORE", "jsonencode(self.triggers_replace)"),
      ...this.lists.variables,
      ...this.checks(),
    };
  }

  /** The list in the form that lib/ObjectList.ps1 reads. */
  private list(write: (text: string) => string): List {
    const rows = this.entries.map((entry) => [write(`${entry.kind} ${entry.identity}`), row(entry, write)]);
    return { Version: LIST_VERSION, Objects: Object.fromEntries(rows) };
  }

  private get lists() {
    return (this.made ??= {
      written: this.list(literal),
      variables: textVariables("LYNC_AFTER", JSON.stringify(this.list((text) => text))),
    });
  }

  private tooLong(): string[] {
    const length = Object.values(this.lists.variables).join("").length;
    return length <= LONGEST
      ? []
      : [
          `The stack declares ${this.entries.length} objects, whose list has ${length} characters compressed. Allowed: ` +
            `${LONGEST}, what the environment of a process on Windows carries. Divide them over several stacks.`,
        ];
  }
}

interface List {
  readonly Version: number;
  readonly Objects: Readonly<Record<string, ReturnType<typeof row>>>;
}

/** What happens to it when it leaves the code. A value has the mark that the scripts expect. */
function row({ removalPolicy, declares, ownValue }: InventoryEntry, write: (text: string) => string) {
  return {
    Policy: removalPolicy,
    Declares: [...declares].sort(),
    ...(ownValue && { Where: { [ownValue.name]: write(`:${ownValue.value}`) } }),
  };
}

/** Kind and identity of each object in a list as a state holds it; one of version 1 has them at its top. */
export function titlesOf(list: unknown): string[] {
  if (typeof list !== "object" || list === null) return [];
  return Object.keys("Objects" in list ? (list.Objects ?? {}) : list);
}
