// What a remote session must keep: https to a pool by its name, a safe way to sign in, and no credential in the code.
import { RemoteSessionProps, SessionAuthentication } from "./session-props";
import { RemoteSession } from "../terraform/local-exec";
import { text } from "../terraform/text-rules";
import { isToken } from "../terraform/terraform-text";
import { known, knownIfGiven } from "../terraform/token-rules";
import { fqdn, oneOf, Rule, show } from "../validation/rules";
import { isObject, Problems, Rules } from "../validation/validation";

const PATH = "/OcsPowerShell";
const FORM = 'Allowed: the address of a pool such as "https://pool01.contoso.com/OcsPowerShell".';
const CREDENTIALS =
  "Set LYNC_SESSION_USER and LYNC_SESSION_PASSWORD in the environment of the deploy, or leave both out for the account " +
  "that runs it.";

/** Why a way to sign in that New-PSSession has is none here. */
const UNSAFE: Readonly<Record<string, string>> = {
  basic: "sends the password itself to whatever answers",
  digest: "rests on MD5, and whatever answers can try passwords against it",
  credssp: "leaves the password on the pool, and nothing here goes on from the pool to another machine",
};

/** What a session is written as; its parts have rules of their own. A text may hold a password, so none is shown. */
export const sessionGroup: Rule = (value) =>
  value === undefined || isObject(value)
    ? undefined
    : `is ${typeof value === "object" ? show(value) : `a ${typeof value}`} and no group of settings. Allowed: an object ` +
      'such as { connectionUri: "https://pool01.contoso.com/OcsPowerShell" }. Leave it out for the tools on the runner.';

const connectionUri: Rule = (value) => {
  if (isToken(value)) return knownIfGiven(text)(value);
  const wrong = text(value);
  if (wrong) return typeof value === "string" ? `holds what no address has. ${FORM}` : wrong;
  const uri = value as string;
  // Only with // before it: a user may stand in what is no address otherwise.
  if (/^[^/?#]*(?:\/\/)?[^/?#]*@/.test(uri))
    return `holds a user or a password (not shown here). ${CREDENTIALS}`;
  if (/[?#]/.test(uri))
    return `holds a query or a fragment (not shown here), which an address of a pool has not. ${FORM}`;
  const [, scheme, host, port, path] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/:\s]*)(?::(\d+))?(\/\S*)?$/i.exec(uri) ?? [];
  if (scheme === undefined) return `${show(uri)} is no address. ${FORM}`;
  if (scheme.toLowerCase() !== "https") {
    return `${show(uri)} does not begin with https, and a session carries what is changed and who changes it. ${FORM}`;
  }
  const host_ = fqdn(host);
  if (host_) return `the host of ${show(uri)}: ${host_}`;
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65535)) {
    return `${show(uri)} has the port ${port}. Allowed: 1 to 65535. Leave it out for 443.`;
  }
  return pathOf(uri, path);
};

/** Every pool has its sessions at this path, and any other would be refused by the server only in the middle of a deploy. */
function pathOf(uri: string, path = ""): string | undefined {
  if (path.toLowerCase() === PATH.toLowerCase()) return undefined;
  const meant = uri.slice(0, uri.length - path.length) + PATH;
  return `${show(uri)} does not end with ${PATH}, where a pool takes sessions. Did you mean ${show(meant)}?`;
}

const connectionUris: Rule = (value) => {
  if (value === undefined) return `is missing, and it has no default. ${FORM}`;
  if (!Array.isArray(value)) return connectionUri(value);
  if (value.length === 0) return `is an empty list. ${FORM}`;
  const twice = value.find((each, index) => value.findIndex((other) => same(each, other)) < index);
  const wrong = [...(value as unknown[])].map(connectionUri).find((each) => each !== undefined);
  return wrong ?? (twice === undefined ? undefined : `${show(twice)} is there twice. Leave one out.`);
};

function same(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

const authentication: Rule = (value) => {
  const why = typeof value === "string" ? UNSAFE[value.toLowerCase()] : undefined;
  if (why === undefined) return oneOf(Object.values(SessionAuthentication))(value);
  const allowed = Object.values(SessionAuthentication).map(show).join(", ");
  return `${show(value)} ${why}. Allowed: ${allowed}. Leave it out for "Default".`;
};

const RULES: Rules<RemoteSessionProps> = {
  connectionUri: connectionUris,
  authentication: known(authentication),
};

/** Names that people try for what only the environment may hold. */
const CREDENTIAL = /user|account|pass|pwd|credential|secret/i;

const refused: Rule = () => `is no setting, and its value is not shown here. ${CREDENTIALS}`;

/** Adds what is wrong with a session, and answers with it as the scripts take it; undefined where there is none, or a wrong one. */
export function readSession(problems: Problems, given: unknown): RemoteSession | undefined {
  if (!isObject(given)) return undefined;
  const credentials = Object.keys(given).filter((name) => CREDENTIAL.test(name));
  const rules = { ...RULES, ...Object.fromEntries(credentials.map((name) => [name, refused])) };
  const read = problems.read(given as RemoteSessionProps, rules, "session.");
  if (connectionUris(read.connectionUri) ?? RULES.authentication(read.authentication)) return undefined;
  return {
    connectionUris: [read.connectionUri].flat() as string[],
    authentication: read.authentication ?? SessionAuthentication.DEFAULT,
  };
}
