// The part of GitHub's REST API that the pipelines call: comments and issues of one repository, in pages.
import { Answer, Asked, LocalServer } from "./local-server";

export const BOT = "github-actions[bot]";

export interface Comment {
  id: number;
  body: string;
  user: { login: string };
}

export interface Issue {
  number: number;
  title: string;
  body: string;
  state: string;
  user: { login: string };
  pull_request?: object;
}

const LONGEST = 65_536;

export class GitHubServer extends LocalServer {
  public readonly comments: Comment[] = [];
  public readonly issues: Issue[] = [];
  /** Answers to the next calls in place of those that they would have; with `late` the call is done first. */
  public readonly faults: (Answer & { late?: boolean })[] = [];

  public constructor() {
    super((asked) => {
      const fault = this.faults.shift();
      if (fault && !fault.late) return fault;
      const answer = this.respond(asked);
      return fault ?? answer;
    });
  }

  private respond({ method, url, headers, body }: Asked): Answer {
    if (headers.authorization !== "Bearer job-token")
      return { status: 401, body: { message: "Bad credentials" } };
    const given = body === "" ? {} : JSON.parse(body);
    if (given.body?.length > LONGEST)
      return { status: 422, body: { message: "body is too long (maximum is 65536 characters)" } };
    const path = url.pathname.replace("/repos/contoso/lync", "");
    if (method === "GET" && path === "/issues/7/comments") return page(url, this.comments);
    if (method === "GET" && path === "/issues")
      return page(
        url,
        this.issues.filter(({ state }) => state === url.searchParams.get("state")),
      );
    if (method === "POST" && path === "/issues/7/comments") {
      this.comments.push({ id: 1000 + this.comments.length, user: { login: BOT }, ...given });
      return { status: 201, body: {} };
    }
    if (method === "POST" && path === "/issues") {
      this.issues.push({ number: 10 + this.issues.length, state: "open", user: { login: BOT }, ...given });
      return { status: 201, body: {} };
    }
    const [, comment] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const [, issue] = /^\/issues\/(\d+)$/.exec(path) ?? [];
    const found =
      this.comments.find(({ id }) => id === Number(comment)) ??
      this.issues.find(({ number }) => number === Number(issue));
    if (method !== "PATCH" || !found) return { status: 404, body: { message: "Not Found" } };
    Object.assign(found, given);
    return { body: found };
  }
}

/** One page, and where the next one is. */
function page(url: URL, all: readonly object[]): Answer {
  const [size, number] = ["per_page", "page"].map((name) => Number(url.searchParams.get(name) ?? 0));
  const from = Math.max(0, number - 1) * size;
  const next = new URL(url);
  next.searchParams.set("page", String(Math.max(1, number) + 1));
  const more = from + size < all.length;
  return {
    headers: more ? { link: `<${url.href}>; rel="first", <${next.href}>; rel="next"` } : {},
    body: all.slice(from, from + size),
  };
}
