// A new kind of object is one construct and one table, and nothing else names it: blocked domains, which the product does not
// have, are added to a copy of the library and deployed.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/run";

const KIND = `# Blocked domains: New- and Remove-CsBlockedDomain.
@{
    Get        = 'Get-CsBlockedDomain'
    New        = 'New-CsBlockedDomain'
    Remove     = 'Remove-CsBlockedDomain'
    RemovedAs  = 35
    Fixed      = @('Comment')
    Properties = [ordered] @{ Comment = 'Text' }
    Defaults   = @{ Comment = $null }
}
`;

const CONSTRUCT = `// A domain that Lync Server federates with in no case.
import { Construct } from "constructs";
import { LyncObject, LyncObjectProps, OBJECT_RULES } from "./private/lync/lync-object";
import { text } from "./private/terraform/text-rules";
import { knownAtSynthesis, optional } from "./private/terraform/token-rules";
import { fqdn } from "./private/validation/rules";
import { RemovalPolicy } from "./private/bookkeeping/removal-policy";

export interface BlockedDomainProps extends LyncObjectProps {
  readonly domain: string;
  readonly comment?: string;
}

const RULES = { ...OBJECT_RULES, domain: knownAtSynthesis(fqdn), comment: optional(text) };

export class BlockedDomain extends LyncObject {
  public constructor(scope: Construct, id: string, given: BlockedDomainProps) {
    super(scope, id, "BlockedDomain");
    const props = this.validate(given, RULES, (problems, read) =>
      this.refuseTwice(problems, "domain", read.domain),
    );
    this.declare(
      {
        identity: props.domain,
        settings: { Identity: props.domain, Comment: props.comment },
        cmdlets: "New-CsBlockedDomain",
        removalPolicy: props.removalPolicy ?? RemovalPolicy.REMOVE,
      },
      props,
    );
  }
}
`;

const DEPLOY = `
import { TerraformStack } from "cdktf";
import { AllowedDomain } from "./constructs";
import { BlockedDomain } from "./constructs/blocked-domain";
import { Deployment } from "./test/support/deployment";

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
  const home = join(__dirname, "..", "..");
  const copied = ["constructs", "test/support", "test/simulator", "package.json"];
  for (const name of [...copied, "tsconfig.json"])
    cpSync(join(home, name), join(folder, name), { recursive: true });
  for (const name of ["node_modules", ".cache"]) symlinkSync(join(home, name), join(folder, name));
  writeFileSync(join(folder, "constructs/powershell/kinds/BlockedDomain.ps1"), KIND);
  writeFileSync(join(folder, "constructs/blocked-domain.ts"), CONSTRUCT);
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
    false,
    spam("most of it"),
    [],
  ]);
});
