// What the constructs make of Terraform: readable addresses, constant commands, data in triggers, one inventory.
import childProcess from "node:child_process";
import fs from "node:fs";
import { inspect } from "node:util";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import {
  AccessEdgeConfig,
  AllowedDomain,
  FederationTest,
  HostingProvider,
  LyncProduct,
  LyncResourceType,
} from "../../constructs";
import { LyncRunner, PushNotificationConfig, PushNotificationTest, RemovalPolicy } from "../../constructs";
import { ValidationError } from "../../constructs";
import { Configuration, messageOf, Resource, synthesize, synthesizeApp } from "../support/synth";

const provider = { identity: "LyncOnline", proxyFqdn: "sipfed.online.lync.com" };

function allConstructs(stack: TerraformStack): void {
  new HostingProvider(stack, "LyncOnline", provider);
  new AllowedDomain(stack, "Push", { domain: "push.lync.com", comment: "x" });
  new PushNotificationConfig(stack, "Global");
  new AccessEdgeConfig(stack, "Edge");
  new FederationTest(stack, "Federation", { targetFqdn: "edge.contoso.com", domain: "push.lync.com" });
  new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn: "edge.contoso.com" });
}

function resources(configuration: Configuration): Resource[] {
  return Object.values(configuration.resource).flatMap((each) => Object.values(each));
}

test("an object is one null_resource with the construct's id as its name and no destroy provisioner", () => {
  const { null_resource } = synthesize(allConstructs).resource;
  expect(Object.keys(null_resource)).toEqual([
    "Edge",
    "Federation",
    "Global",
    "LyncOnline",
    "Push",
    "PushTest",
  ]);
  for (const resource of Object.values(null_resource)) {
    expect(resource.provisioner.map((each) => each["local-exec"].when)).toEqual([undefined]);
    expect(resource.depends_on).toContain("terraform_data.LyncTeardown");
  }
});

