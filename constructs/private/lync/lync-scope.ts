// What the constructs of this library share in one stack: the runner's settings, the scripts, the inventory.
import { Construct } from "constructs";
import { LyncProduct } from "./product";
import { LyncResourceType } from "../terraform/resource-type";
import { LyncRunnerProps } from "./runner-props";
import { knownClaims } from "../bookkeeping/known-claims";
import { Closing, CLOSING, DESTROY_CHECK } from "../bookkeeping/closing";
import { Inventory, INVENTORY, TEARDOWN } from "../bookkeeping/inventory";
import { DeclaredObjects } from "../bookkeeping/declared-objects";
import { detectDrift } from "../bookkeeping/drift";
import { RemoteSession, RunnerSettings } from "../terraform/local-exec";
import { moduleOf } from "./products";
import { readSession, sessionGroup } from "./session-rules";
import { refuseHcl, requireTerraform } from "../terraform/terraform-settings";
import { placeOf } from "../validation/place";
import { boolean, integer, oneOf, Rule, show } from "../validation/rules";
import { known } from "../terraform/token-rules";
import { line } from "../terraform/text-rules";
import { Preflight, PREFLIGHT } from "../bookkeeping/preflight";
import { refuseCreateBeforeDestroy } from "../terraform/replacement-order";
import { refuseOwnNames, ResourceNames } from "../terraform/resource-names";
import { edgesOf } from "./edge-computer";
import { inOrderOfRouting, needsDnsSrvRouting } from "./routing";
import { refuseRoutingCycle } from "./routing-cycle";
import { addScripts } from "../terraform/scripts";
import { stackOf } from "../terraform/stack";
import { TerraformStack } from "../terraform/types";
import { REPLICATION_STATUS } from "./test-environment";
import { TestReports } from "./test-reports";
import { settleWhenValidated } from "../terraform/written";
import { isObject, Problems, Rules } from "../validation/validation";

const ID = "cdktf-lync";
const MARK = "lync-replication.json";

// What the library calls its own, so no other construct of a stack is called so.
const OWN_NAMES = ["LyncServer", INVENTORY, TEARDOWN, PREFLIGHT, CLOSING, DESTROY_CHECK];

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
  session: known(sessionGroup),
  resourceType: known(oneOf(Object.values(LyncResourceType))),
  timeoutSeconds: known(integer(1, 86_400, "a number of seconds")),
  preflight: known(boolean),
};

/** The settings of a runner, all of them known. */
type Settings = Required<Omit<LyncRunnerProps, "session">> & { readonly session?: RemoteSession };

function withDefaults(props: LyncRunnerProps, session?: RemoteSession): Settings {
  const product = props.product ?? LyncProduct.LYNC_SERVER_2013;
  return {
    product,
    powerShell: props.powerShell ?? "powershell.exe",
    module: props.module ?? moduleOf(product),
    session,
    resourceType: props.resourceType ?? LyncResourceType.NULL_RESOURCE,
    timeoutSeconds: props.timeoutSeconds ?? 600,
    preflight: props.preflight ?? true,
  };
}

function found(stack: TerraformStack): LyncScope | undefined {
  return stack.node.tryFindChild(ID) as LyncScope | undefined;
}

/** One per stack, made on first use by any construct of this library. */
export class LyncScope extends Construct {
  /** The stack's one, made with the default settings where there is none yet. */
  public static of(scope: Construct): LyncScope {
    const stack = stackOf(scope);
    return found(stack) ?? new LyncScope(stack, withDefaults({}), placeOf(scope), false);
  }

  /** Makes the stack's one with these settings; where there is one already, it must have the same. */
  public static configure(scope: Construct, given: LyncRunnerProps): void {
    const stack = stackOf(scope);
    const problems = new Problems("LyncRunner", scope);
    const props = problems.read(given, RULES);
    const settings = withDefaults(props, readSession(problems, props.session));
    if (isObject(props.session) && props.module !== undefined) {
      problems.add(
        "module",
        `${show(props.module)} is on the runner, and a session has its cmdlets from the pool. Leave one of the two out.`,
      );
    }
    found(stack)?.refuseOthers(problems, settings);
    problems.throwIfAny();
    if (!found(stack)) new LyncScope(stack, settings, placeOf(scope), true);
  }

