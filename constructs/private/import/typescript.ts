// What of a server can be declared, as TypeScript, formatted as Prettier would; what cannot stands there as a comment.
import { LyncProduct } from "../lync/product";
import { LyncRunnerProps } from "../lync/runner-props";
import { constant, ListWriting, Plain, Written } from "../lync/written";
import type { Declarable, Outline, Undeclarable } from "./declarable";
import { literal, remark, visible, width } from "./literal";
import type { Beside } from "./reading";

const COLUMNS = 110;

/** What is printed. */
export interface Printed {
  readonly outline: Outline;
  readonly beside: readonly Beside[];
  /** Settings of the runner that are not the defaults. */
  readonly runner: LyncRunnerProps;
  /** What the library is imported from. */
  readonly library: string;
}

/** A file with one function, which declares in a stack what the server has. */
export function typescript({ outline, beside, runner, library }: Printed): string {
  const settings = runnerProps(runner);
  const uses = new Set(
    outline.objects.flatMap(({ kind, within, props }) => [within?.construct ?? kind, ...usesOf(props)]),
  );
  if (settings.length > 0)
    ["LyncRunner", ...usesOf(Object.fromEntries(settings))].forEach((each) => uses.add(each));
  const body = [
    ...(settings.length > 0 ? [[statement("LyncRunner.configure(stack", settings)]] : []),
    ...outline.objects.flatMap((each) => (each.within ? [] : [declared(each)])),
    ...[...listsOf(outline)].map(declaredTogether),
    ...outline.undeclarable.map(undeclared),
    ...(beside.length > 0 ? [besideNotes(beside)] : []),
  ];
  return [
    ...comment(
      "What the server has, as lync-import has read it. A deploy of it changes nothing there: every object is taken " +
        "over as it is. From then on the code is what counts, and what leaves the code leaves the server, but for what is " +
        "retained.",
    ).map((line) => line.trimStart()),
    'import { TerraformStack } from "cdktf";',
    imports([...uses].sort(), library),
    "",
    "export function lyncServer(stack: TerraformStack): void {",
    spaced(body),
    "}",
    "",
  ].join("\n");
}

function runnerProps({ product, session, powerShell, module }: LyncRunnerProps): [string, Written][] {
  const all = {
    product: product && constant("LyncProduct", LyncProduct, product),
    session: session && sessionCode([session.connectionUri].flat()),
    powerShell,
    module,
  };
  return Object.entries(all).filter((entry): entry is [string, Written] => entry[1] !== undefined);
}

function sessionCode(uris: readonly string[]): Written {
  const all = uris.map(literal);
  const value = all.length === 1 ? all[0] : `[${all.join(", ")}]`;
  return { code: `{ connectionUri: ${value} }`, value: undefined };
}

function usesOf(props: Readonly<Record<string, Written>>): string[] {
  return Object.values(props).flatMap((each) => (typeof each === "object" && each.uses ? [each.uses] : []));
}

function head({ kind, id }: Declarable): string {
  return `new ${kind}(stack, ${literal(id)}`;
}

function declared(object: Declarable): string[] {
  return [...notes(object), statement(head(object), Object.entries(object.props))];
}

function listsOf({ objects }: Outline): Map<ListWriting, Declarable[]> {
  const lists = new Map<ListWriting, Declarable[]>();
  for (const each of objects) {
    if (!each.within) continue;
    const list = lists.get(each.within) ?? [];
    list.push(each);
    lists.set(each.within, list);
  }
  return lists;
}

/** The call with all objects of a list, each on a line of its own where it fits. */
function declaredTogether([{ construct, property: name }, objects]: [ListWriting, Declarable[]]): string[] {
  return [
    `  new ${construct}(stack, ${literal(objects[0].id)}, {`,
    `    ${name}: [`,
    ...objects.flatMap((each) => [...notes(each).map((text) => `    ${text}`), ...entry(each)]),
    "    ],",
    "  });",
  ];
}

function entry({ within, props }: Declarable): string[] {
  const all = Object.entries(props);
  const [[name, value]] = all;
  if (all.length === 1 && name === within?.name) return [`      ${code(value)},`];
  const short = `      { ${all.map(([each, its]) => `${each}: ${code(its)}`).join(", ")} },`;
  return width(short) <= COLUMNS ? [short] : ["      {", ...all.map((each) => property(each, 8)), "      },"];
}

