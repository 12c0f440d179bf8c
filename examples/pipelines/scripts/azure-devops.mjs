// node pipelines/azure-devops.mjs comment FILE: the pull request's one comment. … drift ENVIRONMENT: its work item.
import { CommandError, environments, run, variables, written } from "./lib/command.mjs";
import { client, patiently } from "./lib/http.mjs";
import { comment, driftMark, driftTitle, REVIEW } from "./lib/messages.mjs";
import { isMarked, visible } from "./lib/text.mjs";

const VERSION = "api-version=7.1";
const PATCH_TYPE = "application/json-patch+json";

const RIGHTS =
  'The account "<project> Build Service (<organization>)" needs "Contribute to pull requests" on the repository for a ' +
  'comment, and "Edit work items in this node" on the area for a work item.';
const TYPE =
  "The project must have the type of work item: set DRIFT_WORK_ITEM_TYPE to Issue (Agile, Basic, CMMI) or Impediment (Scrum).";

const needed = {
  SYSTEM_ACCESSTOKEN: 'give the step "SYSTEM_ACCESSTOKEN: $(System.AccessToken)" in its env.',
  SYSTEM_COLLECTIONURI: "Azure DevOps sets it.",
  SYSTEM_TEAMPROJECT: "Azure DevOps sets it.",
  BUILD_BUILDID: "Azure DevOps sets it.",
};

run(async ([command, ...args]) => {
  const actions = { comment: writeComment, drift: tellDrift };
  if (!Object.hasOwn(actions, command ?? ""))
    throw new CommandError(
      `${JSON.stringify(command ?? "")} is no command. Allowed: comment FILE, drift ENVIRONMENT.`,
    );
  await actions[command](args, project(variables(needed)));
});

