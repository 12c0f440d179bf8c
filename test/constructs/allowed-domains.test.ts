// Many allowed domains in one construct: what is refused, what Lync Server sees of a deploy, an edit, a failure and a kill.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { TerraformVariable, Token } from "cdktf";
import {
  AllowedDomain,
  AllowedDomainEntry,
  AllowedDomains,
  FederationTest,
  HostingProvider,
  LyncObject,
  LyncProduct,
  LyncResourceType,
  LyncRunner,
  RemovalPolicy,
  VerificationLevel,
} from "../../constructs";
import { Build, Deployment, DeploymentOptions } from "../support/deployment";
import { PAYLOADS } from "../support/hostile";
import { essence, fired, killWhen, namesIn, restore, snapshot } from "../support/interruption";
import { calls, reviewed } from "../support/rehearsal";
import { Configuration, messageOf, synthesize } from "../support/synth";

type Domains = readonly (string | AllowedDomainEntry)[];

const deployments: Deployment[] = [];
afterAll(() => deployments.forEach((each) => each.remove()));

function deployment(options: DeploymentOptions = {}): Deployment {
  const to = new Deployment(undefined, { runner: { preflight: false }, ...options });
  deployments.push(to);
  return to;
}

const partners =
  (domains: Domains): Build =>
  (stack) =>
    new AllowedDomains(stack, "Partners", { domains });

describe("at synthesis", () => {
  const refused = (domains: unknown, before: Build = () => undefined) =>
    messageOf(() =>
      synthesize((stack) => {
        before(stack);
        new AllowedDomains(stack, "Partners", { domains } as { domains: Domains });
      }),
    );

  test("all that is wrong with any of the domains is told at once, with its place in the list and its value", () => {
    const listed = [
      "fabrikam.com",
      "localhost",
      { domain: "a.com", comment: 5, markForMonitoring: "yes" },
      { domain: "b.com", dependsOn: [] },
      { domain: "c.com", verificationLevel: VerificationLevel.ALWAYS_VERIFIABLE },
      { domain: "d.com", removalPolicy: "keep" },
      null,
      "FABRIKAM.com",
      "taken.com",
    ];
    const message = refused(listed, (stack) => new AllowedDomain(stack, "One", { domain: "Taken.com" }));
    for (const [place, words] of Object.entries({
      "domains[1]": '"localhost" is a single label',
      "domains[2].comment": "5 is not text",
      "domains[2].markForMonitoring": '"yes" is not a Boolean',
      "domains[3].dependsOn": "is not a property",
      "domains[4].verificationLevel": '"AlwaysVerifiable" cannot be set on Lync Server 2013',
      "domains[5].removalPolicy": '"keep" is not a known value',
      "domains[6]": "null is neither text nor an object",
      "domains[7]": '"FABRIKAM.com" is declared already, at domains[0]',
      "domains[8]": '"taken.com" is declared already, at "test/One"',
    }))
      expect(message.replace(/\s+/g, " ")).toContain(`${place}: ${words}`);
  });

  test("a domain of the list is refused where another construct declares it", () => {
    const again: Build = (stack) => {
      partners(["one.com"])(stack);
      new AllowedDomain(stack, "Again", { domain: "ONE.com" });
    };
    expect(messageOf(() => synthesize(again))).toContain('"ONE.com" is declared already, at "test/Partners"');
  });

  test("what decides about the list cannot be left to Terraform, and what no domain is told by can", () => {
    const inner = (value: (variable: TerraformVariable) => unknown) => {
      const build: Build = (stack) => {
        const variable = new TerraformVariable(stack, "partners", { default: "x" });
        new AllowedDomains(stack, "Partners", { domains: value(variable) } as { domains: Domains });
      };
      return build;
    };
    for (const [place, list] of [
      ["domains", (variable: TerraformVariable) => variable.listValue],
      ["domains", (variable: TerraformVariable) => variable.value],
      ["domains[0]", (variable: TerraformVariable) => [variable.stringValue]],
      ["domains[0]", (variable: TerraformVariable) => [variable.value]],
      ["domains[0].domain", (variable: TerraformVariable) => [{ domain: variable.stringValue }]],
    ] as const)
      expect(messageOf(() => synthesize(inner(list)))).toContain(`${place}: is a Token`);
    expect(refused("fabrikam.com")).toContain('domains: "fabrikam.com" is not a list');
    expect(refused(undefined)).toContain("domains: is missing");
    const comment = inner((variable) => [{ domain: "a.com", comment: Token.asString(variable.value) }]);
    expect(synthesize(comment).resource.null_resource.Partners.triggers).toEqual({
      Cmdlets: "New-CsAllowedDomain, Set-CsAllowedDomain",
      "a.com": "allowed",
      "a.com/Comment": "${var.partners}",
    });
  });

  test("the plan's line of a domain is what a reviewer reads, and the construct tells what it settled", () => {
    let made: AllowedDomains | undefined;
    const { resource } = synthesize((stack) => {
      LyncRunner.configure(stack, { product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2015 });
      made = new AllowedDomains(stack, "Partners", {
        removalPolicy: RemovalPolicy.RETAIN,
        domains: [
          "a.com",
          {
            domain: "b.com",
            comment: "Ken's\nline",
            markForMonitoring: true,
            proxyFqdn: "sip.b.com",
            verificationLevel: VerificationLevel.ALWAYS_VERIFIABLE,
            removalPolicy: RemovalPolicy.REMOVE,
          },
        ],
      });
    });
    expect(resource.null_resource.Partners.triggers).toMatchObject({
      "a.com": "allowed",
      "b.com":
        "allowed, ProxyFqdn 'sip.b.com', Comment 'Ken\\'s\\nline', MarkForMonitoring 'true', VerificationLevel 'AlwaysVerifiable'",
    });
    expect(made?.domains.map(({ domain, removalPolicy }) => [domain, removalPolicy])).toEqual([
      ["a.com", "retain"],
      ["b.com", "remove"],
    ]);
    // One that is removed is enough for whoever asks whether anything is.
    expect(LyncObject.isLyncObject(made) && made.removalPolicy).toBe("remove");
    expect([AllowedDomains.isAllowedDomains(made), AllowedDomain.isAllowedDomain(made)]).toEqual([
      true,
      false,
    ]);
  });

  test("a test of one of the domains is accepted, and runs again with the list; one of another is refused in few words", () => {
    const many = Array.from({ length: 1000 }, (_, index) => `d${index}.com`);
    const tested =
      (domain: string): Build =>
      (stack) => {
        partners(many)(stack);
        new FederationTest(stack, "Test", { targetFqdn: "accessproxy.contoso.com", domain });
      };
    const { triggers } = synthesize(tested("D7.com")).resource.null_resource.Test;
    expect(triggers?.Verifies).toBe("AllowedDomains test/Partners (${null_resource.Partners.id})");
    const message = messageOf(() => synthesize(tested("other.com")));
    expect(message).toContain('"other.com" is not a domain that this stack allows');
    expect(message.length).toBeLessThan(2000);
  });
});

