// What a test's script is told of how the test is run: provisioner environment only, so that no change of it runs a test.
import { ReplicationWait, TestFailure, TestProps, TestRetries } from "./test-props";
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

/** The variables of one test; all of them are set, so that none of the same name outside gets through. */
export function testEnvironment(
  props: TestProps,
  path: string,
  runner: RunnerSettings,
  reports: TestReports,
): Record<string, string> {
  const wait = props.replication && { ...REPLICATION, ...defined(props.replication) };
  const retries = props.retries ? { ...RETRIES, ...defined(props.retries) } : ONE_ATTEMPT;
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
    LYNC_ON_FAILURE: props.onFailure ?? TestFailure.FAIL,
    LYNC_REPORT_DIRECTORY: literal(props.reportDirectory ?? ""),
    LYNC_APP_DIRECTORY: reports.appDirectory,
    LYNC_TEST: literal(path),
    ...(props.reportDirectory === undefined
      ? {}
      : textVariables("LYNC_TESTS", JSON.stringify(reports.index()))),
  };
}

/** A property that is undefined is one that is not given. */
function defined<Props extends object>(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Props;
}
