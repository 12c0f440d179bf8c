// The picture of an environment: what Mermaid's own parser finds in it, whatever the names hold.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { graph } from "../../constructs/private/review/graph";
import { Change } from "../../constructs/private/review/changes";
import { markdown } from "../../constructs/private/review/markdown";
import { Review } from "../../constructs/private/review/review";
import { AllowedDomain, LyncRunner, PushNotificationStack } from "../../constructs";
import { environments } from "../../environments";
import { planned } from "../support/planned";
import { Configuration, synthesize } from "../support/synth";
import { App, Testing } from "cdktf";

interface Parsed {
  readonly error?: string;
  readonly nodes: readonly { id: string; text: string; classes: readonly string[] }[];
  readonly boxes: readonly { id: string; title: string; nodes: readonly string[] }[];
  readonly edges: readonly (readonly [string, string])[];
}

const HOSTILE = [
  '"]',
  'a"] --> b["c',
  "end",
  "end\n  x --> y",
  "%%{init: {'theme': 'dark'}}%%",
  "%% remark",
  "<script>alert(1)</script><br/>",
  "`md` **b** [x](y)",
  "#quot; #35; &amp;",
  "style x:#fff; click x href",
  "😀 \u{1F468}\u200D\u{1F469} 世界 é",
  "\u202eevil\u2066",
  "---\ntitle: x\n---",
  ":::removed",
  "@{ shape: circle }",
  "{{x}} ((y)) |z| \\n",
  "   ",
  "x".repeat(500),
];

const change = (kind: string, identity: string, what: Change["what"] = "edit in place"): Change => ({
  kind,
  identity,
  what,
  depends: false,
  differences: [],
});

/** With null_resource, whose triggers stand in the configuration as they are. */
function environment(name: keyof typeof environments): Configuration {
  const app = new App();
  return JSON.parse(
    Testing.synth(new PushNotificationStack(app, name, { ...environments[name], runner: {} })),
  ) as Configuration;
}

const demo = environment("demo");
const thousand = synthesize((stack) => {
  LyncRunner.configure(stack, { preflight: false });
  for (let index = 0; index < 1000; index++)
    new AllowedDomain(stack, `D${index}`, { domain: `d${index}.contoso.com` });
});
const WHATS: Change["what"][] = [
  "create",
  "edit in place",
  "remove and create anew",
  "remove",
  "put back to default",
  "re-apply",
  "stays, and leaves the code",
];
const pictures = {
  unchanged: graph("demo", planned(demo, demo), []),
  changed: graph("demo", planned(demo, demo), [
    change("AllowedDomain", "PUSH.lync.com"),
    ...WHATS.map((what, index) => change("AllowedDomain", `d${index}.contoso.com`, what)),
  ]),
  ocs: graph("ocs-edge", planned(undefined, environment("ocs-edge")), []),
  hostile: graph(
    'x"] --> y["',
    [],
    HOSTILE.map((name, index) => change(index % 2 ? name : "K", name)),
  ),
  thousand: graph("x", planned(thousand, thousand), [change("AllowedDomain", "d777.contoso.com")]),
  longest: graph(
    "x",
    [],
    Array.from({ length: 400 }, (_, index) => change(`Kind${index % 20}`, `${index}${'"'.repeat(300)}`)),
  ),
};
const names = Object.keys(pictures) as (keyof typeof pictures)[];
let found: Record<keyof typeof pictures, Parsed>;
beforeAll(() => {
  const script = resolve(__dirname, "..", "support", "mermaid.mjs");
  const input = JSON.stringify(names.map((name) => pictures[name].join("\n")));
  const ended = spawnSync(process.execPath, [script], { input, encoding: "utf8", maxBuffer: 2 ** 26 });
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  const results = JSON.parse(ended.stdout) as Parsed[];
  found = Object.fromEntries(names.map((name, index) => [name, results[index]])) as typeof found;
});