/** A PowerShell that does nothing but write down its variables. */
function recorder(): { path: string; folder: string; last(script: string): Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), "recorder-"));
  const path = join(folder, "powershell");
  const write = `require("fs").writeFileSync(${JSON.stringify(folder)} + "/" + require("path").basename(process.argv.at(-1)) + ".json", JSON.stringify(process.env))`;
  writeFileSync(path, `#!${process.execPath}\n${write}\n`);
  chmodSync(path, 0o755);
  const last = (script: string) => JSON.parse(readFileSync(join(folder, `${script}.ps1.json`), "utf8"));
  return { path, folder, last };
}

/** What the variables carry. */
function longText(environment: Record<string, string>, name: string): Record<string, unknown> {
  const parts = Array.from({ length: 20 }, (_, index) => environment[`${name}_${index}`] ?? "");
  return JSON.parse(gunzipSync(Buffer.from(parts.join(""), "base64")).toString()) as Record<string, unknown>;
}

// Windows starts no script of Node as a program.
(process.platform === "win32" ? test.skip : test)(
  "5,000 domains are deployed, with no variable longer than Windows allows",
  async () => {
    const { path, folder, last } = recorder();
    const to = new Deployment(undefined, { runner: { powerShell: path }, ownProcesses: true });
    deployments.push(to);
    const domains = Array.from({ length: 5000 }, (_, index) => ({
      domain: `partner${index}.${(index * 7919) % 10007}.example.com`,
      comment: `Contact ${(index * 104729) % 1000003}`,
    }));
    await to.apply(partners(domains));
    const carried = longText(last("Set-LyncObjectList"), "LYNC_SETTINGS");
    expect(Object.keys(carried)).toHaveLength(5000);
    expect(carried[domains[77].domain]).toBe(`:allowed, Comment '${domains[77].comment}'`);
    // What a later removal gets of the present list stands in the configuration as it is.
    const configuration = JSON.parse(readFileSync(join(to.folder, "stacks", "test", "cdk.tf.json"), "utf8"));
    const [{ "local-exec": removal }] = (configuration as Configuration).resource.terraform_data.LyncInventory
      .provisioner;
    const scripts = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(scripts).toHaveLength(3);
    const environments = scripts.map((name) => last(name.replace(".ps1.json", "")));
    for (const environment of [...environments, removal.environment])
      for (const [name, value] of Object.entries(environment))
        expect(name.length + value.length + 2).toBeLessThan(32_767);
    rmSync(folder, { recursive: true });
  },
  400_000,
);

