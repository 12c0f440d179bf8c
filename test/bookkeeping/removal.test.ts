// What leaves the code leaves Lync Server, whatever happened in between: by hand, half way, or in another order.
import { createHash } from "node:crypto";
import { AllowedDomain, HostingProvider, PushNotificationConfig } from "../../constructs";
import { LyncRunnerProps, RemovalPolicy } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { during } from "../support/interruption";

const deployments: Deployment[] = [];
function deployment(runner: LyncRunnerProps = { preflight: false }, env: NodeJS.ProcessEnv = {}): Deployment {
  const made = new Deployment(undefined, { runner, env });
  deployments.push(made);
  return made;
}
afterAll(() => deployments.forEach((each) => each.remove()));

const nothing: Build = () => undefined;

/** Code with an allowed domain for each name. */
function domains(...names: string[]): Build {
  return (stack) => names.forEach((name) => new AllowedDomain(stack, name, { domain: `${name}.com` }));
}

const calls = (to: Deployment) => to.lync.log().map((entry) => entry.cmdlet);
const allowed = (to: Deployment) =>
  to.lync
    .state()
    .allowedDomains.map((each) => each.Identity)
    .sort();

test("what somebody has removed by hand is no obstacle to its removal from the code", async () => {
  const to = deployment();
  await to.apply((stack) => {
    domains("a")(stack);
    new PushNotificationConfig(stack, "Push");
  });
  to.lync.change((state) => {
    state.allowedDomains = [];
    state.pushNotificationConfigurations[0].EnableApplePushNotificationService = false;
    state.pushNotificationConfigurations[0].EnableMicrosoftPushNotificationService = false;
  });
  to.lync.clearLog();
  const output = await to.apply(nothing);
  expect(output).toContain('AllowedDomain "a.com" is not there any more; nothing to do.');
  expect(output).toContain('PushNotificationConfig "global" has the defaults of Lync Server already');
  expect(calls(to)).toEqual([]);
});

test("a removal that fails does not keep the others, stops what comes after it, and is tried again by the next deploy", async () => {
  const to = deployment();
  await to.apply(domains("a", "b", "c"));
  to.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "throwBefore", nth: 2, message: "It is in use." });
  const failed = await to.tryApply(domains("new"));
  expect(failed.code).toBe(1);
  const message = failed.stderr.replace(/[\s│]+/g, " ");
  expect(message).toContain("1 of 3 could not be removed or put back; the next deploy tries these again.");
  expect(message).toContain('AllowedDomain "b.com": Remove-CsAllowedDomain failed: It is in use.');
  expect(allowed(to)).toEqual(["b.com"]);
  to.lync.clearLog();
  await to.apply(domains("new"));
  expect(calls(to)).toEqual(["Remove-CsAllowedDomain", "New-CsAllowedDomain"]);
  expect(allowed(to)).toEqual(["new.com"]);
});

test("an object of a kind that this version does not know keeps no other from its removal, and is named", async () => {
  const to = deployment();
  await to.apply(domains("a", "b"));
  const state = JSON.stringify(to.state()).replaceAll("AllowedDomain b.com", "SipTrunk b.com");
  to.restoreState(JSON.parse(state));
  const { code, stderr } = await to.tryApply(nothing);
  expect(code).toBe(1);
  expect(stderr.replace(/[\s│]+/g, " ")).toContain(
    'SipTrunk "b.com": these scripts know no such kind of object.',
  );
  expect(allowed(to)).toEqual(["b.com"]);
});

test("a destroy after a deploy that failed half way removes what was there before and what is new", async () => {
  const to = deployment();
  await to.apply(domains("a", "b"));
  const next: Build = (stack) => {
    domains("b", "c")(stack);
    new HostingProvider(stack, "P", { identity: "P", proxyFqdn: "sip.p.com" });
  };
  to.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "throwBefore" });
  expect((await to.tryApply(next)).code).toBe(1);
  expect(allowed(to)).toEqual(["a.com", "b.com"]);
  await to.destroy(next);
  expect(allowed(to)).toEqual([]);

  await to.apply(domains("a", "b"));
  to.lync.fault({ cmdlet: "New-CsHostingProvider", kind: "throwAfter" });
  expect((await to.tryApply(next)).code).toBe(1);
  expect(to.lync.state().hostingProviders).toHaveLength(1);
  await to.destroy(next);
  expect(allowed(to)).toEqual([]);
  expect(to.lync.state().hostingProviders).toEqual([]);
  expect(to.state()?.resources).toEqual([]);
});

