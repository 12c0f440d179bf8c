// A construct that runs a test cmdlet after the objects that it verifies, and again whenever one of them changes.
import { Construct } from "constructs";
import { ReplicationWait, TestFailure, TestProps, TestRetries, TestWhen } from "./test-props";
import { DeclaredObject, onePerResource, titleOf } from "../bookkeeping/declared-objects";
import { COMMON_RULES, LyncConstruct, LyncConstructProps } from "./lync-construct";
import { lateText } from "../terraform/late";
import { ReaderTrigger } from "../terraform/settings-variable";
import { literal, Settings } from "../terraform/terraform-text";
import { ITerraformDependable } from "../terraform/types";
import { REPLICATION_STATUS, SettledTest, settledTest, testEnvironment } from "./test-environment";
import { nameOf } from "./test-reports";
import { checkGroups, TEST_RULES } from "./test-rules";
import { OWN_TEST_ID, tested } from "./tested";
import { isMarked, mark } from "../validation/mark";
import { Problems, Rules } from "../validation/validation";

/** What every construct takes that runs a test cmdlet. */
export interface LyncTestProps extends LyncConstructProps, TestProps {}

/** The rules of what every construct takes that runs a test cmdlet. */
export const LYNC_TEST_RULES: Rules<LyncTestProps> = { ...COMMON_RULES, ...TEST_RULES };

/**
 * A construct that runs a test cmdlet. It is a type to ask for, as in an Aspect, not a class to extend.
 *
 * @noInheritDoc
 */
export abstract class LyncTest extends LyncConstruct {
  /** Whether it is a construct that runs a test cmdlet, of this copy of the package or of another one. */
  public static isLyncTest(value: unknown): value is LyncTest {
    return isMarked(value, "LyncTest");
  }

  private tested?: ITerraformDependable;
  private how: SettledTest = settledTest({});

  protected constructor(scope: Construct, id: string, kind: string) {
    super(scope, id, kind);
    mark(this, "LyncTest");
  }

  /** The wait for replication before the test, with its default times; undefined where there is none. */
  public get replication(): ReplicationWait | undefined {
    return this.how.replication;
  }

  /** The further attempts, with their default times; undefined where there is one attempt. */
  public get retries(): TestRetries | undefined {
    return this.how.retries;
  }

  /** When the test runs. */
  public get when(): TestWhen {
    return this.how.when;
  }

  /** Folder for the reports; undefined where there are none. */
  public get reportDirectory(): string | undefined {
    return this.how.reportDirectory;
  }

  /** What it does to the deploy when the test does not succeed. */
  public get onFailure(): TestFailure {
    return this.how.onFailure;
  }

  /** Address of the resource that is there when the test came to its end. */
  public override get fqn(): string {
    return this.tested?.fqn ?? super.fqn;
  }

  /** Adds what no rule of a single property can see. */
  protected checkTest(problems: Problems, props: TestProps): void {
    checkGroups(problems, props);
    if (props.reportDirectory !== undefined) this.shared.reports.refuseOther(problems, props.reportDirectory);
  }

  /** Makes the resource that runs the test; `verifies` tells which of the stack's objects the result depends on. */
  protected run(
    settings: Settings,
    props: LyncTestProps,
    verifies: (object: DeclaredObject) => boolean,
  ): void {
    const { runner, reports, kinds } = this.shared;
    const how = settledTest(props);
    this.how = how;
    if (how.reportDirectory !== undefined) reports.add(this, this.kind, how.reportDirectory);
    const forced = how.replication?.trigger ? ["Invoke-CsManagementStoreReplication"] : [];
    const cmdlets = [...forced, `Test-Cs${this.cmdletNoun}`];
    // The check of the runner asks for the cmdlets of the wait as well.
    if (how.replication) kinds.add(REPLICATION_STATUS);
    if (forced.length > 0) kinds.add("ReplicationTrigger");
    const everyDeploy = how.when === TestWhen.EVERY_DEPLOY;
    const config = {
      kind: this.kind,
      script: "Test-LyncObject" as const,
      settings: { ...settings, [ReaderTrigger.CMDLETS]: cmdlets.join(", ") },
      expressions: {
        // The ids are in the triggers, not in an order alone: a deploy that dies between an object and its test
        // leaves a test that has not seen the object's new id, and the next deploy runs it.
        [ReaderTrigger.VERIFIES]: lateText(() => this.verified(verifies)),
        ...(everyDeploy ? { [ReaderTrigger.EVERY_DEPLOY]: "${timestamp()}" } : {}),
      },
      environment: () => ({ ...testEnvironment(how, nameOf(this), runner, reports), ...this.variables() }),
      dependsOn: [this.shared.closing, ...this.dependsOn],
    };
    if (everyDeploy) {
      this.carry(config); // the next deploy runs it in any case
      return;
    }
    const test = this.carry({ ...config, environment: () => ({ ...config.environment(), ...OWN_TEST_ID }) });
    this.tested = tested(this, this.shared, config, test);
  }

  /** Noun of the test cmdlet. */
  protected abstract readonly cmdletNoun: string;

  /** Further variables of the script, asked for when the whole stack is known. */
  protected variables(): Record<string, string> {
    return {};
  }

  private verified(verifies: (object: DeclaredObject) => boolean): string {
    return onePerResource(this.shared.objects.filter(verifies))
      .map((object) => `${literal(titleOf(object))} (${object.resource.appliedId})`)
      .join(", ");
  }
}
