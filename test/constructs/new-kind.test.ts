// A new kind of object is one construct and one table, and nothing else names it: blocked domains, which the product does not
// have, are added to a copy of the library as docs/new-object.md shows it, and deployed.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/run";

const home = join(__dirname, "..", "..");
const guide = readFileSync(join(home, "docs", "new-object.md"), "utf8");

/** The files that the guide shows: each has its path beside the language. */
const shown = [...guide.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];

const DEPLOY = `
import { TerraformStack } from "cdktf";
import { AllowedDomain } from "./constructs";
import { BlockedDomain } from "./constructs/blocked-domain";
import { outlineOf, scratchStack } from "./constructs/private/import/declarable";
import { readEnvironment } from "./constructs/private/import/reading";
import { typescript } from "./constructs/private/import/typescript";
import { Deployment } from "./test/support/deployment";
import { powershell } from "./test/support/powershell";

const build = (comment?: string) => (stack: TerraformStack) => {
  new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
  if (comment) new BlockedDomain(stack, "Spam", { domain: "spam.com", comment });
};

(async () => {
  const to = new Deployment();
  const seen: unknown[] = [];
  const look = () => seen.push(to.lync.state().blockedDomains);
  await to.apply(build("all of it"));
  look();
  Object.assign(process.env, to.lync.env);
  const settings = { powerShell: await powershell(), module: "Lync", timeoutSeconds: 60, replicationMark: "", scripts: "" };
  const { beside, ...environment } = readEnvironment({ runner: settings, edges: [], onlyProcedure: false });
  const outline = outlineOf(scratchStack({}), { beside, ...environment }, false);
  seen.push(typescript({ outline, beside, runner: {}, library: "./constructs" }));
  seen.push((await to.plan(build("all of it"))).changes);
  to.lync.change((state) => (state.blockedDomains = []));
  await to.apply(build("most of it"));
  look();
  await to.apply(build());
  look();
  to.remove();
  console.log("SEEN " + JSON.stringify(seen));
})();
`;

test("a kind that the product does not have needs a construct, a table, and nothing else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "new-kind-"));
  const copied = ["constructs", "package", "test/support", "test/simulator", "package.json"];
  for (const name of [...copied, "tsconfig.json"])
    cpSync(join(home, name), join(folder, name), { recursive: true });
  for (const name of ["node_modules", ".cache"]) symlinkSync(join(home, name), join(folder, name));
  for (const [, path, text] of shown) writeFileSync(join(folder, path), text);
  writeFileSync(join(folder, "deploy.ts"), DEPLOY);
  const node = (...words: string[]) => run(process.execPath, words, { cwd: folder });
  const types = await node("node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json");
  const { stdout, stderr } = await node("node_modules/ts-node/dist/bin.js", "--transpile-only", "deploy.ts");
  rmSync(folder, { recursive: true });
  expect(types.stdout).toBe("");
  expect(stderr).toBe("");
  const spam = (Comment: string) => [{ Identity: "spam.com", Comment }];
  expect(JSON.parse(/^SEEN (.*)$/m.exec(stdout)?.[1] ?? "null")).toEqual([
    spam("all of it"),
    expect.stringContaining(
      '  new BlockedDomain(stack, "BlockedDomain_spam_com", { domain: "spam.com", comment: "all of it" });\n',
    ),
    false,
    spam("most of it"),
    [],
  ]);
});