  /** How a local-exec of this stack runs the scripts. */
  public readonly runner: RunnerSettings;
  public readonly product: LyncProduct;
  public readonly resourceType: LyncResourceType;
  /** The check of the runner that comes first; none where it is switched off. */
  public readonly preflight: Preflight[];
  public readonly inventory: Inventory;
  /** What tests depend on: from then on all is as declared. */
  public readonly closing: Closing;
  /** Every object of Lync Server that the stack declares, in the order of the code. */
  public readonly objects = new DeclaredObjects();
  /** The names of their resources. */
  public readonly names = new ResourceNames(OWN_NAMES);
  /** What the stack's tests write. */
  public readonly reports: TestReports;
  /** The kinds of construct that the stack uses, tests included. */
  public readonly kinds = new Set<string>();

  private constructor(
    stack: TerraformStack,
    private readonly settings: Settings,
    /** Path of what has made it: the scope of LyncRunner.configure, or the first construct of the library. */
    private readonly origin: string,
    private readonly configured: boolean,
  ) {
    super(stack, ID);
    this.reports = new TestReports(stack);
    const scripts = addScripts(this, "Scripts");
    const { product, resourceType, preflight, ...runner } = settings;
    this.product = product;
    this.resourceType = resourceType;
    const { kinds } = this;
    this.runner = {
      ...runner,
      scripts,
      get replicationMark() {
        return kinds.has(REPLICATION_STATUS) ? MARK : "";
      },
    };
    this.preflight = preflight ? [this.newPreflight()] : [];
    this.inventory = new Inventory(this, "Inventory", this.runner, this.preflight, () => this.checks());
    this.closing = new Closing(this, "Closing", this.runner, () => inOrderOfRouting(this.objects));
    requireTerraform(stack, this, this.resourceType);
    detectDrift(stack, this.runner, this.objects);
    refuseCreateBeforeDestroy(stack, this, {
      inventory: `terraform_data.${INVENTORY}`,
      preflight: `terraform_data.${PREFLIGHT}`,
    });
    refuseRoutingCycle(stack, this, this.objects);
    settleWhenValidated(stack, this);
    refuseHcl(stack, this);
    refuseOwnNames(stack, this, OWN_NAMES, this.names);
  }

  /** Adds a problem for each setting that is not as this one has it. */
  private refuseOthers(problems: Problems, other: Settings): void {
    const differing = (Object.keys(other) as (keyof LyncRunnerProps)[]).filter(
      (name) => JSON.stringify(other[name]) !== JSON.stringify(this.settings[name]),
    );
    // Another product has another module by itself.
    const names = differing.filter((name) => name !== "module" || !differing.includes("product"));
    if (names.length > 0 && !this.configured) {
      problems.add(
        "configure",
        `comes too late: the construct at ${show(this.origin)} has given the stack its runner, with the default settings. ` +
          "Call LyncRunner.configure before the first construct of this library in the stack.",
      );
    }
    for (const name of names) {
      problems.add(
        name,
        `${show(other[name])} is not what the stack has by ${show(this.origin)}: ${show(this.settings[name])}. Allowed: the ` +
          "same settings wherever a stack gets its runner. Change one of the two, or leave one out.",
      );
    }
  }

  /** What the script of removals has to look at, for the whole stack, before it removes anything. */
  private checks(): Record<string, string> {
    return Object.assign({}, ...this.preflight.map((each) => each.knownChecks()), knownClaims(this.objects));
  }

  private newPreflight(): Preflight {
    return new Preflight(this, "Preflight", this.runner, this.objects, () => ({
      LYNC_KINDS: [...this.kinds].sort().join(" "),
      LYNC_NEEDS_DNS_SRV_ROUTING: needsDnsSrvRouting(this.objects),
      LYNC_EDGES: edgesOf(this.objects.all()).join(" "),
    }));
  }
}