test("the runner, Lync Server, every kind, the tests and the Edge are in it", () => {
  const { nodes, boxes, edges } = found.unchanged;
  const text = new Map(nodes.map((each) => [each.id, each.text]));
  expect(
    Object.fromEntries(boxes.map((box) => [box.title, box.nodes.map((id) => text.get(id)).sort()])),
  ).toEqual({
    HostingProvider: ["LyncOnline"],
    AllowedDomain: ["fabrikam.com", "push.lync.com"],
    PushNotificationConfig: ["global"],
    AccessEdgeConfig: ["global"],
    Tests: ["FederationTest push.lync.com, sipfed.online.lync.com", "PushNotificationTest"],
  });
  const title = new Map(boxes.map((box) => [box.id, box.title]));
  const called = (id: string) => title.get(id) ?? text.get(id);
  expect(edges.map((each) => each.map(called))).toEqual([
    ["Runner of demo", "Lync Server with its Edge"],
    ...boxes.map((box) => ["Lync Server with its Edge", box.title]),
    ["Tests", "Edge accessproxy.contoso.com"],
  ]);
  expect(nodes.flatMap((each) => each.classes)).toEqual([]);
});

test("what changes says how, in a word and a colour, and what does not change is as it was", () => {
  const domains = found.changed.nodes.filter(({ text }) => /^(d\d|fabrikam|PUSH|push)/.test(text));
  expect(domains.map(({ text, classes }) => [text, ...classes])).toEqual([
    ["PUSH.lync.com<br>edited", "edited"],
    ["d0.contoso.com<br>new", "added"],
    ["d1.contoso.com<br>edited", "edited"],
    ["d2.contoso.com<br>removed and created anew", "removed"],
    ["d3.contoso.com<br>removed", "removed"],
    ["d4.contoso.com<br>put back to default", "removed"],
    ["d5.contoso.com<br>applied anew", "edited"],
    ["d6.contoso.com<br>stays, and leaves the code", "edited"],
    ["fabrikam.com"],
  ]);
});

test("an Edge of Office Communications Server 2007 R2 has a picture, too", () => {
  expect(found.ocs.error).toBeUndefined();
  expect(found.ocs.boxes.map(({ title }) => title)).toEqual(
    expect.arrayContaining(["FederatedPartner", "Tests"]),
  );
});

test("a hostile name is a label, and nothing else", () => {
  expect(found.hostile.error).toBeUndefined();
  const texts = found.hostile.nodes.map(({ text }) => text.replace(/<br>edited$/, ""));
  const seen = (name: string) =>
    name
      .replace(/\n/g, "\\u{A}")
      .replace(/[\u200d\u202e\u2066]/gu, (each) => `\\u{${each.charCodeAt(0).toString(16).toUpperCase()}}`);
  const expected = HOSTILE.map((name) => seen(name).trim()).map((name) =>
    name.length > 60 ? `${name.slice(0, 59)}…` : name,
  );
  expect(texts.map((text) => text.trim()).sort()).toEqual(
    ['Runner of x"] --> y["', "Lync Server with its Edge", ...expected].sort(),
  );
  expect(found.hostile.edges).toHaveLength(1 + found.hostile.boxes.length);
  expect(pictures.hostile.join("\n")).not.toMatch(/[\u200d\u202e\u2066]/);
});

test("of a thousand domains ten are drawn, with what changes among them, and the rest is counted", () => {
  const texts = found.thousand.nodes.map(({ text }) => text);
  expect(texts).toContain("d777.contoso.com<br>edited");
  expect(texts).toContain("and 990 more: 990 unchanged");
  expect(texts).toHaveLength(2 + 10 + 1);
});

test("no picture is longer than GitHub draws", () => {
  expect(found.longest.error).toBeUndefined();
  expect(pictures.longest.join("\n").length).toBeLessThanOrEqual(50_000);
  for (const name of names) expect(found[name].edges.length).toBeLessThan(500);
});

test("the report folds it, and leaves it out where there is no room", () => {
  const review: Review = {
    name: "x",
    verdict: [],
    loud: [],
    found: [],
    changes: [],
    cmdlets: [],
    picture: pictures.changed,
    raw: ["raw"],
    code: 2,
  };
  expect(markdown([review])).toContain("<summary>Picture</summary>\n\n```mermaid\nflowchart LR\n");
  expect(markdown([review], 2_000)).toContain("The picture is left out");
  expect(markdown([{ ...review, code: 0 }])).not.toContain("mermaid");
});
