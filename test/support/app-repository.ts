// A repository as the pipelines' guide asks for: an app with the library installed, the pipelines' scripts beside it.
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { compile } from "./compile";
import { PIPELINES } from "./pipeline";

const root = resolve(__dirname, "..", "..");
const LIBRARY = "cdktf-lync-push-notifications";
const COMMANDS = ["review", "drift"];

/** Two small environments, whose states are on a server. What is tested writes a report. */
const APP = `
const { App, HttpBackend, TerraformStack } = require("cdktf");
const { AllowedDomain, FederationTest, LyncResourceType, LyncRunner } = require("${LIBRARY}");

const app = new App();
for (const name of ["staging", "production"]) {
  const stack = new TerraformStack(app, name);
  const address = process.env.STATES + "/" + name;
  new HttpBackend(stack, { address, lockAddress: address, unlockAddress: address });
  LyncRunner.configure(stack, { resourceType: LyncResourceType.TERRAFORM_DATA, preflight: false });
  const domain = new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: "ours" });
  new FederationTest(stack, "Test", {
    targetFqdn: "accessproxy.contoso.com",
    domain: domain.domain,
    reportDirectory: "reports",
  });
}
app.synth();
`;

/** Writes the repository, and beside it what \`npm ci\` would install there. */
export function writeRepository(repository: string, installed: string): void {
  mkdirSync(repository, { recursive: true });
  const scripts = Object.fromEntries(COMMANDS.map((each) => [each, `lync-${each}`]));
  const settings = {
    language: "typescript",
    app: "node main.js",
    projectId: "lync",
    sendCrashReports: "false",
  };
  writeFileSync(join(repository, "main.js"), APP);
  writeFileSync(join(repository, "package.json"), JSON.stringify({ name: "lync", private: true, scripts }));
  writeFileSync(join(repository, "package-lock.json"), "{}");
  writeFileSync(join(repository, "cdktf.json"), JSON.stringify(settings));
  cpSync(join(PIPELINES, "scripts"), join(repository, "pipelines"), { recursive: true });
  install(installed);
}

/** The project's own packages, and the library, compiled: it then starts in a fifth of the time. */
function install(folder: string): void {
  const bin = join(folder, ".bin");
  mkdirSync(bin, { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(folder, name), "junction");
  const library = join(folder, LIBRARY);
  compile(join(root, "constructs"), library);
  cpSync(join(root, "constructs", "powershell"), join(library, "powershell"), { recursive: true });
  writeFileSync(join(library, "package.json"), JSON.stringify({ name: LIBRARY, main: "index.js" }));
  for (const name of COMMANDS) {
    const command = join(library, "commands", `${name}.js`);
    chmodSync(command, 0o755);
    symlinkSync(command, join(bin, `lync-${name}`));
  }
  symlinkSync(
    join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf"),
    join(bin, "cdktf"),
  );
}