/** The call on one line where it fits, else with one line for each property. */
function statement(call: string, props: readonly [string, Written][]): string {
  const short = `  ${call}, { ${props.map(([name, value]) => `${name}: ${code(value)}`).join(", ")} });`;
  if (width(short) <= COLUMNS) return short;
  const open = `  ${call}, {`;
  if (width(open) <= COLUMNS) return [open, ...props.map((each) => property(each, 4)), "  });"].join("\n");
  const [name, ...words] = call.split(/(?<=\()|, /);
  const others = words.map((each) => `    ${each},`);
  return [`  ${name}`, ...others, "    {", ...props.map((each) => property(each, 6)), "    },", "  );"].join(
    "\n",
  );
}

function property([name, value]: [string, Written], indent: number): string {
  const space = " ".repeat(indent);
  const line = `${space}${name}: ${code(value)},`;
  if (typeof value !== "string" || width(line) <= COLUMNS) return line;
  return `${space}${name}:\n${space}  ${code(value)},`;
}

function code(value: Written): string {
  if (typeof value === "object") return value.code;
  return typeof value === "string" ? literal(value) : String(value);
}

function imports(names: readonly string[], library: string): string {
  const line = `import { ${names.join(", ")} } from ${literal(library)};`;
  if (width(line) <= COLUMNS) return line;
  return ["import {", ...names.map((name) => `  ${name},`), `} from ${literal(library)};`].join("\n");
}

/** A line between what needs more than one. */
function spaced(blocks: readonly (readonly string[])[]): string {
  const texts = blocks.map((lines) => lines.join("\n"));
  return texts
    .map((text, index) => {
      const near = index === 0 || (!text.includes("\n") && !texts[index - 1].includes("\n"));
      return near ? text : `\n${text}`;
    })
    .join("\n");
}

function notes({ kind, identity, decision, left, others }: Declarable): string[] {
  const what = `${kind} ${data(identity)}`;
  const values = list(others);
  return [
    ...(decision ? comment(`WARNING: ${what} ${decision}`) : []),
    ...(left.length > 0
      ? comment(
          "This library would refuse a part of it, which is left as it is. It stays when it leaves the code:",
        )
      : []),
    ...left.map(({ property: name, message }) => line(`  ${name}: ${message}`)),
    ...(values
      ? comment(`No property of this library stands for these, and they are left as they are: ${values}`)
      : []),
  ];
}

function undeclared({ kind, identity, reasons }: Undeclarable): string[] {
  return [
    ...comment(
      `Not declared, and left as it is: ${kind} ${data(identity)}, which this library would refuse:`,
    ),
    ...reasons.map((each) => line(`  ${each}`)),
  ];
}

function besideNotes(beside: readonly Beside[]): string[] {
  return [
    ...comment("This library has no construct for these, and they are left as they are:"),
    ...beside.map(({ title, identity, values }) => {
      const all = list(values);
      return line(`  ${title} ${remark(identity)}${all ? `: ${all}` : ""}`);
    }),
  ];
}

// Within a text of the server no line ends: one that began with its words could be an instruction to a tool.
const KEPT_SPACE = "\u00a0";

/** A text of the server in a comment. */
function data(text: string): string {
  return remark(text).replaceAll(" ", KEPT_SPACE);
}

function list(values: Readonly<Record<string, Plain>>): string {
  const names = Object.keys(values).sort();
  return names.map((name) => `${name}${KEPT_SPACE}${shown(values[name])}`).join(", ");
}

function shown(value: Plain): string {
  return typeof value === "string" ? data(value) : String(value);
}

/** Lines of a comment. */
function comment(text: string): string[] {
  const lines: string[] = [];
  let last = "";
  for (const word of text.split(" ")) {
    const longer = last ? `${last} ${word}` : word;
    if (last && width(longer) + 5 > COLUMNS) lines.push(last);
    last = last && width(longer) + 5 > COLUMNS ? word : longer;
  }
  return [...lines, last].map(line);
}

function line(text: string): string {
  return `  // ${visible(text.replaceAll(KEPT_SPACE, " ")).trimEnd()}`;
}