/** The project's API, and where we are. */
function project(given) {
  const collection = given.SYSTEM_COLLECTIONURI.replace(/\/*$/, "");
  const base = `${collection}/${encodeURIComponent(given.SYSTEM_TEAMPROJECT)}`;
  const headers = { accept: "application/json", authorization: `Bearer ${given.SYSTEM_ACCESSTOKEN}` };
  return {
    call: client({ name: "Azure DevOps", headers, advice }),
    collection,
    api: `${base}/_apis`,
    url: `${base}/_build/results?buildId=${encodeURIComponent(given.BUILD_BUILDID)}`,
  };
}

function advice(status) {
  if (status === 401)
    return 'The token is not accepted. Give the step "SYSTEM_ACCESSTOKEN: $(System.AccessToken)" in its env.';
  if (status === 403) return RIGHTS;
  if (status === 400 || status === 404) return `${RIGHTS}\n${TYPE}`;
  return undefined;
}

async function writeComment([file], { call, collection, api, url }) {
  const report = written(file, "The step that reviews");
  const given = variables({
    SYSTEM_PULLREQUEST_PULLREQUESTID:
      "this run is not about a pull request. Run it by a branch policy, as a build validation.",
    SYSTEM_PULLREQUEST_SOURCECOMMITID: "Azure DevOps sets it for a pull request.",
    BUILD_REPOSITORY_ID: "Azure DevOps sets it.",
  });
  const repository = `${api}/git/repositories/${given.BUILD_REPOSITORY_ID}`;
  const threads = `${repository}/pullRequests/${given.SYSTEM_PULLREQUEST_PULLREQUESTID}/threads`;
  const content = comment(report, { commit: given.SYSTEM_PULLREQUEST_SOURCECOMMITID, url });
  await patiently(async () => {
    const me = (await call("GET", `${collection}/_apis/connectionData`)).data.authenticatedUser.id;
    const { data } = await call("GET", `${threads}?${VERSION}`);
    const own = data.value.find(({ isDeleted, comments: [first] = [] }) => !isDeleted && isOwn(first, me));
    if (own)
      await call("PATCH", `${threads}/${own.id}/comments/${own.comments[0].id}?${VERSION}`, { content });
    // Closed, so that a policy that all comments be resolved waits for no answer to a report.
    else
      await call("POST", `${threads}?${VERSION}`, {
        comments: [{ parentCommentId: 0, content, commentType: 1 }],
        status: 4,
      });
  });
}

function isOwn(first, me) {
  return first && !first.isDeleted && isMarked(first.content, REVIEW) && first.author?.id === me;
}

async function tellDrift(names, { call, api, url }) {
  const [environment] = environments(names);
  const { drifted, text } = JSON.parse(
    written(`review/drift-${environment}.json`, "The step that looks for drift"),
  );
  const type = process.env.DRIFT_WORK_ITEM_TYPE || "Issue";
  await patiently(async () => {
    const states = await statesOf(call, api, type);
    const own = await openItems(call, api, type, driftMark(environment), states);
    const description = { "System.Description": htmlOf(environment, text, url) };
    if (drifted && own.length === 0)
      await call(
        "POST",
        `${api}/wit/workitems/$${encodeURIComponent(type)}?${VERSION}`,
        fields({
          "System.Title": driftTitle(environment),
          "System.Tags": driftMark(environment),
          ...description,
        }),
        PATCH_TYPE,
      );
    else if (drifted)
      await call("PATCH", `${api}/wit/workitems/${own[0]}?${VERSION}`, fields(description), PATCH_TYPE);
    else for (const id of own) await close(call, `${api}/wit/workitems/${id}?${VERSION}`, states, url);
  });
}

async function close(call, item, { completed }, url) {
  const history = `Healed: nothing differs any more in <a href="${escaped(url)}">this run</a>.`;
  await call("PATCH", item, fields({ "System.State": completed[0], "System.History": history }), PATCH_TYPE);
}

/** The states of the type that mean "over"; each process of Azure DevOps has names of its own for them. */
async function statesOf(call, api, type) {
  const { data } = await call(
    "GET",
    `${api}/wit/workitemtypes/${encodeURIComponent(type)}/states?${VERSION}`,
  );
  const named = (...categories) =>
    data.value.filter((each) => categories.includes(each.category)).map((each) => each.name);
  return { completed: named("Completed"), over: named("Completed", "Removed") };
}

/** The open items that this account has made and that have the tag. */
async function openItems(call, api, type, tag, { over }) {
  const conditions = [
    "[System.TeamProject] = @project",
    `[System.WorkItemType] = ${quotedText(type)}`,
    `[System.Tags] CONTAINS ${quotedText(tag)}`,
    "[System.CreatedBy] = @me",
    `[System.State] NOT IN (${over.map(quotedText).join(", ")})`,
  ];
  const query = `SELECT [System.Id] FROM WorkItems WHERE ${conditions.join(" AND ")} ORDER BY [System.Id]`;
  const { data } = await call("POST", `${api}/wit/wiql?${VERSION}&$top=200`, { query });
  const ids = data.workItems.map(({ id }) => id);
  if (ids.length === 0) return [];
  const items = await call("GET", `${api}/wit/workitems?ids=${ids.join(",")}&fields=System.Tags&${VERSION}`);
  // CONTAINS takes a part of a tag as well.
  const hasTag = ({ fields: { "System.Tags": tags = "" } }) => tags.split(/;\s*/).includes(tag);
  return items.data.value.filter(hasTag).map(({ id }) => id);
}

function fields(values) {
  return Object.entries(values).map(([name, value]) => ({ op: "add", path: `/fields/${name}`, value }));
}

function quotedText(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Descriptions of work items are HTML. */
function htmlOf(environment, text, url) {
  return [
    `<p>Somebody changed Lync Server of ${environment} by hand:</p>`,
    `<pre>${escaped(visible(text).trimEnd())}</pre>`,
    "<p>Either write it into the code, or run the deploy pipeline with <b>heal</b>: it puts back what is declared.</p>",
    `<p>Last seen in <a href="${escaped(url)}">this run</a>. It is looked at every night, and this closes by itself.</p>`,
  ].join("\n");
}

function escaped(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
