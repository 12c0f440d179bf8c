// The packages' README: what it says of Terraform and of CDKTF is so. Its samples are run by package.test.ts.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App, Aspects, TerraformStack, Testing } from "cdktf";
import { AllowedDomain } from "../../constructs";
import { LIBRARIES, manifest } from "../../package/manifest";
import { namedSamples } from "../support/samples";
import { SUBJECTS } from "../support/subjects";
import { synthesize } from "../support/synth";

const root = resolve(__dirname, "..", "..");
const readme = readFileSync(join(root, "package", "README.md"), "utf8");

/** The rows of the table under a heading's words. */
function rows(heading: string): string[][] {
  const table = new RegExp(`^\\| ${heading} .*\\n\\|.*\\n((?:\\|.*\\n)+)`, "m").exec(readme)?.[1] ?? "";
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

function addressesOf(stack: TerraformStack): string[] {
  const { resource } = JSON.parse(Testing.synth(stack));
  return Object.entries<object>(resource).flatMap(([type, each]) =>
    Object.keys(each).map((name) => `${type}.${name}`),
  );
}

const shared = rows("resource").map(([, address]) => address.replaceAll("`", ""));

test.each(rows("construct").map(([, name, resources]) => [name, resources.replaceAll("`", "").split(", ")]))(
  "%s creates %j, beside what a stack has once",
  (name, resources) => {
    const { build, valid } = SUBJECTS.find((each) => each.name === name) as (typeof SUBJECTS)[number];
    const addresses = addressesOf(build(Testing.app() as App, valid)).filter((each) => !/\.Push/.test(each));
    expect(addresses.sort()).toEqual([...resources, ...shared].sort());
  },
);

test("its table leaves out no construct", () => {
  const single = SUBJECTS.filter(({ build, valid }) =>
    addressesOf(build(Testing.app(), valid)).some((each) => each.endsWith(".X")),
  ).map((each) => each.name);
  const listed = rows("construct").map(([, name]) => name);
  expect(single.filter((name) => /^[A-Z]\w+$/.test(name) && name !== "LyncRunner").sort()).toEqual(
    listed.sort(),
  );
});

test("an Aspect on the App is never called, and node.addDependency does not reach Terraform", () => {
  const visited: string[] = [];
  const { resource } = synthesize((stack) => {
    Aspects.of(stack.node.root).add({ visit: (node) => void visited.push(node.node.path) });
    const one = new AllowedDomain(stack, "One", { domain: "one.com" });
    new AllowedDomain(stack, "Two", { domain: "two.com" }).node.addDependency(one);
  });
  expect(visited).toEqual([]);
  expect(resource.null_resource.Two.depends_on).not.toContain("null_resource.One");
});

test("a snapshot as it shows it does not change with the scripts", () => {
  const sample = namedSamples(readme)["snapshot.ts"];
  const [, pattern, by] = /replace\(\/(.*)\/g, "(.*)"\)/.exec(sample) ?? [];
  const stack = new TerraformStack(Testing.app(), "own");
  new AllowedDomain(stack, "Push", { domain: "push.lync.com" });
  const text = Testing.synth(stack, true);
  const snapshot = text.replace(new RegExp(pattern, "g"), by);
  expect(snapshot).toContain("/SCRIPTS/Set-LyncObject.ps1");
  expect(snapshot).not.toMatch(/[0-9A-F]{32}/);
});

test("it names the commands that the packages have", () => {
  const named = new Set([...readme.matchAll(/\blync-(?!push)\w+/g)].map(([name]) => name));
  for (const library of LIBRARIES) expect(manifest(library)).toMatchObject({ bin: expect.anything() });
  expect(Object.keys((manifest("cdktf") as { bin: object }).bin).sort()).toEqual([...named].sort());
});