test("a destroy with code that was never applied removes what was applied, and nothing else", async () => {
  const to = deployment();
  await to.apply(domains("a", "b"));
  to.lync.change((state) =>
    state.allowedDomains.push({
      Identity: "c.com",
      ProxyFqdn: null,
      Comment: null,
      MarkForMonitoring: false,
    }),
  );
  await to.destroy(domains("b", "c"));
  expect(allowed(to)).toEqual(["c.com"]);
});

test("what leaves the code while a destroy is stuck half way is removed by the deploy that follows", async () => {
  const to = deployment();
  await to.apply(domains("a", "b"));
  to.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "throwBefore", times: 2 });
  expect((await to.tryDestroy(domains("a", "b"))).code).toBe(1);
  expect(allowed(to)).toEqual(["a.com", "b.com"]);
  await to.apply(domains("a"));
  expect(allowed(to)).toEqual(["a.com"]);
});

test("a setting of a retained object that leaves the code is left alone", async () => {
  const to = deployment();
  const removalPolicy = RemovalPolicy.RETAIN;
  const declared = { domain: "a.com", removalPolicy };
  await to.apply((stack) => new AllowedDomain(stack, "A", { ...declared, comment: "ours" }));
  to.lync.clearLog();
  await to.apply((stack) => new AllowedDomain(stack, "A", declared));
  expect(calls(to)).toEqual([]);
  expect(to.lync.state().allowedDomains[0].Comment).toBe("ours");
});

test("every object of a removal has the whole time for itself", async () => {
  const to = deployment({ preflight: false, timeoutSeconds: 6 });
  await to.apply(domains("a", "b", "c"));
  to.lync.fault({ cmdlet: "Remove-CsAllowedDomain", kind: "delay", seconds: 2.5, times: 3 });
  await to.apply(nothing);
  expect(allowed(to)).toEqual([]);
});

test("a removal that ends without an error but without an effect fails the deploy", async () => {
  const to = deployment();
  await to.apply(domains("a"));
  const record = to.lync.state().allowedDomains[0];
  to.lync.fault({ cmdlet: "Get-CsAllowedDomain", kind: "delay", seconds: 1, times: 99 });
  to.lync.clearLog();
  const removal = to.tryApply(nothing);
  await during(removal, () => to.lync.log().at(-1)?.phase === "effect");
  to.lync.change((state) => (state.allowedDomains = [record]));
  const { code, stderr } = await removal;
  expect(code).toBe(1);
  expect(stderr.replace(/[\s│]+/g, " ")).toContain(
    "Remove-CsAllowedDomain ended without an error, but the object is still there.",
  );
});

describe("with 2,000 domains, of which Terraform keeps the lists alone", () => {
  // Only the two resources that keep the lists: 2,000 objects would take their time.
  const env: NodeJS.ProcessEnv = { TF_CLI_ARGS_apply: "-target=terraform_data.LyncTeardown" };
  const to = deployment({}, env);
  const random = (index: number) => createHash("sha256").update(String(index)).digest("hex");
  const names = Array.from({ length: 2000 }, (_, index) => `d${random(index).slice(0, 60)}`);
  const there = [names[0], names[1000], names[1999]].map((name) => `${name}.com`).sort();

  test("the old list and the new one reach the script whole", async () => {
    await to.apply(domains(...names, "gone"));
    to.lync.change((state) => {
      const record = { ProxyFqdn: null, Comment: null, MarkForMonitoring: false };
      state.allowedDomains = [...there, "gone.com", "stays.com"].map((Identity) => ({ Identity, ...record }));
    });
    await to.apply(domains(...names));
    expect(calls(to)).toEqual(["Remove-CsAllowedDomain"]);
    expect(allowed(to)).toEqual([...there, "stays.com"].sort());
  });

  test("and so does the list of a destroy", async () => {
    const output = await to.destroy(nothing);
    expect(allowed(to)).toEqual(["stays.com"]);
    // The teardown removes three of its list, and after it the inventory finds none of its own.
    expect(output.match(/ is removed\./g)).toHaveLength(3);
    expect(output.match(/ is not there any more/g)).toHaveLength(1997 + 2000);
  });
});
