// What a test's script is told of how the test is run: provisioner environment only, so that no change of it runs a test.
import { ReplicationWait, TestFailure, TestProps, TestRetries, TestWhen } from "./test-props";
import { RunnerSettings } from "../terraform/local-exec";
import { textVariables } from "../terraform/long-text";
import { literal } from "../terraform/terraform-text";
import { TestReports } from "./test-reports";

/** The kind that stands for a wait for replication, as the check of the runner knows it. */
export const REPLICATION_STATUS = "ReplicationStatus";

const REPLICATION: Required<Omit<ReplicationWait, "replicas">> = {
  trigger: false,
  intervalSeconds: 10,
  timeoutSeconds: 600,
};
const RETRIES: Required<TestRetries> = { intervalSeconds: 30, timeoutSeconds: 300 };
const ONE_ATTEMPT: Required<TestRetries> = { intervalSeconds: 0, timeoutSeconds: 0 };

/** How a test is run, with the defaults of what nobody wrote. */
export interface SettledTest extends TestProps {
  readonly replication?: Required<Omit<ReplicationWait, "replicas">> & ReplicationWait;
  readonly retries?: Required<TestRetries>;
  readonly when: TestWhen;
  readonly onFailure: TestFailure;
}

/** The same with the defaults. */
export function settledTest(props: TestProps): SettledTest {
  return {
    replication: props.replication && { ...REPLICATION, ...defined(props.replication) },
    retries: props.retries && { ...RETRIES, ...defined(props.retries) },
    when: props.when ?? TestWhen.ON_CHANGE,
    reportDirectory: props.reportDirectory,
    onFailure: props.onFailure ?? TestFailure.FAIL,
  };
}

/** The variables of one test; all of them are set, so that none of the same name outside gets through. */
export function testEnvironment(
  how: SettledTest,
  path: string,
  runner: RunnerSettings,
  reports: TestReports,
): Record<string, string> {
  const { replication: wait, retries = ONE_ATTEMPT, reportDirectory = "" } = how;
  const seconds = runner.timeoutSeconds + (wait?.timeoutSeconds ?? 0) + retries.timeoutSeconds;
  return {
    // The limit of the operation must not cut a wait that the settings allow.
    LYNC_TIMEOUT_SECONDS: String(seconds),
    LYNC_REPLICAS: wait ? (wait.replicas?.map(literal).join(" ") ?? "all") : "none",
    LYNC_REPLICATION_TRIGGER: String(wait?.trigger ?? false),
    LYNC_REPLICATION_INTERVAL: String(wait?.intervalSeconds ?? 0),
    LYNC_REPLICATION_TIMEOUT: String(wait?.timeoutSeconds ?? 0),
    LYNC_RETRY_INTERVAL: String(retries.intervalSeconds),
    LYNC_RETRY_TIMEOUT: String(retries.timeoutSeconds),
    LYNC_ON_FAILURE: how.onFailure,
    LYNC_REPORT_DIRECTORY: literal(reportDirectory),
    LYNC_APP_DIRECTORY: reports.appDirectory,
    LYNC_TEST: literal(path),
    ...(how.reportDirectory === undefined
      ? {}
      : textVariables("LYNC_TESTS", JSON.stringify(reports.index()))),
  };
}

/** A property that is undefined is one that is not given. */
function defined<Props extends object>(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Props;
}
