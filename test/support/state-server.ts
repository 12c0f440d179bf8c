// States for Terraform's backend "http", with locks: https://developer.hashicorp.com/terraform/language/backend/http
import { Answer, Asked, LocalServer } from "./local-server";

export class StateServer extends LocalServer {
  private readonly states = new Map<string, string>();
  private readonly locks = new Map<string, string>();

  public constructor() {
    super((asked) => this.respond(asked));
  }

  private respond({ method, url: { pathname }, body }: Asked): Answer {
    if (method === "GET")
      return this.states.has(pathname) ? { body: this.states.get(pathname) } : { status: 404 };
    if (method === "LOCK" && this.locks.has(pathname)) return { status: 423, body: this.locks.get(pathname) };
    if (method === "LOCK") this.locks.set(pathname, body);
    if (method === "UNLOCK") this.locks.delete(pathname);
    if (method === "POST") this.states.set(pathname, body);
    return {};
  }
}
