// The rules of names as Lync Server takes them.
import { text } from "../terraform/text-rules";
import { Rule, show } from "../validation/rules";

const IDENTITY_MAXIMUM = 255;

/** The name of an object in Lync Server: one line, no scope, no wildcard. */
export const identity: Rule = (value) => {
  const wrong = text(value);
  if (wrong) return wrong;
  const name = value as string;
  if (name === "") return `"" is empty. Allowed: a name of 1 to ${IDENTITY_MAXIMUM} characters.`;
  if (name.length > IDENTITY_MAXIMUM) {
    return `${show(name)} has ${name.length} characters. Allowed: 1 to ${IDENTITY_MAXIMUM}. Shorten it.`;
  }
  if (name.trim() !== name)
    return `${show(name)} begins or ends with white space. Write ${show(name.trim())}.`;
  const odd = /[\r\n\t\u0085\u2028\u2029*?[\]:]/u.exec(name);
  return odd
    ? `${show(name)} holds ${show(odd[0])}. Allowed: one line without * ? [ ] (wildcards) and : (which parts a ` +
        "scope from a name). Remove that character."
    : undefined;
};

/** `global` or `site:NAME`, as the configuration cmdlets take their scopes. */
export const globalOrSite: Rule = (value) => {
  const allowed = 'Allowed: "global" or "site:NAME", such as "site:Redmond".';
  if (typeof value !== "string") return `${show(value)} is not text. ${allowed}`;
  if (/^global$/i.test(value)) return undefined;
  const site = /^site:(.*)$/is.exec(value);
  if (!site) {
    const meant = identity(value) === undefined ? ` Did you mean ${show(`site:${value}`)}?` : "";
    return `${show(value)} is neither. ${allowed}${meant}`;
  }
  const wrong = identity(site[1]);
  return wrong === undefined ? undefined : `${show(value)}: the site's name ${wrong} ${allowed}`;
};
