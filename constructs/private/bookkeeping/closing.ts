// The last step of a stack's changes: one process that finishes what an interrupted deploy has left undone.
import { Construct } from "constructs";
import { DeclaredObject, onePerResource, titleOf } from "./declared-objects";
import { Late } from "../terraform/late";
import { localExec, RunnerSettings, runnerVariables } from "../terraform/local-exec";
import { LocalValue } from "../terraform/local-value";
import { expressionVariables, isShort, lengthOnTheWay, LONGEST } from "../terraform/long-text";
import { hiddenNames } from "../terraform/sensitive";
import { markedSettings, markedTexts } from "../terraform/settings-variable";
import { TerraformData } from "../terraform/terraform-data";
import { literal } from "../terraform/terraform-text";

/** Names of the two resources, for whoever reads a synthesised stack. */
export const CLOSING = "LyncClosing";
export const DESTROY_CHECK = "LyncDestroyCheck";

// Of the objects some are JSON already.
const OBJECTS_TEXT =
  `format("{\\"Objects\\":[%s]}", join(",", [for each in local.${CLOSING}.Objects : ` +
  "try(tostring(each), jsonencode(each))]))";

/**
 * Terraform puts a new resource into its state before the provisioner runs, and writes that state when another resource
 * ends. A deploy that is killed then leaves resources that look finished and are not. So the ids of all objects are the
 * triggers of one more resource, which depends on them: after a kill it is missing or stale, and the next deploy runs it.
 * It reads each list once, and applies what is missing or differs. The tests depend on it.
 *
 * Whatever destroys an object destroys what depends on it first. The objects themselves have no destroy provisioner, so a
 * destroy of some of them would remove nothing and say that it is complete. A second resource stops it, where Terraform's
 * command shows it; it holds the names alone, so that no deploy replaces it, and its destroy provisioner costs no deploy
 * a process. It comes last: its end beside the first one would have Terraform write that one down as done.
 */
export class Closing extends Construct {
  private readonly resource: TerraformData;

  public constructor(
    scope: Construct,
    id: string,
    runner: RunnerSettings,
    /** The objects, in an order in which they can be applied one after the other. */
    private readonly objects: () => readonly DeclaredObject[],
  ) {
    super(scope, id);
    // One local value alone refers to the objects: Terraform's time grows with the number of references.
    new LocalValue(this, "Objects", CLOSING, new Late(() => this.references()));
    const environment = () => ({
      ...runnerVariables(runner),
      ...expressionVariables("LYNC_OBJECTS", OBJECTS_TEXT),
    });
    this.resource = new TerraformData(this, id, {
      name: CLOSING,
      triggersReplace: `\${local.${CLOSING}.Ids}`,
      provisioners: [localExec(runner, "Complete-LyncStack", environment)],
    });
    new TerraformData(this, "DestroyCheck", {
      name: DESTROY_CHECK,
      input: `\${keys(local.${CLOSING}.Ids)}`,
      dependsOn: [this],
      provisioners: [localExec(runner, "Confirm-LyncDestroy", () => runnerVariables(runner), "destroy")],
    });
    this.node.addValidation({ validate: () => this.tooLong() });
  }

  public get fqn(): string {
    return this.resource.address;
  }

  private references(): unknown {
    const objects = onePerResource(this.objects());
    return {
      Ids: Object.fromEntries(objects.map((object) => [literal(titleOf(object)), object.resource.appliedId])),
      Objects: joined(objects.map((object) => knownRow(object) ?? this.row(object))),
    };
  }

  private row({ kind, settings, resource, creation, claim, list }: DeclaredObject): object {
    return {
      Kind: kind,
      [list ? "List" : "Settings"]: `\${${markedSettings(resource.triggers)}}`,
      Creation: creation,
      Hidden: hiddenNames(this, list?.settings ?? settings),
      ...(claim && { Claim: claim.id, ClaimWay: claim.way }),
    };
  }

  /** What only Terraform knows is not counted. */
  private tooLong(): string[] {
    const objects = this.objects();
    const rows = onePerResource(objects).map(({ kind, resource }) => ({
      Kind: kind,
      Settings: resource.triggerTexts,
    }));
    const text = JSON.stringify(rows);
    const length = isShort(text) ? 0 : lengthOnTheWay(text);
    return length <= LONGEST
      ? []
      : [
          `The stack declares ${objects.length} objects, whose settings have ${length} characters compressed. Allowed: ` +
            `${LONGEST}, what the environment of a process on Windows carries. Divide them over several stacks.`,
        ];
  }
}

/** What the script needs to know of an object, as JSON, where all of it is known now: Terraform reads no reference so fast. */
function knownRow({ kind, resource, creation, claim, list }: DeclaredObject): string | undefined {
  const texts = claim ? undefined : resource.knownTexts;
  if (!texts) return undefined;
  const settings = { [list ? "List" : "Settings"]: markedTexts(texts) };
  return JSON.stringify({ Kind: kind, ...settings, Creation: creation, Hidden: "" });
}

/** The same with neighbours that are texts as one text. */
function joined(rows: readonly (object | string)[]): (object | string)[] {
  const parts: (object | string | string[])[] = [];
  for (const row of rows) {
    const last = parts[parts.length - 1];
    if (typeof row !== "string") parts.push(row);
    else if (Array.isArray(last)) last.push(row);
    else parts.push([row]);
  }
  return parts.map((part) => (Array.isArray(part) ? part.join(",") : part));
}
