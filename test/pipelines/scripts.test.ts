// The scripts of the pipelines' example against stand-ins of GitHub and Azure DevOps: one comment, one issue, clear errors.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import MarkdownIt from "markdown-it";
import { AzureDevOpsServer, SERVICE } from "../support/azure-devops-server";
import { BOT, GitHubServer } from "../support/github-server";
import { run } from "../support/run";

const SCRIPTS = resolve(__dirname, "..", "..", "examples", "pipelines", "scripts");
const HOSTILE = "``` @all </details> <!-- | ##vso[task.complete] \u202eevil <b>x</b> ````\n::error::x";
const folder = mkdtempSync(join(tmpdir(), "scripts-"));
const github = new GitHubServer();
const azure = new AzureDevOpsServer();

beforeAll(async () => {
  await Promise.all([github.start(), azure.start()]);
  mkdirSync(join(folder, "review"));
  writeFileSync(
    join(folder, "event.json"),
    JSON.stringify({ pull_request: { number: 7, head: { sha: "c0ffee" } } }),
  );
});

beforeEach(() => {
  for (const list of [github.comments, github.issues, github.asked, azure.threads, azure.items, azure.asked])
    list.length = 0;
  drifted(true);
  report("A report.");
});

afterAll(() => {
  github.stop();
  azure.stop();
  rmSync(folder, { recursive: true });
});

const report = (text: string) => writeFileSync(join(folder, "review", "report.md"), text);
const drifted = (is: boolean, text = "Comment theirs") =>
  writeFileSync(join(folder, "review", "drift-staging.json"), JSON.stringify({ drifted: is, text }));

/** What GitHub Actions gives a step. */
const onGitHub = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  script("github.mjs", args, {
    GITHUB_ACTIONS: "true",
    GITHUB_TOKEN: "job-token",
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_REPOSITORY: "contoso/lync",
    GITHUB_RUN_ID: "42",
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    ...env,
  });

/** What Azure DevOps gives a step. */
const onAzure = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  script("azure-devops.mjs", args, {
    TF_BUILD: "True",
    SYSTEM_ACCESSTOKEN: "job-token",
    SYSTEM_COLLECTIONURI: `${azure.url}/contoso/`,
    SYSTEM_TEAMPROJECT: "Lync Server",
    SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
    SYSTEM_PULLREQUEST_SOURCECOMMITID: "c0ffee",
    BUILD_REPOSITORY_ID: "repo-id",
    BUILD_BUILDID: "42",
    ...env,
  });

const script = (name: string, args: string[], env: NodeJS.ProcessEnv) =>
  run(process.execPath, [join(SCRIPTS, name), ...args], { cwd: folder, env });

const COMMENT = ["comment", "review/report.md"];
const DRIFT = ["drift", "staging"];
const FINE = { code: 0, stdout: "", stderr: "" };

