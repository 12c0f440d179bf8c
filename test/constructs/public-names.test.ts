// What others find in the library: every prop is an attribute, every name is documented, every example works.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { publicFace, PublicType, shortName } from "../support/public-face";
import { run } from "../support/run";

const face = publicFace();
const named = (name: string) => face.find((each) => each.name === name) as PublicType;
const constructs = face.filter(
  ({ kind, bases, name }) =>
    kind === "class" &&
    ["Construct", "TerraformStack"].some((base) => bases.includes(base)) &&
    named(`${name}Props`),
);
const bases = ["LyncConstruct", "LyncObject", "LyncTest"];
const concrete = constructs.filter(({ name }) => !bases.includes(name));

test("all constructs are looked at here", () => {
  expect(concrete.map(({ name }) => name).sort()).toEqual([
    "AccessEdgeConfig",
    "AllowedDomain",
    "AllowedDomains",
    "ExternalEdgeSetting",
    "FederatedPartner",
    "FederationTest",
    "HostingProvider",
    "PushNotificationConfig",
    "PushNotificationStack",
    "PushNotificationTest",
    "PushNotifications",
  ]);
});

/** What a description calls otherwise than the construct that is made of it. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "PushNotifications.pushNotifications": ["pushNotificationConfigs"],
  "PushNotifications.accessEdge": ["accessEdgeConfig"],
  "PushNotifications.externalEdge": ["externalEdgeSetting"],
  "PushNotifications.tests": ["federationTest", "pushNotificationTest"],
};

// A stack is told by its procedure; its backend and its runner are no part of a construct.
const settling = concrete.filter(({ name }) => name !== "PushNotificationStack");

test.each(settling.map((each) => [each.name, each] as const))(
  "every prop of %s has its readonly attribute",
  (name, type) => {
    const props = named(`${name}Props`).members.filter(({ tags }) => !("deprecated" in tags));
    const attributes = type.members.filter((each) => each.readonly).map(shortName);
    const wanted = props.flatMap((each) => PARTS[`${name}.${shortName(each)}`] ?? [shortName(each)]);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((each) => !attributes.includes(each))).toEqual([]);
  },
);

test("nothing of a construct can be set from outside", () => {
  const open = constructs.flatMap(({ members }) =>
    members.filter((each) => !each.readonly).map(({ name }) => name),
  );
  expect(open).toEqual([]);
});

test("every public name and every member of it is documented", () => {
  const all = face.flatMap((each) => [each, ...each.members, ...each.statics]);
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter(({ documentation }) => documentation.trim() === "").map(({ name }) => name)).toEqual([]);
});

test("every property that may be left out says what is so then, and what is deprecated says what to use", () => {
  const inputs = face.filter(({ kind }) => kind === "interface").flatMap(({ members }) => members);
  const silent = inputs.filter(({ optional, tags }) => optional && !tags.default);
  expect(silent.map(({ name }) => name)).toEqual([]);
  const old = face.flatMap((each) => [each, ...each.members]).filter(({ tags }) => "deprecated" in tags);
  expect(old.length).toBeGreaterThan(5);
  for (const { name, tags } of old)
    expect(`${name}: ${tags.deprecated}`).toMatch(/: It goes with version 1\.0\. (Use|Give) /);
});

test("every construct has an example, its source at Microsoft, and a check that another copy of the package answers too", () => {
  for (const { name, tags, statics } of concrete) {
    expect([name, Object.keys(tags)]).toEqual([name, expect.arrayContaining(["example", "see"])]);
    expect(statics.map(shortName)).toContain(`is${name}`);
  }
});

test("every example compiles strictly and synthesises", async () => {
  const examples = face.flatMap(({ tags }) => (tags.example ? [tags.example] : []));
  expect(examples.length).toBeGreaterThanOrEqual(concrete.length);
  const root = resolve(__dirname, "..", "..");
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "examples-"));
  try {
    examples.forEach((text, index) =>
      writeFileSync(join(folder, `example${index}.ts`), program(text, index)),
    );
    writeFileSync(
      join(folder, "all.ts"),
      examples.map((_, index) => `import "./example${index}";\n`).join(""),
    );
    const env = { CDKTF_OUTDIR: join(folder, "out") };
    const { code, stderr } = await run("npx", ["ts-node", join(folder, "all.ts")], { cwd: root, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The example with what it takes as given: the imports, and an app with a stack. */
function program(text: string, index: number): string {
  const own = /\bconst app\b/.test(text);
  const body = own
    ? text
    : `const app = new App();\nconst stack = new TerraformStack(app, "s${index}");\n${text}\napp.synth();`;
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(body);
  const cdktf = ["Annotations", "App", "Aspects", "TerraformOutput", "TerraformStack"].filter(used);
  const library = face.map(({ name }) => name).filter(used);
  return [
    `import { ${cdktf.join(", ")} } from "cdktf";`,
    `import { ${library.join(", ")} } from "../../constructs";`,
    `${body}\nexport {};\n`,
  ].join("\n");
}
