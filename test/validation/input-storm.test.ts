// Storms of hostile values over every property: each is refused in words, or arrives exactly, and none ever runs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { App, Testing, Token } from "cdktf";
import { Problem, ValidationError } from "../../constructs";
import { expressionsIn, hostileValue, Maker, PAYLOADS, plainText, RUNS, SEED } from "../support/hostile";
import { Place, Subject, SUBJECTS } from "../support/subjects";
import { Configuration } from "../support/synth";

const outdir = mkdtempSync(join(tmpdir(), "storm-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** What became of the properties: refused with these problems, or a configuration. */
type Outcome = { readonly refused: readonly Problem[] } | { readonly configuration: Configuration };

function outcome(subject: Subject, props: unknown): Outcome {
  const app = new App({ outdir, stackTraces: false });
  try {
    const stack = subject.build(app, props);
    return { configuration: JSON.parse(Testing.synth(stack, true)) as Configuration };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { refused: error.problems };
  }
}

function configurationOf(subject: Subject, props: unknown): Configuration {
  const made = outcome(subject, props);
  if ("refused" in made) throw new ValidationError(made.refused);
  return made.configuration;
}

/** The texts at a place of a property, as Terraform will read them. */
function textsAt(place: Exclude<Place, undefined>, configuration: Configuration): (string | undefined)[] {
  if (typeof place === "function") return [plainText(String(place(configuration)))];
  const resources = Object.values(configuration.resource.null_resource ?? {});
  return resources.map((each) => each.triggers?.[place]).map((text) => text && plainText(text));
}

/** Everything that runs or is a Terraform expression: no value of a property may add to it. */
function codeOf(configuration: Configuration): string[] {
  const commands = Object.values(configuration.resource)
    .flatMap((each) => Object.values(each))
    .flatMap((resource) => resource.provisioner ?? [])
    .flatMap(({ "local-exec": { command, interpreter } }) => [command, ...interpreter.slice(1)]);
  const expressions = expressionsIn(configuration).map((each) =>
    each.replace(/(null_resource|terraform_data|local)\.\w[\w-]*/, "$1.NAME"),
  );
  return [...new Set([...commands, ...expressions])];
}

// What a description hands on as it is: the problem says itself where it is.
const HANDED_ON: Readonly<Record<string, string>> = {
  backend: "Backend",
  runner: "LyncRunner",
  hostingProvider: "HostingProvider",
  allowedDomains: "AllowedDomain",
  partnerDomains: "AllowedDomains",
  pushNotifications: "PushNotificationConfig",
  accessEdge: "AccessEdgeConfig",
  federatedPartners: "FederatedPartner",
  externalEdge: "ExternalEdgeSetting",
  edgeComputerName: "FederatedPartner",
};

function expectRefusal(problems: readonly Problem[], property: string): void {
  const names = problems.flatMap((problem) => problem.property.split(/[.[]/));
  const handedOn = problems.filter(({ where }) => where.startsWith(HANDED_ON[property] ?? "-"));
  expect(handedOn.length > 0 ? [property] : names).toContain(property);
  for (const { message } of problems) {
    expect(message.length).toBeLessThan(2500);
    expect(message).toMatch(/[.?]$/);
  }
}

const CASES = SUBJECTS.flatMap((subject) =>
  Object.entries(subject.places).map(([property, place]) => {
    const name = () => `${subject.name}, ${property}`;
    return { subject, property, place, [fc.toStringMethod]: name };
  }),
);
function subjectOf(name: string): Subject {
  return SUBJECTS.find((each) => each.name === name) as Subject;
}

const VALID = [
  ...SUBJECTS.map((each) => configurationOf(each, each.valid)),
  configurationOf(subjectOf("PushNotificationTest"), {
    accessEdgeFqdn: "edge.contoso.com",
    when: "every deploy",
  }),
  configurationOf(subjectOf("LyncRunner"), { resourceType: "terraform_data" }),
];
const CODE = VALID.flatMap(codeOf);

// Most properties take few values; those that take nearly any text get a share of their own.
const FREE_TEXT = ["comment", "identity", "powerShell", "module", "reportDirectory"];
const anyCase = fc.oneof(
  fc.constantFrom(...CASES),
  fc.constantFrom(...CASES.filter(({ property }) => FREE_TEXT.includes(property))),
);
// Every payload at least once where any text may stand.
const [comment] = CASES.filter(({ property }) => property === "comment");
const examples = PAYLOADS.map((text): [typeof comment, Maker] => [comment, () => text]);
const settings = { seed: SEED };

test("a hostile value of any property is refused by name, or arrives exactly and adds nothing that runs", () => {
  const counts = { refused: 0, arrived: 0 };
  fc.assert(
    fc.property(anyCase, hostileValue, ({ subject, property, place }, make) => {
      const value = make();
      const made = outcome(subject, { ...subject.valid, [property]: value });
      if ("refused" in made) {
        counts.refused++;
        return expectRefusal(made.refused, property);
      }
      counts.arrived++;
      if (place !== undefined && value !== undefined) {
        expect(["string", "number", "boolean"]).toContain(typeof value);
        expect(textsAt(place, made.configuration)).toContain(String(value));
      }
      expect(codeOf(made.configuration).filter((each) => !CODE.includes(each))).toEqual([]);
    }),
    { ...settings, numRuns: RUNS, examples },
  );
  expect(counts.refused).toBeGreaterThan(RUNS / 4);
  expect(counts.arrived).toBeGreaterThan(RUNS / 8);
});

test("hostile properties as a whole are refused in words, or are taken as if nothing were given", () => {
  fc.assert(
    fc.property(fc.constantFrom(...SUBJECTS), hostileValue, (subject, make) => {
      const made = outcome(subject, make());
      if ("refused" in made) return expect(made.refused.length).toBeGreaterThan(0);
      expect(codeOf(made.configuration).filter((each) => !CODE.includes(each))).toEqual([]);
    }),
    { ...settings, numRuns: RUNS / 4 },
  );
});

test("a property that throws when it is read is refused by name", () => {
  for (const { subject, property } of CASES) {
    const props = Object.defineProperty({ ...subject.valid }, property, {
      enumerable: true,
      get() {
        throw new TypeError("hands off");
      },
    });
    const made = outcome(subject, props);
    expect("refused" in made && made.refused.map(({ message }) => message)).toContain(
      'cannot be read: "hands off". Give it a plain value.',
    );
  }
});

test("a Token is refused by name where its value must be known, and is an expression everywhere else", () => {
  const expression = "${var.owner}";
  for (const { subject, property, place } of CASES) {
    const token = Token.asString({ resolve: () => expression, creationStack: [] });
    const made = outcome(subject, { ...subject.valid, [property]: token });
    if ("refused" in made) expectRefusal(made.refused, property);
    else expect([property, expressionsAt(place, made.configuration)]).toEqual([property, [expression]]);
  }
});

/** The expressions among the texts at a place; none where the property does not arrive as a text. */
function expressionsAt(place: Place, configuration: Configuration): unknown[] {
  if (typeof place === "function") return [place(configuration)];
  if (place === undefined) return [];
  const resources = Object.values(configuration.resource.null_resource);
  const triggers = resources.map((each) => each.triggers?.[place]);
  return [...new Set(triggers.filter((each) => each !== undefined && plainText(each) === undefined))];
}
