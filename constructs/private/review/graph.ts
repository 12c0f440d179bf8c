// An environment as a picture in Mermaid: the runner, Lync Server, its objects, the tests and the Edge, with what changes.
import { listedIn } from "../terraform/listed-settings";
import { PlannedResource, PlannedValue, settingsOf } from "../terraform/plan";
import { Change, title, What } from "./changes";
import { visible } from "./plain";

// GitHub draws no picture of more characters.
const LONGEST = 50_000;

/** A thing in the picture. */
interface Thing {
  readonly kind: string;
  readonly name: string;
  readonly what?: What;
  /** The Edges that a test goes through. */
  readonly edges: readonly string[];
}

/** The lines of the picture. Of each kind at most ten objects are drawn, those that change first. */
export function graph(
  name: string,
  resources: readonly PlannedResource[],
  changes: readonly Change[],
): string[] {
  const draw = (most: number) => picture(name, objects(resources, changes), tests(resources), most);
  return [10, 5, 2].map(draw).find((lines) => lines.join("\n").length <= LONGEST) ?? draw(0);
}

function objects(resources: readonly PlannedResource[], changes: readonly Change[]): Thing[] {
  const changed = changes
    .filter(({ what }) => what !== "test")
    .map(({ kind, identity, what }) => ({ kind, name: identity, what, edges: [] }));
  const known = new Set(changed.map(({ kind, name }) => title(kind, name)));
  const others = resources
    .filter(({ after }) => after !== undefined)
    .flatMap(({ onCreate, after }) =>
      namesOf(onCreate?.script, after).map((name) => ({
        kind: onCreate?.environment.LYNC_KIND ?? "",
        name,
        edges: [],
      })),
    )
    .filter(({ kind, name }) => !known.has(title(kind, name)));
  return [...changed, ...others];
}

/** The names of the objects that the script applies. */
function namesOf(script: string | undefined, after: PlannedResource["after"]): string[] {
  if (script === "Set-LyncObjectList") return [...listedIn(settingsOf(after)).keys()];
  return script === "Set-LyncObject" ? [shown(after?.Identity)] : [];
}

// What a test calls the Edge that it goes through.
const EDGE_SETTINGS = ["TargetFqdn", "AccessEdgeFqdn"];

function tests(resources: readonly PlannedResource[]): Thing[] {
  return resources
    .filter(({ onCreate, after }) => onCreate?.script === "Test-LyncObject" && after !== undefined)
    .map(({ onCreate, after, creates }) => {
      const settings = Object.entries(settingsOf(after));
      const values = (edge: boolean) =>
        settings.filter(([name]) => EDGE_SETTINGS.includes(name) === edge).map(([, value]) => shown(value));
      const name = [onCreate?.environment.LYNC_KIND, values(false).join(", ")].join(" ");
      return { kind: "Tests", name, edges: values(true), ...(creates && { what: "test" as const }) };
    });
}

function shown(value: PlannedValue | undefined): string {
  return value?.sensitive ? "(sensitive)" : (value?.text ?? "(known after apply)");
}

const STYLES: Readonly<Record<What, readonly [word: string, style: string]>> = {
  create: ["new", "added"],
  "edit in place": ["edited", "edited"],
  "remove and create anew": ["removed and created anew", "removed"],
  remove: ["removed", "removed"],
  "put back to default": ["put back to default", "removed"],
  "re-apply": ["applied anew", "edited"],
  test: ["runs", "edited"],
  "stays, and leaves the code": ["stays, and leaves the code", "edited"],
};

// Dark text on light colours is read on GitHub's dark page, too.
const CLASSES = [
  "classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "classDef edited fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  "classDef removed fill:#ffebe9,stroke:#cf222e,color:#1f2328",
];

function picture(name: string, things: readonly Thing[], testing: readonly Thing[], most: number): string[] {
  const kinds = [...new Set(things.map(({ kind }) => kind))];
  const groups = kinds.map((kind) => things.filter((each) => each.kind === kind));
  const edges = [...new Set(testing.flatMap((each) => each.edges))].slice(0, most);
  return [
    "flowchart LR",
    `  runner[${label(`Runner of ${name}`)}] --> server[${label("Lync Server with its Edge")}]`,
    ...[...groups, testing].flatMap((each, index) =>
      each.length === 0 ? [] : box(`box${index}`, each, most),
    ),
    ...edges.flatMap((each, index) => [
      `  edge${index}[${label(`Edge ${each}`)}]`,
      `  box${groups.length} -.-> edge${index}`,
    ]),
    ...CLASSES.map((each) => `  ${each}`),
  ];
}

/** The things of one kind; what there is no room for is counted, and what does not change goes first. */
function box(id: string, things: readonly Thing[], most: number): string[] {
  const ordered = [...things].sort((one, other) => Number(!one.what) - Number(!other.what));
  const folded = ordered.slice(most);
  return [
    `  subgraph ${id}[${label(things[0].kind)}]`,
    ...ordered.slice(0, most).map((each, index) => `    ${id}_${index}${node(each)}`),
    ...(folded.length === 0 ? [] : [`    ${id}_more[${label(more(folded))}]`]),
    "  end",
    `  server --> ${id}`,
  ];
}

function node({ name, what }: Thing): string {
  if (what === undefined) return `[${label(name)}]`;
  const [word, style] = STYLES[what];
  return `[${label(name, word)}]:::${style}`;
}

/** "and 990 more: 3 new, 987 unchanged" */
function more(things: readonly Thing[]): string {
  const words = things.map(({ what }) => (what ? STYLES[what][0] : "unchanged"));
  const counts = [...new Set(words)].map((word) => `${words.filter((each) => each === word).length} ${word}`);
  return `and ${things.length} more: ${counts.join(", ")}`;
}

const LONGEST_LABEL = 60;

/** Text that Mermaid takes for nothing but text: all but letters, digits and a few others stands there by its number. */
function label(text: string, word?: string): string {
  const characters = [...visible(text)];
  const short =
    characters.length <= LONGEST_LABEL ? characters : [...characters.slice(0, LONGEST_LABEL - 1), "…"];
  const data = short
    .map((each) => (/[\p{L}\p{N} .,_-]/u.test(each) ? each : `#${each.codePointAt(0)};`))
    .join("");
  return `"${data.trim() || "#32;"}${word ? `<br/>${word}` : ""}"`;
}
