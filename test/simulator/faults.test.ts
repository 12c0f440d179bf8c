// Faults on request, and a state that survives parallel and killed processes.
import { ask, newLync, powershell, PROVIDER, removeLyncs, RULE } from "./ask";

afterEach(removeLyncs);

const FEDERATION = "Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true";
const SET = "Set-CsAccessEdgeConfiguration";

test("a thrown fault has the type that was asked for, before or after the effect", async () => {
  const lync = newLync();
  lync.fault({ cmdlet: SET, kind: "throwBefore", message: "as asked" });
  lync.fault({ cmdlet: SET, kind: "throwAfter", nth: 2, exception: "System.TimeoutException" });
  lync.fault({ cmdlet: SET, kind: "throwBefore", nth: 3, exception: "System.Data.SqlClient.SqlException" });
  lync.fault({ cmdlet: "Get-CsSite", kind: "throwBefore", exception: "System.UnauthorizedAccessException" });
  const answers = await ask(lync, {
    before: `${FEDERATION}; 'not reached'`,
    beforeEffect: "(Get-CsAccessEdgeConfiguration).AllowFederatedUsers",
    after: FEDERATION,
    afterEffect: "(Get-CsAccessEdgeConfiguration).AllowFederatedUsers",
    sql: `try { ${FEDERATION} } catch [System.Data.Common.DbException] { $_.Exception.GetType().FullName }`,
    read: "Get-CsSite",
    over: `${FEDERATION}; (Get-CsSite).Identity`,
  });
  expect(answers.before).toMatchObject({
    thrown: "System.InvalidOperationException",
    message: "as asked",
    output: [],
  });
  expect(answers.beforeEffect.output).toEqual([false]);
  expect(answers.after.thrown).toBe("System.TimeoutException");
  expect(answers.afterEffect.output).toEqual([true]);
  expect(answers.sql.output).toEqual(["System.Data.SqlClient.SqlException"]);
  expect(answers.read.thrown).toBe("System.UnauthorizedAccessException");
  expect(answers.over).toMatchObject({ thrown: null, output: ["Site:Redmond"] });
  expect(lync.log().map((entry) => [entry.phase, entry.fault, entry.error?.type])).toEqual([
    ["error", "throwBefore", "System.InvalidOperationException"],
    ["effect", "throwAfter", undefined],
    ["error", "throwBefore", "System.Data.SqlClient.SqlException"],
    ["effect", undefined, undefined],
  ]);
});

test("a fault hits the calls it names, from the nth on and as often as asked", async () => {
  const lync = newLync();
  lync.fault({ cmdlet: "*", kind: "throwBefore", nth: 2, times: 2 });
  const add = (name: string) => `New-CsAllowedDomain ${name}.example.com > $null`;
  const answers = await ask(lync, {
    first: add("a"),
    read: "Get-CsAllowedDomain > $null",
    second: add("b"),
    third: add("c"),
  });
  const more = await ask(lync, { fourth: add("d") });
  expect([answers.first, answers.second, answers.third, more.fourth].map((answer) => answer.thrown)).toEqual([
    null,
    RULE,
    RULE,
    null,
  ]);
  expect(lync.state().allowedDomains.map((domain) => domain.Identity)).toEqual([
    "a.example.com",
    "d.example.com",
  ]);
  expect(lync.state().faults).toEqual([
    { cmdlet: "*", kind: "throwBefore", nth: 2, times: 2, seen: 4, fired: 2 },
  ]);
});

test("a delayed call keeps nobody waiting and has its effect in the end", async () => {
  const lync = newLync();
  lync.fault({ cmdlet: SET, kind: "delay", seconds: 2.5 });
  const slow = powershell(lync, `Import-Module Lync; ${FEDERATION}`);
  await until(() => lync.state().faults[0].fired === 1);
  lync.change((state) => (state.sites = ["Dublin"]));
  expect(lync.log()).toMatchObject([{ phase: "begin", fault: "delay" }]);
  await slow;
  expect(lync.log()).toMatchObject([{ phase: "effect", fault: "delay" }]);
  expect(lync.state()).toMatchObject({
    sites: ["Dublin"],
    accessEdgeConfiguration: { AllowFederatedUsers: true },
  });
});

test.each(["dieBefore", "dieAfter"] as const)(
  "%s ends the process at once, and the log tells",
  async (kind) => {
    const lync = newLync();
    lync.fault({ cmdlet: "New-CsHostingProvider", kind });
    const script = `Import-Module Lync\ntry { ${PROVIDER} } finally { Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true }`;
    const result = await powershell(lync, script);
    expect(result.code).not.toBe(0);
    expect(lync.log()).toMatchObject([
      { cmdlet: "New-CsHostingProvider", fault: kind, phase: kind === "dieBefore" ? "begin" : "effect" },
    ]);
    expect(lync.state().hostingProviders).toHaveLength(kind === "dieBefore" ? 0 : 1);
  },
);

test.each(["hangBefore", "hangAfter"] as const)(
  "%s is in the log, hangs for ever and locks nobody out",
  async (kind) => {
    const lync = newLync();
    lync.fault({ cmdlet: "New-CsHostingProvider", kind });
    let over = false;
    const hanging = powershell(lync, `Import-Module Lync\n${PROVIDER}`).finally(() => (over = true));
    await until(() => lync.state().faults[0].fired === 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(over).toBe(false);
    lync.change((state) => (state.sites = ["Dublin"]));
    const [entry] = lync.log();
    expect(entry).toMatchObject({ fault: kind, phase: kind === "hangBefore" ? "begin" : "effect" });
    process.kill(entry.pid, "SIGKILL");
    await hanging;
  },
);

test("ten processes and Node lose no update", async () => {
  const lync = newLync();
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  const script = (number: number) =>
    `Import-Module Lync; 1..4 | ForEach-Object { New-CsAllowedDomain "p${number}-$_.example.com" > $null }`;
  const running = Promise.all(numbers.map((number) => powershell(lync, script(number))));
  let edits = 0;
  let done = false;
  void running.finally(() => (done = true));
  while (!done) {
    lync.change((state) => state.sites.push(`Site${edits++}`));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await running;
  const state = lync.state();
  expect(new Set(state.allowedDomains.map((domain) => domain.Identity)).size).toBe(40);
  expect(state.log.map((entry) => entry.seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(state.calls["New-CsAllowedDomain"]).toBe(40);
  expect(state.sites).toHaveLength(edits + 1);
});

test("a process killed at work leaves neither a lock nor a broken state", async () => {
  const lync = newLync();
  for (let round = 0; round < 3; round++) {
    const script = `Import-Module Lync; 1..100000 | ForEach-Object { New-CsAllowedDomain "r${round}-$_.example.com" > $null }`;
    const killed = powershell(lync, script);
    await until(() => lync.log().length >= (round + 1) * 5);
    process.kill(lync.log().slice(-1)[0].pid, "SIGKILL");
    await killed;
    lync.change((state) => state.sites.push(`Site${round}`));
  }
  const { allowedDomains, log, sites } = lync.state();
  expect(allowedDomains.length).toBeGreaterThan(0);
  expect(log.filter((entry) => entry.phase === "effect")).toHaveLength(allowedDomains.length);
  expect(sites).toHaveLength(4);
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("Waited in vain.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