test("no command holds a value: all of a kind of script are the same, and the settings come from self", () => {
  const executions = resources(synthesize(allConstructs)).flatMap((each) => each.provisioner ?? []);
  const commands = executions.map((each) =>
    each["local-exec"].command.replace(/^assets\/[^/]+\/[0-9A-F]{32}\//, ""),
  );
  expect(new Set(commands)).toEqual(
    new Set([
      "Confirm-LyncObject.ps1",
      "Confirm-LyncTest.ps1",
      "Set-LyncObject.ps1",
      "Test-LyncObject.ps1",
      "Remove-LyncObject.ps1",
      "Test-LyncRunner.ps1",
      "Complete-LyncStack.ps1",
      "Confirm-LyncDestroy.ps1",
    ]),
  );
  for (const { "local-exec": execution } of executions) {
    expect(execution.interpreter).toEqual(
      ["powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"], // prettier-ignore
    );
  }
});

test("with terraform_data the triggers are the same, and no provider is asked for", () => {
  const withNull = synthesize(allConstructs);
  const withData = synthesize((stack) => {
    LyncRunner.configure(stack, { resourceType: LyncResourceType.TERRAFORM_DATA });
    allConstructs(stack);
  });
  expect(withData.provider).toBeUndefined();
  expect(withData.resource.null_resource).toBeUndefined();
  for (const [name, { triggers }] of Object.entries(withNull.resource.null_resource)) {
    const same = JSON.stringify(triggers).replace(/null_resource/g, "terraform_data");
    expect(withData.locals[name]).toEqual(JSON.parse(same));
    expect(withData.resource.terraform_data[name].triggers_replace).toBe(`\${tomap(local.${name})}`);
  }
});

test("inventory and teardown hold every object with its fate, and only they run anything on destroy", () => {
  const { LyncInventory, LyncTeardown } = synthesize(allConstructs).resource.terraform_data;
  const push = ["EnableApplePushNotificationService", "EnableMicrosoftPushNotificationService"];
  const objects = {
    "HostingProvider LyncOnline": {
      Policy: "remove",
      Declares: ["Enabled", "ProxyFqdn", "VerificationLevel"],
    },
    "AllowedDomain push.lync.com": { Policy: "remove", Declares: ["Comment"] },
    "PushNotificationConfig global": { Policy: "remove", Declares: push },
    "AccessEdgeConfig global": { Policy: "retain", Declares: ["AllowFederatedUsers"] },
  };
  const list = { Version: 2, Objects: objects };
  expect(LyncInventory.triggers_replace).toEqual(list);
  expect(LyncTeardown.input).toEqual(list);
  expect(LyncTeardown.depends_on).toEqual(["terraform_data.LyncInventory"]);
  expect(LyncInventory.depends_on).toEqual([
    "terraform_data.LyncPreflight",
    expect.stringMatching(/_Claim$/),
  ]);
  for (const each of [LyncInventory, LyncTeardown]) {
    expect(each.provisioner.map((one) => one["local-exec"].when)).toEqual(["destroy"]);
  }
});

test("removalPolicy is in the inventory", () => {
  const { LyncInventory } = synthesize((stack) => {
    new HostingProvider(stack, "Provider", { ...provider, removalPolicy: RemovalPolicy.RETAIN });
    new AccessEdgeConfig(stack, "Edge", { removalPolicy: RemovalPolicy.REMOVE });
  }).resource.terraform_data;
  expect(LyncInventory.triggers_replace).toMatchObject({
    Objects: {
      "HostingProvider LyncOnline": { Policy: "retain" },
      "AccessEdgeConfig global": { Policy: "remove" },
    },
  });
});

test("2,000 objects fit into the inventory, and no environment variable is longer than Windows allows", () => {
  const configuration = synthesize((stack) => {
    for (let index = 0; index < 2000; index++) {
      // Digits of a power are as good as random ones: they compress badly.
      const labels = String(7n ** BigInt(260 + index)).slice(0, 240).match(/.{1,60}/g) ?? []; // prettier-ignore
      new AllowedDomain(stack, `Domain${index}`, { domain: `${labels.join(".")}.x${index}.net` });
    }
  });
  const { environment } = configuration.resource.terraform_data.LyncInventory.provisioner[0]["local-exec"];
  const literals = Object.entries(environment).filter(([name]) => name.startsWith("LYNC_AFTER"));
  expect(literals.length).toBeGreaterThan(1);
  for (const [, value] of literals) expect(value.length).toBeLessThan(32_767);
});

test("a list that no environment could carry is refused at synthesis", () => {
  const message = messageOf(() =>
    synthesize((stack) => {
      for (let index = 0; index < 9000; index++) {
        const labels = String(7n ** BigInt(260 + index)).slice(0, 240).match(/.{1,60}/g) ?? []; // prettier-ignore
        new AllowedDomain(stack, `Domain${index}`, { domain: `${labels.join(".")}.x${index}.net` });
      }
    }),
  );
  expect(message).toContain("The stack declares 9000 objects");
  expect(message).toContain("Divide them over several stacks.");
});

test("a literal ${ or %{ stays as it was typed, also beside a Token, which resolves", () => {
  const comment = (text: (token: string) => string) =>
    synthesize((stack) => {
      const owner = new TerraformVariable(stack, "owner", { type: "string" });
      new AllowedDomain(stack, "Domain", { domain: "fabrikam.com", comment: text(owner.stringValue) });
    }).resource.null_resource.Domain.triggers?.Comment;
  expect(comment(() => "a ${b} %{c} $${d}")).toBe("a $${b} %%{c} $$${d}");
  expect(comment((token) => `\${ ${token} } %{ x } "q"`)).toBe('$${ ${var.owner} } %%{ x } "q"');
});

test("a test knows the objects that it verifies by the id that changes with them, and only those", () => {
  const { null_resource } = synthesize((stack) => {
    new FederationTest(stack, "Federation", {
      targetFqdn: "edge.contoso.com",
      domain: "Push.Lync.com",
      proxyFqdn: "sipfed.online.lync.com",
    });
    new PushNotificationTest(stack, "PushTest", { accessEdgeFqdn: "edge.contoso.com" });
    new HostingProvider(stack, "LyncOnline", provider);
    new HostingProvider(stack, "Other", { identity: "Other", proxyFqdn: "sip.fabrikam.com" });
    new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
    new AllowedDomain(stack, "Fabrikam", { domain: "fabrikam.com" });
    new PushNotificationConfig(stack, "Global");
    new AccessEdgeConfig(stack, "Edge");
  }).resource;
  const verifies = (name: string) =>
    null_resource[name].triggers?.Verifies.split(", ").map((each) => each.split(" (")[0]);
  expect(verifies("Federation")).toEqual([
    "HostingProvider LyncOnline",
    "AllowedDomain push.lync.com",
    "AccessEdgeConfig global",
  ]);
  expect(verifies("PushTest")).toEqual([
    "HostingProvider LyncOnline",
    "HostingProvider Other",
    "AllowedDomain push.lync.com",
    "PushNotificationConfig global",
    "AccessEdgeConfig global",
  ]);
  expect(null_resource.Federation.triggers?.Verifies).toContain("${null_resource.Push.id}");
});

test("dependsOn takes constructs of the library and other resources, and other resources can depend on a construct", () => {
  const { null_resource } = synthesize((stack) => {
    const first = new AllowedDomain(stack, "First", { domain: "a.contoso.com" });
    new AllowedDomain(stack, "Second", { domain: "b.contoso.com", dependsOn: [first] });
  }).resource;
  expect(null_resource.Second.depends_on).toEqual(["terraform_data.LyncTeardown", "null_resource.First"]);
  const message = messageOf(() =>
    synthesize(
      (stack) => new AllowedDomain(stack, "X", { domain: "a.contoso.com", dependsOn: ["First"] as never }),
    ),
  );
  expect(message).toContain("dependsOn: is not a list of constructs.");
});

test("a stack that has a null provider of its own keeps it as the only one", () => {
  const own = synthesize((stack) => {
    allConstructs(stack);
    new NullProvider(stack, "null");
  });
  expect(own.provider?.null).toHaveLength(1);
  expect(synthesize(allConstructs).provider?.null).toHaveLength(1);
});

test("Terraform before 1.4, which has no terraform_data, is refused by required_version", () => {
  expect(synthesize(allConstructs).terraform.required_version).toBe(">= 1.4.0");
});

test("a required_version of the stack's own is joined with the library's, whichever comes first", () => {
  const own = "~> 1.9.0";
  const before = synthesize((stack) => {
    stack.addOverride("terraform.required_version", own);
    allConstructs(stack);
  });
  const after = synthesize((stack) => {
    allConstructs(stack);
    stack.addOverride("terraform.required_version", own);
  });
  expect(before.terraform.required_version).toBe("~> 1.9.0, >= 1.4.0");
  expect(after.terraform.required_version).toBe("~> 1.9.0, >= 1.4.0");
});

test("dependsOn with a construct of another stack is refused, and addDependency is named", () => {
  const message = messageOf(() =>
    synthesizeApp((app) => {
      const first = new AllowedDomain(new TerraformStack(app, "one"), "Push", { domain: "push.lync.com" });
      const other = new TerraformStack(app, "other");
      new HostingProvider(other, "LyncOnline", { ...provider, dependsOn: [first] });
    }, "other"),
  );
  expect(message).toContain(
    'HostingProvider at "other/LyncOnline"\n  - dependsOn: "one/Push" is of the stack "one".',
  );
  expect(message).toContain("Call stack.addDependency");
});

test("HCL output is refused with the reason", () => {
  process.env.SYNTH_HCL_OUTPUT = "true";
  try {
    expect(messageOf(() => synthesize(allConstructs))).toContain("HCL output (cdktf synth --hcl");
  } finally {
    delete process.env.SYNTH_HCL_OUTPUT;
  }
});

test("a bundle without the scripts is told which folder is missing, and what to do", () => {
  const exists = jest.spyOn(fs, "existsSync").mockImplementation((file) => !/powershell$/.test(String(file)));
  try {
    const message = messageOf(() => synthesize(allConstructs));
    expect(message).toContain("The PowerShell scripts of this library are missing: there is no folder");
    expect(message).toContain("--external:cdktf-lync-push-notifications");
  } finally {
    exists.mockRestore();
  }
});

test("an uncaught ValidationError prints each problem once", () => {
  const error = new ValidationError([{ where: "X at a/b", property: "domain", message: "is missing." }]);
  expect(inspect(error).split("is missing.")).toHaveLength(2);
  expect(error.problems).toHaveLength(1);
});

test("synthesis runs no terraform, not even where terraform_data carries the objects", () => {
  const run = jest.spyOn(childProcess, "execSync").mockImplementation(() => {
    throw new Error("Nothing runs at synthesis.");
  });
  try {
    const { resource } = synthesize((stack) => {
      LyncRunner.configure(stack, { resourceType: LyncResourceType.TERRAFORM_DATA });
      allConstructs(stack);
    });
    expect(resource.terraform_data.LyncOnline.provisioner).toHaveLength(1);
    expect(run).not.toHaveBeenCalled();
  } finally {
    run.mockRestore();
  }
});

test("the runner's settings are the stack's, and come before its first construct", () => {
  const { LyncOnline } = synthesize((stack) => {
    LyncRunner.configure(stack, {
      powerShell: "C:\\Program Files\\PowerShell\\7\\pwsh.exe",
      module: "SkypeForBusiness",
      timeoutSeconds: 60,
    });
    new HostingProvider(stack, "LyncOnline", provider);
  }).resource.null_resource;
  const execution = LyncOnline.provisioner[0]["local-exec"];
  expect(execution.interpreter[0]).toBe("C:\\Program Files\\PowerShell\\7\\pwsh.exe");
  expect(execution.environment).toMatchObject({
    LYNC_MODULE: "SkypeForBusiness",
    LYNC_TIMEOUT_SECONDS: "60",
  });
  const late = messageOf(() =>
    synthesize((stack) => {
      new HostingProvider(stack, "LyncOnline", provider);
      LyncRunner.configure(stack, { timeoutSeconds: 0 });
    }),
  );
  expect(late).toContain("configure: comes too late");
  expect(late).toContain(
    "timeoutSeconds: 0 is not a number of seconds. Allowed: a whole number from 1 to 86400.",
  );
});

test("the runner may be set twice with the same settings, by their defaults too, also after the first construct", () => {
  const { LyncOnline } = synthesize((stack) => {
    LyncRunner.configure(stack, { timeoutSeconds: 60, product: LyncProduct.LYNC_SERVER_2013 });
    LyncRunner.configure(stack, { timeoutSeconds: 60, module: "Lync", powerShell: undefined });
    const provided = new HostingProvider(stack, "LyncOnline", provider);
    LyncRunner.configure(provided, { timeoutSeconds: 60, preflight: true });
  }).resource.null_resource;
  expect(LyncOnline.provisioner[0]["local-exec"].environment).toMatchObject({ LYNC_TIMEOUT_SECONDS: "60" });
  synthesize((stack) => {
    new HostingProvider(stack, "LyncOnline", provider);
    LyncRunner.configure(stack, {});
  });
});

test("a runner that is set twice with different settings is refused, with each property, both values and both places", () => {
  const twice = messageOf(() =>
    synthesize((stack) => {
      LyncRunner.configure(new Construct(stack, "Here"), { timeoutSeconds: 60 });
      LyncRunner.configure(new Construct(stack, "There"), { timeoutSeconds: 90, module: "Own" });
    }),
  );
  expect(twice).toContain('2 invalid settings:\nLyncRunner at "test/There"');
  expect(twice).toContain(
    'timeoutSeconds: 90 is not what the stack has by "test/Here": 60. Allowed: the same settings',
  );
  expect(twice).toContain('module: "Own" is not what the stack has by "test/Here": "Lync".');
  const late = messageOf(() =>
    synthesize((stack) => {
      new HostingProvider(stack, "LyncOnline", provider);
      LyncRunner.configure(stack, { product: LyncProduct.SKYPE_FOR_BUSINESS_SERVER_2019 });
    }),
  );
  expect(late).toContain(
    'configure: comes too late: the construct at "test/LyncOnline" has given the stack its runner',
  );
  expect(late).toContain(
    'product: "Skype for Business Server 2019" is not what the stack has by "test/LyncOnline": ',
  );
  expect(late).toContain("2 invalid settings:");
});

test("two synths of the same code are the same to the byte", () => {
  const once = () =>
    JSON.stringify(synthesizeApp((app: App) => allConstructs(new TerraformStack(app, "s")), "s"));
  expect(once()).toBe(once());
});