const names = (to: Deployment) =>
  to.lync
    .state()
    .allowedDomains.map((each) => each.Identity)
    .sort();

/** The domain and the cmdlet of each change. */
const changes = (to: Deployment) =>
  to.lync.log().map(({ cmdlet, parameters }) => `${cmdlet} ${String(parameters.Identity)}`);

/** Runs `action` with the stack compared with its Lync Server at synthesis. */
async function detecting<T>(to: Deployment, action: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, to.lync.env, { LYNC_DETECT_DRIFT: "test" });
  try {
    return await action();
  } finally {
    process.env = before;
  }
}

describe("the life of a list", () => {
  const to = deployment();
  // Of all that a text may be: what the way through Terraform and the script could change.
  const comments = PAYLOADS.filter((each) => /['"\\\n\r\t]/.test(each) && each.normalize("NFC") === each)
    .filter((each) => !/[\n\r\t<>]\p{M}/u.test(each))
    .slice(0, 12);
  const texts = comments.map((comment, index) => ({ domain: `text${index}.com`, comment }));
  const secret = "a-secret-remark";
  const withTokens = (sensitive: boolean): Build => {
    return (stack) => {
      const hidden = new TerraformVariable(stack, "hidden", { default: secret, sensitive });
      const none = new TerraformVariable(stack, "none", {
        default: Token.nullValue(),
        nullable: true,
        type: "string",
      });
      new AllowedDomain(stack, "Single", { domain: "single.com" });
      new AllowedDomains(stack, "Partners", {
        domains: [
          ...texts,
          { domain: "there.com", removalPolicy: RemovalPolicy.RETAIN },
          { domain: "differs.com", comment: "ours" },
          { domain: "blocked.com", comment: hidden.stringValue },
          { domain: "nothing.com", comment: none.stringValue },
          "leaves.com",
          "moves.com",
        ],
      });
    };
  };
  const count = texts.length + 6;

  test("one that Lync Server refuses does not keep the others, each list is read once, and no secret is printed", async () => {
    to.lync.change((state) => {
      const common = { ProxyFqdn: null, MarkForMonitoring: false };
      state.allowedDomains.push(
        { ...common, Identity: "There.com", Comment: "theirs" },
        { ...common, Identity: "differs.com", Comment: "old" },
      );
      state.blockedDomains.push({ Identity: "blocked.com", Comment: null });
    });
    const result = await to.tryApply(withTokens(true));
    const said = result.stderr.replace(/[\s│]+/g, " ");
    expect(result.code).toBe(1);
    // Terraform itself shows no line of what has a sensitive value, unless it fails.
    expect(said).toContain(`1 of ${count} objects are as declared already; ${count - 1} to go.`);
    expect(said).toContain(`1 of ${count} objects are not as declared; 1 were before, ${count - 2} are only`);
    expect(said).toContain('AllowedDomain "blocked.com": The domain "blocked.com" is on the list of blocked');
    expect(result.stdout + result.stderr).not.toContain(secret);
    expect(changes(to).filter((each) => each.startsWith("Set-"))).toEqual([
      "Set-CsAllowedDomain differs.com",
    ]);
    for (const { domain, comment } of texts)
      expect(to.lync.state().allowedDomains).toContainEqual(
        expect.objectContaining({ Identity: domain, Comment: comment }),
      );
    // The single domain reads it twice, and so does the list: before its changes and after them.
    expect(to.lync.calls("Get-CsAllowedDomain")).toBe(4);
    expect(to.lync.calls("Get-CsBlockedDomain")).toBe(2);
  });

  test("the next deploy does the rest, says how many were done, and after it there is nothing to do", async () => {
    to.lync.change((state) => (state.blockedDomains = []));
    // Terraform takes the whole list for one that failed; what reads the server knows better.
    const review = await reviewed(await to.planJson(withTokens(false)), to.lync);
    expect(review.cmdlets.filter((line) => line.startsWith("New-") || line.startsWith("Set-"))).toEqual([
      `New-CsAllowedDomain -Identity "blocked.com" -Comment "${secret}"`,
    ]);
    to.lync.clearLog();
    const output = await to.apply(withTokens(false));
    expect(output).toContain(`${count - 1} of ${count} objects are as declared already; 1 to go.`);
    expect(output).toMatch(
      new RegExp(`All ${count} objects are as declared; 1 of them only now.*but for 1 that stay`),
    );
    expect(changes(to)).toEqual(["New-CsAllowedDomain blocked.com"]);
    expect((await to.plan(withTokens(false))).changes).toBe(false);
  });

  const later: Build = (stack) => {
    new AllowedDomain(stack, "Single", { domain: "moves.com" });
    new AllowedDomains(stack, "Partners", {
      domains: ["SINGLE.com", "differs.com", "nothing.com", { domain: "new.com", markForMonitoring: true }],
    });
  };

  test("what leaves the list leaves Lync Server unless it is retained, what moves is not touched, and the review says so before", async () => {
    const json = await to.planJson(later);
    const review = await reviewed(json);
    to.lync.clearLog();
    const output = await to.apply(later);
    // One line of the plan for each domain of the list that changes, that has come or has gone.
    const own = /# terraform_data.Partners must be replaced[^]*?\n {4}\}\n/.exec(output)?.[0] ?? "";
    expect(own).toMatch(/\+ "new.com" += "allowed, MarkForMonitoring 'true'"/);
    expect(own.split("\n").filter((line) => /^ *[-+~] "/.test(line))).toHaveLength(texts.length + 9);
    const gone = [...texts.map(({ domain }) => domain), "blocked.com", "leaves.com"];
    expect(changes(to).sort()).toEqual(
      [
        ...gone.map((domain) => `Remove-CsAllowedDomain ${domain}`),
        "Set-CsAllowedDomain differs.com",
        "New-CsAllowedDomain new.com",
      ].sort(),
    );
    const lines = review.cmdlets.filter((line) => !line.startsWith("#"));
    expect(lines.length).toBe(calls(to.lync).length);
    expect(lines).toContain('New-CsAllowedDomain -Identity "new.com" -MarkForMonitoring $True');
    expect(lines).toContain('Remove-CsAllowedDomain -Identity "leaves.com"');
    expect(review.changes.filter(({ what }) => what === "create")).toMatchObject([{ identity: "new.com" }]);
    expect(names(to)).toEqual(
      ["differs.com", "moves.com", "new.com", "nothing.com", "single.com", "There.com"].sort(),
    );
  });

  test("drift is shown by domain, and heals with one cmdlet for each", async () => {
    to.lync.change((state) => {
      state.allowedDomains = state.allowedDomains.filter(({ Identity }) => Identity !== "nothing.com");
      for (const each of state.allowedDomains)
        if (each.Identity === "new.com") each.MarkForMonitoring = false;
    });
    to.lync.clearLog();
    const json = await detecting(to, () => to.planJson(later));
    expect(json).toContain("nothing.com: expected the object, actual: it is not there\\n");
    expect(json).toContain("new.com: MarkForMonitoring: expected $True, actual $False (seen 2");
    const review = await reviewed(json);
    expect(review.changes.map(({ identity }) => identity).sort()).toEqual(["new.com", "nothing.com"]);
    await detecting(to, () => to.apply(later));
    expect(changes(to).sort()).toEqual(["New-CsAllowedDomain nothing.com", "Set-CsAllowedDomain new.com"]);
    expect((await to.plan(later)).changes).toBe(false);
  });

  test("a destroy removes all of them, but for what is retained", async () => {
    await to.destroy(later);
    expect(names(to)).toEqual(["There.com"]);
  });
});

test("lists and a provider that were killed side by side are finished by the next deploy, and nothing is left behind", async () => {
  const to = deployment({ resourceType: LyncResourceType.NULL_RESOURCE, ownPowerShell: true });
  const lists: Build = (stack) => {
    new AllowedDomains(stack, "North", { domains: ["n1.com", "n2.com", "n3.com"] });
    new AllowedDomains(stack, "South", { domains: ["s1.com", "s2.com", "s3.com"] });
    new HostingProvider(stack, "LyncOnline", HostingProvider.LYNC_ONLINE);
  };
  const fresh = snapshot(to);
  await to.apply(lists);
  const end = essence(to);
  // From the fifth change on one of them has ended, and Terraform has written all three down as if they were done.
  for (const [place, nth] of [
    ["Before", 2],
    ["After", 5],
  ] as const) {
    restore(to, fresh);
    to.lync.fault({ cmdlet: "*", kind: `hang${place}`, nth });
    const written = () => ["North", "South", "LyncOnline"].every((name) => namesIn(to).includes(name));
    await killWhen(
      to,
      (it, signal) => it.tryApply(lists, signal),
      () => fired(to.lync) && (nth < 5 || written()),
    );
    const finished = await to.tryApply(lists);
    expect([nth, finished.code]).toEqual([nth, 0]);
    expect([nth, essence(to)]).toEqual([nth, end]);
  }
  await to.apply(() => undefined);
  expect(names(to)).toEqual([]);
});
