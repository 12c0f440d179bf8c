// How a test is run: what it waits for, how often it tries, when it runs again, what it writes, what its failure does.

/** When a test runs. */
export const TestWhen = {
  /** When what it tests has changed: its own target, or an object of the stack that its result depends on. */
  ON_CHANGE: "on change",
  /** In every deploy. A plan is then never empty: it always shows the test as replaced. */
  EVERY_DEPLOY: "every deploy",
} as const;

/** `on change` or `every deploy`. */
export type TestWhen = (typeof TestWhen)[keyof typeof TestWhen];

/** What a test that does not succeed does to the deploy. */
export const TestFailure = {
  /** The deploy fails, and the next one runs the test again. */
  FAIL: "fail",
  /** The deploy goes on with a warning. Terraform takes the test as done: it runs again only when `when` says so. */
  WARN: "warn",
} as const;

/** `fail` or `warn`. */
export type TestFailure = (typeof TestFailure)[keyof typeof TestFailure];

/**
 * The wait, before a test, until replication of the Central Management store has brought the changes to the computers
 * that the test depends on.
 *
 * `UpToDate` alone does not tell: until the Master Replicator has made its snapshot of a change, it is still `True` from
 * before. So every change of the stack keeps the status from just before it, and a computer counts once it is up to date
 * with another `LastUpdateCreation` and another `LastStatusReport` than it had then. Each is compared only with itself,
 * whatever the clocks of the runner, the Central Management Server and the computer show. One that a change does not
 * concern gets no update for it: it counts 3 minutes after the change, the longest time that Microsoft gives for a
 * snapshot. Where the stack has changed nothing, `UpToDate` is all that is asked for.
 *
 * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/get-csmanagementstorereplicationstatus
 */
export interface ReplicationWait {
  /**
   * FQDNs of the computers that must be up to date, as Get-CsManagementStoreReplicationStatus shows them: for the tests
   * of this library, those of the Edge. A pool has one for each of its computers.
   *
   * @default - all that Get-CsManagementStoreReplicationStatus shows
   */
  readonly replicas?: readonly string[];
  /**
   * Whether replication is forced first, by Invoke-CsManagementStoreReplication for each of the replicas: it sends the
   * whole configuration. Only an update that is made from then on counts, which takes two to three minutes according to
   * Microsoft. Each test that runs forces its own.
   *
   * @default false
   * @see https://learn.microsoft.com/powershell/module/skypeforbusiness/invoke-csmanagementstorereplication
   */
  readonly trigger?: boolean;
  /**
   * Seconds between two looks at the status, 1 to 3,600.
   *
   * @default 10
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds until the wait is given up, 1 to 86,400. The error names each computer that is not up to date.
   *
   * @default 600 (10 minutes)
   */
  readonly timeoutSeconds?: number;
}

/** Further attempts of a test whose result is not Success. */
export interface TestRetries {
  /**
   * Seconds between the end of one attempt and the next, 1 to 3,600.
   *
   * @default 30
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds from the first attempt to the last, 1 to 86,400.
   *
   * @default 300 (5 minutes)
   */
  readonly timeoutSeconds?: number;
}

/**
 * What every test takes. These settings say how a test is run, not what it tests. Two of them are among the triggers of its
 * Terraform resource, so that a change of them runs the test once: `when`, and `replication.trigger`, since a plan shows
 * every cmdlet that changes something. A change of any other runs nothing by itself, and counts from the next run on.
 */
export interface TestProps {
  /**
   * Waits for replication before the test: `{}` for all computers with the default times. The wait adds its time-out to
   * the time that the test may take (`timeoutSeconds` of the runner).
   *
   * @default - no wait: a test straight after a change may fail because the change has not reached the Edge
   */
  readonly replication?: ReplicationWait;
  /**
   * Tries again while the result is not Success: `{}` for the default times. An error of the cmdlet itself, such as
   * missing rights, ends the test at once. The retries add their time-out to the time that the test may take.
   *
   * @default - one attempt
   */
  readonly retries?: TestRetries;
  /**
   * When the test runs.
   *
   * @default TestWhen.ON_CHANGE
   */
  readonly when?: TestWhen;
  /**
   * Folder for the reports, made where it is missing; the same for all tests of a stack. A relative one starts at the
   * folder that holds the app, wherever the deploy runs: not the path on the synthesising machine, but the way back from
   * the output folder (cdktf.out) is in the plan. Slashes work on every machine.
   *
   * Each test writes there, whether it succeeds or not:
   * - `TEST-<stack>.<test>.json`: result, Error, Diagnosis, hints, attempts, times;
   * - `TEST-<stack>.<test>.html`: Lync Server's own log of the last attempt (`-OutLoggerVariable`);
   * - `TEST-<stack>.xml`: JUnit XML over all tests of the stack that write here. One that has no result in the folder is
   *   skipped there; one that left the stack is gone from it with the next test that runs.
   *
   * `<test>` is the construct's name in Terraform. A folder that survives deploys holds the latest result of each test,
   * with its time; for the results of one deploy alone, empty it first.
   *
   * @default - no reports
   */
  readonly reportDirectory?: string;
  /**
   * What it does to the deploy when the test does not succeed, cannot be run, or runs past its time (see `replication`),
   * which ends it.
   *
   * @default TestFailure.FAIL
   */
  readonly onFailure?: TestFailure;
}
