// The part of Azure DevOps' REST API that the pipelines call: threads of one pull request, and work items.
import { Answer, Asked, LocalServer } from "./local-server";

export const SERVICE = "build-service-id";

export interface Thread {
  id: number;
  status: number;
  isDeleted?: boolean;
  comments: { id: number; content: string; author: { id: string } }[];
}

export interface WorkItem {
  id: number;
  fields: Record<string, string>;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: string;
}

export class AzureDevOpsServer extends LocalServer {
  public readonly threads: Thread[] = [];
  public readonly items: WorkItem[] = [];
  /** Answers to the next calls in place of those that they would have. */
  public readonly faults: Answer[] = [];

  public constructor() {
    super((asked) => this.faults.shift() ?? this.respond(asked));
  }

  private respond(asked: Asked): Answer {
    const { method, url, headers, body } = asked;
    // It answers with its sign-in page where it does not know the token.
    if (headers.authorization !== "Bearer job-token")
      return { status: 203, headers: { "content-type": "text/html" }, body: "<html>Sign In</html>" };
    if (url.pathname === "/contoso/_apis/connectionData")
      return { body: { authenticatedUser: { id: SERVICE } } };
    if (url.searchParams.get("api-version") !== "7.1")
      return { status: 400, body: { message: "No version" } };
    const path = decodeURIComponent(url.pathname).replace("/contoso/Lync Server/_apis", "");
    const given = body === "" ? undefined : JSON.parse(body);
    const threads = "/git/repositories/repo-id/pullRequests/7/threads";
    if (path.startsWith(threads)) return this.thread(method, path.slice(threads.length), given);
    return this.workItem(method, path, url, given, headers["content-type"]);
  }

  private thread(method: string, path: string, given: Partial<Thread> & { content?: string }): Answer {
    if (method === "GET") return { body: { value: this.threads } };
    if (method === "POST") {
      const comments = (given.comments ?? []).map((each) => ({ ...each, id: 1, author: { id: SERVICE } }));
      this.threads.push({ id: this.threads.length + 1, status: given.status ?? 0, comments });
      return { body: {} };
    }
    const [, id, comment] = /^\/(\d+)\/comments\/(\d+)$/.exec(path) ?? [];
    const found = this.threads
      .find((each) => each.id === Number(id))
      ?.comments.find((each) => each.id === Number(comment));
    if (!found) return { status: 404, body: { message: "Not found" } };
    Object.assign(found, given);
    return { body: {} };
  }

  private workItem(method: string, path: string, url: URL, given: unknown, type = ""): Answer {
    if (path === "/wit/workitemtypes/Issue/states") return { body: { value: STATES } };
    if (path.startsWith("/wit/workitemtypes/"))
      return { status: 404, body: { message: "VS402323: no such type" } };
    if (path === "/wit/wiql") return { body: { workItems: this.open((given as { query: string }).query) } };
    if (method === "GET" && path === "/wit/workitems") {
      const ids = (url.searchParams.get("ids") ?? "").split(",").map(Number);
      return { body: { value: this.items.filter(({ id }) => ids.includes(id)) } };
    }
    if (type !== "application/json-patch+json") return { status: 415, body: { message: `Not ${type}` } };
    const fields = Object.fromEntries(
      (given as Operation[]).map(({ path: field, value }) => [field.replace("/fields/", ""), value]),
    );
    if (method === "POST" && path === "/wit/workitems/$Issue")
      this.items.push({ id: this.items.length + 1, fields: { "System.State": "Active", ...fields } });
    const item = this.items.find(({ id }) => path === `/wit/workitems/${id}`);
    if (item) Object.assign(item.fields, fields);
    else if (method !== "POST") return { status: 404, body: { message: "Not found" } };
    return { body: {} };
  }

  /** What the query asks for, as far as the pipelines ask: the tag, in part, of items that are not over. */
  private open(query: string): { id: number }[] {
    const [, tag] = /\[System\.Tags\] CONTAINS '([^']*)'/.exec(query) ?? [];
    const [, over] = /\[System\.State\] NOT IN \(([^)]*)\)/.exec(query) ?? [];
    return this.items
      .filter(
        ({ fields }) => fields["System.Tags"].includes(tag) && !over.includes(`'${fields["System.State"]}'`),
      )
      .map(({ id }) => ({ id }));
  }
}

/** Of the process Agile. */
const STATES = [
  { name: "Active", category: "InProgress" },
  { name: "Closed", category: "Completed" },
];
