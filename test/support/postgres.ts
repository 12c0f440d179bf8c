// A real PostgreSQL for one test file: on loopback, on a port of its own, with passwords, in a temporary folder.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const INSTALL =
  "This test needs a PostgreSQL server on the machine: initdb, postgres and psql, on PATH or in " +
  "/usr/lib/postgresql/<version>/bin. Install it: on Debian and Ubuntu, apt-get install postgresql. It needs no running " +
  "cluster; the test starts one of its own.";

const USER = "terraform";
const DATABASE = "state";

/** Whose rights the server runs with: PostgreSQL refuses root. */
type Account = { uid?: number; gid?: number };

export class PostgreSQL {
  /** Starts a server with a database that an ordinary user owns. It runs until `stop`. */
  public static async start(): Promise<PostgreSQL> {
    const tools = toolsFolder();
    const account = unprivileged();
    const folder = fs.mkdtempSync(path.join(tmpdir(), "postgres-"));
    if (account.uid !== undefined) fs.chownSync(folder, account.uid, account.gid as number);
    const server = new PostgreSQL(tools, account, folder, await freePort());
    try {
      server.initialise();
      await server.launch();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  public readonly password = `canary-${randomUUID()}`;
  private child?: ChildProcess;

  private constructor(
    private readonly tools: string,
    private readonly account: Account,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** The connection in PostgreSQL's own variables. */
  public get variables(): Record<string, string> {
    const place = {
      PGHOST: "127.0.0.1",
      PGPORT: String(this.port),
      PGDATABASE: DATABASE,
      PGSSLMODE: "disable",
    };
    return { ...place, PGUSER: USER, PGPASSWORD: this.password };
  }

  /** The connection as a URL. */
  public url(password = this.password): string {
    return `postgres://${USER}:${password}@127.0.0.1:${this.port}/${DATABASE}?sslmode=disable`;
  }

  /** The rows of a query, their columns divided by `|`. */
  public query(sql: string): string[] {
    return this.run("psql", ["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql])
      .split("\n")
      .filter(Boolean);
  }

  public async stop(): Promise<void> {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      const exit = once(this.child, "exit");
      this.child.kill("SIGQUIT");
      await exit;
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return path.join(this.folder, "data");
  }

  private get logFile(): string {
    return path.join(this.folder, "postgres.log");
  }

  private initialise(): void {
    const passwordFile = path.join(this.folder, "password");
    fs.writeFileSync(passwordFile, randomUUID(), { mode: 0o644 });
    const access = ["--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    this.run("initdb", [`--pgdata=${this.data}`, ...access, "--encoding=UTF8", "--locale=C", "--no-sync"]);
    const settings = [
      "listen_addresses = '127.0.0.1'",
      `port = ${this.port}`,
      "unix_socket_directories = ''",
      "fsync = off",
    ];
    fs.appendFileSync(path.join(this.data, "postgresql.conf"), settings.join("\n"));
    // Without a server, one command a line: nobody needs the administrator's password for it.
    const role = `CREATE ROLE ${USER} LOGIN PASSWORD '${this.password}'`;
    const database = `CREATE DATABASE ${DATABASE} OWNER ${USER}`;
    this.run("postgres", ["--single", "-D", this.data, "postgres"], `${role}\n${database}\n`);
  }

  private async launch(): Promise<void> {
    const log = fs.openSync(this.logFile, "a");
    const stdio = ["ignore", log, log] as ["ignore", number, number];
    // In this process's group: an interrupt from the keyboard ends the server too.
    this.child = spawn(this.tool("postgres"), ["-D", this.data], {
      ...this.account,
      cwd: this.folder,
      stdio,
    });
    fs.closeSync(log);
    for (let attempt = 1; !this.answers(); attempt++) {
      if (attempt > 150 || this.child.exitCode !== null) {
        throw new Error(`PostgreSQL did not start:\n${fs.readFileSync(this.logFile, "utf8")}`);
      }
      await wait(100);
    }
  }

  private answers(): boolean {
    try {
      return this.query("SELECT 1").length === 1;
    } catch {
      return false;
    }
  }

  private run(tool: string, args: string[], input = ""): string {
    const env = { ...process.env, ...this.variables, LC_ALL: "C" };
    const options = { ...this.account, cwd: this.folder, env, input, encoding: "utf8" as const };
    return execFileSync(this.tool(tool), args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  }

  private tool(name: string): string {
    return path.join(this.tools, name);
  }
}

/** The folder of PostgreSQL's programs: the one on PATH, else the newest of Debian's. */
function toolsFolder(): string {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).filter(path.isAbsolute);
  const debian = "/usr/lib/postgresql";
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...onPath, ...versions.map((version) => path.join(debian, version, "bin"))];
  const found = folders
    .filter((folder) => fs.existsSync(path.join(folder, "initdb")))
    // What is on PATH may be links to some of the programs only.
    .map((folder) => path.dirname(fs.realpathSync(path.join(folder, "initdb"))))
    .find((folder) => ["postgres", "psql"].every((tool) => fs.existsSync(path.join(folder, tool))));
  if (found === undefined) throw new Error(INSTALL);
  return found;
}

function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string) => Number(execFileSync("id", [option, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
