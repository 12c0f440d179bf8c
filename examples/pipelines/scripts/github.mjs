// node pipelines/github.mjs comment FILE: the pull request's one comment. node pipelines/github.mjs drift ENVIRONMENT: its issue.
import { readFileSync } from "node:fs";
import { CommandError, environments, run, variables, written } from "./lib/command.mjs";
import { client, patiently } from "./lib/http.mjs";
import { comment, driftBody, driftMark, driftTitle, healed, REVIEW } from "./lib/messages.mjs";
import { isMarked } from "./lib/text.mjs";

const needed = {
  GITHUB_TOKEN: 'give the step "GITHUB_TOKEN: ${{ github.token }}" in its env.',
  GITHUB_API_URL: "GitHub Actions sets it.",
  GITHUB_REPOSITORY: "GitHub Actions sets it.",
  GITHUB_SERVER_URL: "GitHub Actions sets it.",
  GITHUB_RUN_ID: "GitHub Actions sets it.",
  GITHUB_EVENT_PATH: "GitHub Actions sets it.",
};

run(async ([command, ...args]) => {
  const actions = { comment: writeComment, drift: tellDrift };
  if (!Object.hasOwn(actions, command ?? ""))
    throw new CommandError(
      `${JSON.stringify(command ?? "")} is no command. Allowed: comment FILE, drift ENVIRONMENT.`,
    );
  await actions[command](args, repository(variables(needed)));
});

/** The repository's API, and who and where we are. */
function repository(given) {
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${given.GITHUB_TOKEN}`,
    "user-agent": "lync-pipelines",
    "x-github-api-version": "2022-11-28",
  };
  return {
    call: client({ name: "GitHub", headers, advice }),
    api: `${given.GITHUB_API_URL}/repos/${given.GITHUB_REPOSITORY}`,
    url: `${given.GITHUB_SERVER_URL}/${given.GITHUB_REPOSITORY}/actions/runs/${given.GITHUB_RUN_ID}`,
    // The account of a job's token. Where the token is that of an app, the app's.
    author: process.env.GITHUB_BOT || "github-actions[bot]",
    event: JSON.parse(readFileSync(given.GITHUB_EVENT_PATH, "utf8")),
  };
}

function advice(status) {
  if (status === 401)
    return "The token is not valid (any more). Run the job again; a token of your own may have expired.";
  if (status === 403 || status === 404)
    return (
      'The token may not do this. The job needs "pull-requests: write" for a comment and "issues: write" for an issue, under ' +
      "permissions; issues must be switched on in the repository. A pull request from a fork never has these rights."
    );
  if (status === 410) return "Issues are switched off in this repository. Switch them on in its settings.";
  return undefined;
}

async function writeComment([file], { call, api, url, author, event }) {
  const report = written(file, "The step that reviews");
  const { number, head } = event.pull_request ?? {};
  if (number === undefined)
    throw new CommandError("This run is not about a pull request. Run it on the event pull_request.");
  const body = comment(report, { commit: head.sha, url });
  await patiently(async () => {
    const comments = `${api}/issues/${number}/comments`;
    const own = await all(
      call,
      comments,
      (each) => isMarked(each.body, REVIEW) && each.user?.login === author,
    );
    if (own.length > 0) await call("PATCH", `${api}/issues/comments/${own[0].id}`, { body });
    else await call("POST", comments, { body });
  });
}

async function tellDrift(names, { call, api, url, author }) {
  const [environment] = environments(names);
  const { drifted, text } = JSON.parse(
    written(`review/drift-${environment}.json`, "The step that looks for drift"),
  );
  const body = driftBody(environment, text, { url });
  await patiently(async () => {
    const own = await all(
      call,
      `${api}/issues?state=open`,
      (each) =>
        isMarked(each.body, driftMark(environment)) && each.user?.login === author && !each.pull_request,
    );
    if (drifted && own.length === 0)
      await call("POST", `${api}/issues`, { title: driftTitle(environment), body });
    else if (drifted) await call("PATCH", `${api}/issues/${own[0].number}`, { body });
    else
      for (const each of own)
        await close(call, `${api}/issues/${each.number}`, healed(each.body, environment, { url }));
  });
}

async function close(call, issue, body) {
  await call("PATCH", issue, { state: "closed", state_reason: "completed", body });
}

/** Those of a list that fit, from all its pages. */
async function all(call, url, fits) {
  const found = [];
  const query = new URL(url);
  query.searchParams.set("per_page", "100");
  let next = query.href;
  while (next !== undefined) {
    const { data, link } = await call("GET", next);
    found.push(...data.filter(fits));
    next = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
  }
  return found;
}