describe("GitHub", () => {
  test("the comment is found among more than a hundred, by its marker and its author, and updated in place", async () => {
    for (let id = 1; id <= 230; id++)
      github.comments.push({ id, body: `Nice, ${id}`, user: { login: "mallory" } });
    github.comments[4].body = "[//]: # (lync-review)\n\nA lie.";
    expect(await onGitHub(COMMENT)).toEqual(FINE);
    report("A newer report.");
    expect(await onGitHub(COMMENT)).toEqual(FINE);
    const own = github.comments.filter(({ user }) => user.login === BOT);
    expect(own).toHaveLength(1);
    expect(own[0].body).toMatch(
      /^\[\/\/\]: # \(lync-review\)\n\nA newer report\.\n\n_This is about commit c0ffee\..*runs\/42/,
    );
    expect(github.comments[4].body).toContain("A lie.");
    expect(new MarkdownIt().render(own[0].body)).toMatch(/^<p>A newer report\.<\/p>/);
  });

  test("a report that is too long is cut where a line ends, its code is closed, and that is said", async () => {
    report(
      [
        "````powershell",
        ...Array.from({ length: 3000 }, (_, at) => `Set-It ${at} ${"x".repeat(20)}`),
        "````",
      ].join("\n"),
    );
    expect(await onGitHub(COMMENT)).toEqual(FINE);
    const { body } = github.comments[0];
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(
      /\nSet-It \d+ x{20}\n````\n\n_What is missing here is in the log of the run\._\n\n_This is about/,
    );
  });

  test("a busy platform is waited for, and what it made in spite of an error is not made twice", async () => {
    const busy = { status: 429, headers: { "retry-after": "0" }, body: { message: "slow down" } };
    const limited = { ...busy, status: 403 };
    github.faults.push(busy, limited, {}, { ...busy, status: 502, late: true });
    // The third answers to the list; the fourth is the creation, which is done, and seems to have failed.
    github.faults[2] = { body: [] };
    expect(await onGitHub(COMMENT)).toEqual(FINE);
    expect(github.comments).toHaveLength(1);
    github.faults.push(...Array.from({ length: 4 }, () => ({ ...busy, status: 503 })));
    const { code, stdout } = await onGitHub(COMMENT);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "GitHub answered 503 to GET /repos/contoso/lync/issues/7/comments: slow down%0ATried 4 times.",
    );
    github.faults.push({ ...busy, headers: { "retry-after": "3600" } });
    expect((await onGitHub(COMMENT)).stdout).toContain(
      "It asks for a wait of 3600 s. Run the job again after that.",
    );
  });

  test("an issue is opened once, follows what is found, and closes when it is healed; another environment's stays", async () => {
    const foreign = { number: 1, title: "x", state: "open", body: "[//]: # (lync-drift-staging)" };
    github.issues.push({ ...foreign, user: { login: "mallory" } });
    github.issues.push({
      ...foreign,
      number: 2,
      body: "[//]: # (lync-drift-staging2)",
      user: { login: BOT },
    });
    drifted(false);
    expect(await onGitHub(DRIFT)).toEqual(FINE);
    drifted(true, "Comment first");
    expect(await onGitHub(DRIFT)).toEqual(FINE);
    drifted(true, HOSTILE);
    expect(await onGitHub(DRIFT)).toEqual(FINE);
    expect(github.issues).toHaveLength(3);
    const { title, body } = github.issues[2];
    expect(title).toBe("Lync Server of staging is not as the code declares");
    expect(body).not.toContain("Comment first");
    const page = new MarkdownIt({ html: true }).render(body);
    expect(page.match(/<(?!\/)\w+/g)).toEqual([
      "<p",
      "<code",
      "<pre",
      "<code",
      "<p",
      "<strong",
      "<p",
      "<em",
      "<a",
    ]);
    expect(page).toContain("\\u{202E}evil");
    drifted(false);
    expect(await onGitHub(DRIFT)).toEqual(FINE);
    expect(github.issues.map(({ state }) => state)).toEqual(["open", "open", "closed"]);
    expect(github.issues[2].body).toContain(
      "**Healed:** nothing differs any more in [this run](https://github.example/contoso/lync/actions/runs/42).",
    );
  });

  test.each<[string, { status: number; said: string; env?: NodeJS.ProcessEnv; message?: string }]>([
    [
      "rights",
      {
        status: 403,
        message: "Resource not accessible by integration",
        said: 'needs "pull-requests: write" for a comment',
      },
    ],
    [
      "issues that are off",
      { status: 410, message: "Issues are disabled", said: "Switch them on in its settings." },
    ],
    [
      "a text that hides something",
      {
        status: 422,
        message: "\u202e::x",
        said: "GitHub answered 422 to GET /repos/contoso/lync/issues: \\u{202E}::x",
      },
    ],
  ])("an error tells the status and what to do: %s", async (_, { status, message, said }) => {
    github.faults.push({ status, body: { message } });
    const { code, stdout } = await onGitHub(DRIFT);
    expect(code).toBe(1);
    expect(stdout).toContain(`::error::GitHub answered ${status} to GET /repos/contoso/lync/issues: `);
    expect(stdout).toContain(said);
  });

  test("all that is missing is told at once", async () => {
    const { code, stdout } = await onGitHub(COMMENT, { GITHUB_TOKEN: "", GITHUB_API_URL: "" });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /GITHUB_TOKEN is empty: give the step "GITHUB_TOKEN: .*%0AThe variable GITHUB_API_URL is empty/,
    );
    expect((await onGitHub(["comment", "review/none.md"])).stdout).toContain("There is no file");
    expect((await onGitHub(["drift", "a;b"])).stdout).toContain('"a;b": no name of an environment. Allowed:');
    const gone = await onGitHub(["comments"], { GITHUB_ACTIONS: "" });
    expect(gone.stderr).toBe('"comments" is no command. Allowed: comment FILE, drift ENVIRONMENT.\n');
  });
});

