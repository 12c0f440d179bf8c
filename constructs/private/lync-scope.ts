// What the constructs of this library share in one stack: the runner's settings, the scripts, the inventory.
import { Construct } from "constructs";
import { Lazy, TerraformAsset, TerraformStack } from "cdktf";
import { LyncProduct } from "../product";
import { LyncResourceType } from "../resource-type";
import type { LyncRunnerProps } from "../runner";
import { Closing, CLOSING } from "./closing";
import { Inventory, INVENTORY, TEARDOWN } from "./inventory";
import { DeclaredObjects } from "./declared-objects";
import { detectDrift } from "./drift";
import { RunnerSettings } from "./local-exec";
import { moduleOf } from "./products";
import { refuseHcl, requireTerraform } from "./terraform-settings";
import { boolean, integer, known, line, oneOf, Rule, show } from "./rules";
import { Preflight, PREFLIGHT } from "./preflight";
import { refuseCreateBeforeDestroy } from "./replacement-order";
import { ResourceNames } from "./resource-names";
import { refuseRoutingCycle } from "./routing-cycle";
import { requireScripts, SCRIPTS } from "./script-process";
import { REPLICATION_STATUS } from "./test-environment";
import { TestReports } from "./test-reports";
import { Problems, Rules } from "./validation";

const ID = "LyncServer";
const MARK = "lync-replication.json";

const moduleName: Rule = (value) => {
  const wrong = line(value);
  if (wrong) return wrong;
  return /[*?[\]]/.test(value as string)
    ? `${show(value)} holds a wildcard, which may import other modules. Allowed: the name of one module, or its path.`
    : undefined;
};

const RULES: Rules<LyncRunnerProps> = {
  product: known(oneOf(Object.values(LyncProduct))),
  powerShell: known(line),
  module: known(moduleName),
  resourceType: known(oneOf(Object.values(LyncResourceType))),
  timeoutSeconds: known(integer(1, 86_400, "a number of seconds")),
  preflight: known(boolean),
};

/** One per stack, made on first use by any construct of this library. */
export class LyncScope extends Construct {
  /** The stack's one, made with the default settings where there is none yet. */
  public static of(scope: Construct): LyncScope {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild(ID) as LyncScope | undefined) ?? new LyncScope(stack, {});
  }

  /** Makes the stack's one with these settings. */
  public static configure(scope: Construct, given: LyncRunnerProps): void {
    const stack = TerraformStack.of(scope);
    const problems = new Problems("LyncRunner", stack);
    const props = problems.read(given, RULES);
    if (stack.node.tryFindChild(ID)) {
      problems.add(
        "configure",
        `comes too late: the stack ${show(stack.node.id)} has its runner already. Call LyncRunner.configure once, ` +
          "before the first construct of this library in the stack.",
      );
    }
    problems.throwIfAny();
    new LyncScope(stack, props);
  }

  /** How a local-exec of this stack runs the scripts. */
  public readonly runner: RunnerSettings;
  public readonly product: LyncProduct;
  public readonly resourceType: LyncResourceType;
  public readonly inventory: Inventory;
  /** What tests depend on: from then on all is as declared. */
  public readonly closing: Closing;
  /** Every object of Lync Server that the stack declares, in the order of the code. */
  public readonly objects = new DeclaredObjects();
  /** The names of their resources. */
  public readonly names = new ResourceNames([INVENTORY, TEARDOWN, PREFLIGHT, CLOSING]);
  /** What the stack's tests write. */
  public readonly reports: TestReports;
  /** The kinds of construct that the stack uses, tests included. */
  public readonly kinds = new Set<string>();

  private constructor(stack: TerraformStack, props: LyncRunnerProps) {
    super(stack, ID);
    this.reports = new TestReports(stack);
    requireScripts();
    const scripts = new TerraformAsset(this, "Scripts", { path: SCRIPTS });
    this.product = props.product ?? LyncProduct.LYNC_SERVER_2013;
    this.resourceType = props.resourceType ?? LyncResourceType.NULL_RESOURCE;
    this.runner = {
      powerShell: props.powerShell ?? "powershell.exe",
      module: props.module ?? moduleOf(this.product),
      timeoutSeconds: props.timeoutSeconds ?? 600,
      replicationMark: Lazy.stringValue({ produce: () => (this.kinds.has(REPLICATION_STATUS) ? MARK : "") }),
      scripts: scripts.path,
    };
    const first = props.preflight === false ? [] : [this.preflight()];
    this.inventory = new Inventory(this, "Inventory", this.runner, first);
    this.closing = new Closing(this, "Closing", this.runner, this.objects);
    requireTerraform(stack, this, this.resourceType);
    detectDrift(stack, this.runner, this.objects);
    refuseCreateBeforeDestroy(stack, this);
    refuseRoutingCycle(stack, this, this.objects);
    refuseHcl(stack, this);
  }

  private preflight(): Preflight {
    return new Preflight(this, "Preflight", this.runner, this.objects, this.kinds);
  }
}
