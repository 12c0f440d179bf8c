// The server process: serves the provider, prints how Terraform reaches it, and ends with its stdin, so
// that it never outlives the process that holds the other end of that pipe, however that one dies.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { handlers, service } from "./protocol";

async function listen(server: Server): Promise<{ Network: string; String: string }> {
  const bind = promisify(server.bindAsync.bind(server));
  const insecure = ServerCredentials.createInsecure();
  // Node has no unix sockets on Windows.
  if (process.platform === "win32") {
    const port = await bind("127.0.0.1:0", insecure);
    return { Network: "tcp", String: `127.0.0.1:${port}` };
  }
  const socket = join(temporaryFolder(), "socket");
  await bind(`unix:${socket}`, insecure);
  return { Network: "unix", String: socket };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "null-provider-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function main(): Promise<void> {
  process.stdin.resume().once("close", () => process.exit());
  process.once("SIGTERM", () => process.exit());
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  server.addService(service, handlers);
  const address = await listen(server);
  // "Test" tells Terraform that the process is not its own to end.
  const reattach = { Protocol: "grpc", ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: address };
  console.log(JSON.stringify({ "hashicorp/null": reattach }));
}

void main();
