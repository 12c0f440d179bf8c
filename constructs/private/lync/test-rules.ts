// What the settings of a test must keep.
import { ReplicationWait, TestFailure, TestProps, TestRetries, TestWhen } from "./test-props";
import { boolean, fqdn, integer, oneOf, Rule, show } from "../validation/rules";
import { known, optional, required } from "../terraform/token-rules";
import { text } from "../terraform/text-rules";
import { isObject, Problems, Rules } from "../validation/validation";

const interval = known(integer(1, 3_600, "a number of seconds"));
const timeout = known(integer(1, 86_400, "a number of seconds"));

// How CDKTF writes a list that is a Token.
const LIST_TOKEN = /^#\{TfToken\[/;

const fqdns: Rule = (value) => {
  if (!Array.isArray(value) || value.length === 0) {
    return `${show(value)} is no list of computers. Allowed: one FQDN or more. Leave it out to wait for all of them.`;
  }
  if (LIST_TOKEN.test(String(value[0]))) {
    return "is a Token, a list that only Terraform knows. Give the list itself; each name in it may be a Token.";
  }
  return [...value].map(required(fqdn)).find((wrong) => wrong !== undefined);
};

/** A folder's path that Windows takes: relative, with a drive letter, or of a share. */
const folder: Rule = (value) => {
  const wrong = text(value);
  if (wrong) return wrong;
  const allowed = 'Allowed: a path such as "reports" or "D:\\Reports".';
  const path = value as string;
  if (path.trim() === "") return `${show(path)} is empty. ${allowed} Leave it out for no reports.`;
  const odd = /[<>:"|?*\r\n\t]/.exec(path.replace(/^[A-Za-z]:(?=[\\/])/, ""));
  return odd
    ? `${show(path)} holds ${show(odd[0])}, which no folder's name has on Windows. ${allowed}`
    : undefined;
};

/** An object of settings of its own, whose parts `checkGroups` looks at. */
const group: Rule = (value) =>
  value === undefined || isObject(value)
    ? undefined
    : `${show(value)} is no group of settings. Allowed: an object, {} for the defaults. Leave it out for none.`;

/** The rules of what every test takes. */
export const TEST_RULES: Rules<TestProps> = {
  replication: group,
  retries: group,
  when: known(oneOf(Object.values(TestWhen))),
  reportDirectory: optional(folder),
  onFailure: known(oneOf(Object.values(TestFailure))),
};

const REPLICATION_RULES: Rules<ReplicationWait> = {
  replicas: known(fqdns),
  trigger: known(boolean),
  intervalSeconds: interval,
  timeoutSeconds: timeout,
};

const RETRY_RULES: Rules<TestRetries> = { intervalSeconds: interval, timeoutSeconds: timeout };

/** Adds what is wrong inside the groups of settings; `prefix` is what the code writes before their names. */
export function checkGroups(problems: Problems, props: TestProps, prefix = ""): void {
  if (isObject(props.replication))
    problems.check(props.replication, REPLICATION_RULES, `${prefix}replication.`);
  if (isObject(props.retries)) problems.check(props.retries, RETRY_RULES, `${prefix}retries.`);
}