describe("Azure DevOps", () => {
  test("the comment is found by its marker and its author, and updated in place; its thread waits for no answer", async () => {
    const lie = { id: 1, content: "[//]: # (lync-review)\n\nA lie.", author: { id: "mallory" } };
    azure.threads.push({ id: 1, status: 1, comments: [lie] }, { id: 2, status: 1, comments: [] });
    expect(await onAzure(COMMENT)).toEqual(FINE);
    report("A newer report.");
    expect(await onAzure(COMMENT)).toEqual(FINE);
    expect(azure.threads).toHaveLength(3);
    const { status, comments } = azure.threads[2];
    expect({ status, lie: azure.threads[0].comments[0].content }).toEqual({ status: 4, lie: lie.content });
    expect(comments[0]).toMatchObject({
      author: { id: SERVICE },
      content: expect.stringContaining("A newer report."),
    });
  });

  test("a work item is opened once, follows what is found, and closes when it is healed; another's stays", async () => {
    const fields = { "System.State": "Active", "System.Tags": "lync-drift-staging2" };
    azure.items.push({ id: 1, fields: { ...fields } });
    for (const text of ["Comment first", HOSTILE]) {
      drifted(true, text);
      expect(await onAzure(DRIFT)).toEqual(FINE);
    }
    expect(azure.items).toHaveLength(2);
    const description = azure.items[1].fields["System.Description"];
    expect(description).not.toContain("Comment first");
    expect(description.match(/<\w+/g)).toEqual(["<p", "<pre", "<p", "<b", "<p", "<a"]);
    expect(description).toContain("&lt;b&gt;x&lt;/b&gt;");
    drifted(false);
    expect(await onAzure(DRIFT)).toEqual(FINE);
    expect(azure.items.map((each) => each.fields["System.State"])).toEqual(["Active", "Closed"]);
  });

  test.each<[string, string[], { fault?: object; env?: NodeJS.ProcessEnv }, string]>([
    [
      "no token",
      COMMENT,
      { env: { SYSTEM_ACCESSTOKEN: "" } },
      'give the step "SYSTEM_ACCESSTOKEN: $(System.AccessToken)" in its env.',
    ],
    [
      "a token that is none",
      COMMENT,
      { env: { SYSTEM_ACCESSTOKEN: "$(System.AccessToken)" } },
      "answered 203 to GET /contoso/_apis/connectionData",
    ],
    [
      "rights",
      COMMENT,
      { fault: { status: 403, body: { message: "TF401027" } } },
      'needs "Contribute to pull requests"',
    ],
    ["another process", DRIFT, { env: { DRIFT_WORK_ITEM_TYPE: "Bug" } }, "DRIFT_WORK_ITEM_TYPE"],
    [
      "no pull request",
      COMMENT,
      { env: { SYSTEM_PULLREQUEST_PULLREQUESTID: "" } },
      "Run it by a branch policy",
    ],
    ["nobody there", COMMENT, { env: { SYSTEM_COLLECTIONURI: "http://127.0.0.1:9/" } }, "was not reached"],
  ])("an error tells what to do: %s", async (name, args, { fault, env }, said) => {
    if (fault) azure.faults.push(fault);
    const { code, stdout } = await onAzure(args, env);
    expect({ name, code }).toEqual({ name, code: 1 });
    expect(stdout).toMatch(/^##vso\[task\.logissue type=error\]/);
    expect(stdout).toContain(said);
  });
});
