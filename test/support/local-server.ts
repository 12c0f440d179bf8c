// A server on this machine that stands in for one of the network, for as long as a test needs it.
import { createServer, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

export class LocalServer {
  /** What was asked so far. */
  public readonly asked: Asked[] = [];
  private readonly server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", this.url);
      const body = Buffer.concat(parts).toString("utf8");
      const asked = { method: request.method ?? "", url, headers: request.headers, body };
      this.asked.push(asked);
      const { status = 200, headers = {}, body: answer } = this.answer(asked);
      response.writeHead(status, headers);
      response.end(typeof answer === "string" || answer === undefined ? answer : JSON.stringify(answer));
    });
  });

  public constructor(private readonly answer: (asked: Asked) => Answer) {}

  public async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
