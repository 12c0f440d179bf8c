// Values that somebody might give to a property, by mistake or on purpose, and what must become of them in a configuration.
import * as fc from "fast-check";

/** One seed for every run, so that a failure can be had again; another finds other values. */
export const SEED = Number(process.env.STORM_SEED ?? 20130212);
/** How many cases one storm has. */
export const RUNS = Number(process.env.STORM_RUNS ?? 1200);

/** A file of this name is what every payload below would leave if it ever ran. */
export const CANARY = "pwned";

/** Texts that mean something to a shell, to PowerShell, to Terraform, to CDKTF, to JSON, to XML or to Windows. */
export const PAYLOADS: readonly string[] = [
  ...[`$(New-Item ${CANARY})`, `$(New-Item -Path ${CANARY} -ItemType File)`, `"; New-Item ${CANARY}; "`],
  ...[`'; New-Item ${CANARY}; '`, `"@\nNew-Item ${CANARY}\n@"`, `'@\nNew-Item ${CANARY}\n@'`, "@'", '@"'],
  ...[
    `; touch ${CANARY}`,
    `& touch ${CANARY}`,
    `| touch ${CANARY}`,
    `&& touch ${CANARY}`,
    `\`touch ${CANARY}\``,
  ],
  ...[
    `$(touch ${CANARY})`,
    `\n touch ${CANARY}`,
    `\r\ncalc\r\n`,
    "; calc",
    "-Force",
    "-Confirm:$true",
    "--%",
  ],
  ...[`{ New-Item ${CANARY} }`, `& { New-Item ${CANARY} }`, `%{ New-Item ${CANARY} }`, "#>", "<#", "# no"],
  ...["`", "``", "`n", "`0", '`"', "$", "$$", "$_", "$null", "$env:PATH", "$true", "@()", "@{}", "[int]1"],
  ...[
    '${file("/etc/passwd")}',
    "${self.id}",
    "${path.module}",
    "%{ for x in [1] }x%{ endfor }",
    "%{ if true }",
  ],
  ...[
    "${",
    "%{",
    "$${",
    "%%{",
    "$$${x}",
    "$$$${x}",
    "%%%{x}",
    "${~ x ~}",
    "${}",
    "}",
    "{",
    "}}${{",
    "a$",
    "a%",
    "a$$",
  ],
  ...[
    "${TfToken[NONE.0]}",
    "$${TfToken[NONE.1]}",
    "#{TfToken[NONE.2]}",
    "&{TfToken[NONE.3]}",
    "${TfToken[",
    "TfToken[",
  ],
  ...[
    "String Map Token Value",
    "Any Map Token Value",
    "-8.1094e+298",
    "-8.2e298",
    "-1.8881545897087503e+289",
    "5e7-e",
  ],
  ...[
    "-123456789",
    "1e5",
    "-1.8e+289",
    "NaN",
    "Infinity",
    "-0",
    "0x10",
    "1_000",
    "007",
    "+1",
    "1,5",
    "1e400",
    "|e|e",
  ],
  ...[
    "true",
    "false",
    "True",
    "null",
    "undefined",
    "",
    " ",
    "  x  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "x\n",
    "\nx",
    "a\tb",
  ],
  ...["2026-01-01T00:00:00Z", "2026-01-01", "/Date(0)/", "\\/Date(1325376000000)\\/", "12:30", "P1D"],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    '{"a":1}',
    '["a"]',
    '"',
    '""',
    "'",
    "''",
    '\\"',
    "\\",
    "\\\\",
  ],
  ...[
    "\\u0041",
    "\\n",
    "%PATH%",
    "%%PATH%%",
    "!x!",
    "^&",
    "*",
    "?",
    "[a-z]",
    "~",
    "C:\\temp\\",
    "\\\\server\\share",
    "CON",
  ],
  ...[
    "<a>&amp;</a>",
    "]]>",
    "<!-- -->",
    "&lt;",
    "=x",
    "==",
    "=",
    "a=b",
    "LYNC_SETTINGS=x",
    "a,b;c",
    "a b",
    "-",
    "--",
    ".",
  ],
  ...[
    "\u2028",
    "\u2029",
    "\u0085",
    "\u00a0",
    "\u00ad",
    "a\u00adb",
    "\u200b",
    "\u200d",
    "\u202e",
    "\ufeff",
    "\ufeffx",
  ],
  ...[
    "\u0000",
    "a\u0000b",
    "\u0001",
    "\u001b[31m",
    "\u007f",
    "\u009b",
    "\ufffe",
    "\uffff",
    "\ufffd",
    "\ud800",
    "\udc00x",
  ],
  ...[
    "e\u0301",
    "\u0301",
    "\u00e9",
    "\u212b",
    "\u1e9b\u0323",
    "\n\u0301",
    "x\t\u0327",
    "<\u0301",
    "\u003e\u0301",
    "\u0338x",
    "&\u0301",
    "\u0301\n",
    "\u1100\u1161",
    "\uac00",
    "\ufb01",
    "\u017f",
    "\u0130i",
  ],
  ...[
    "Stra\u00dfe",
    "\u65e5\u672c\u8a9e",
    "\u0440\u0443\u0441",
    "\u05e9\u05dc\u05d5\u05dd",
    "\ud83d\ude00",
    "\ud83d\udc69\u200d\ud83d\udcbb",
    "\ud834\udd1e",
  ],
  ...[
    "x".repeat(255),
    "x".repeat(256),
    "\u00e9".repeat(2000),
    "<".repeat(5000),
    '"'.repeat(17_000),
    "1".repeat(9000),
  ],
  ...["x".repeat(32_000), "x".repeat(32_768), "x".repeat(200_000), "\ud83d\ude00".repeat(8000)],
];

const FRAGMENTS = [
  ...[
    "$",
    "%",
    "{",
    "}",
    "${",
    "%{",
    "`",
    '"',
    "'",
    "\\",
    "\n",
    "\r\n",
    "\t",
    " ",
    "$(",
    ")",
    "&",
    "|",
    ";",
    "<",
    ">",
  ],
  ...[
    "TfToken[",
    "]}",
    "e",
    "-8.1",
    "e+298",
    "5e7",
    "#",
    "@",
    "=",
    "\u2028",
    "\u0301",
    "\ud800",
    "\udc00",
    "\u00ad",
    "\u00e9",
  ],
  ...["x", "Y", "0", "-", ".", "~", "!", "*", "\u0000", "\ufeff", "\ud83d\ude00", CANARY],
];

/** Any text: a payload, a mix of what may be special, or any characters at all, halves of surrogate pairs included. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PAYLOADS) },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 }).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  },
);

/** Values that are no text, and that break code which takes them for one. */
export const ODD_VALUES: readonly Maker[] = [
  ...[
    () => null,
    () => NaN,
    () => -0,
    () => Infinity,
    () => 1.5,
    () => 0,
    () => -1,
    () => 1n,
    () => Symbol("s"),
  ],
  ...[
    () => true,
    () => false,
    () => [],
    () => [null],
    () => [undefined],
    () => ["x"],
    () => [[]],
    () => ({}),
    () => () => 1,
  ],
  ...[
    () => new Date(0),
    () => new Date(NaN),
    () => /x/,
    () => new Map(),
    () => new Set([1]),
    () => new Error("x"),
  ],
  ...[
    () => Object.create(null),
    () => new String("x"),
    () => new Proxy({}, { ownKeys: fails, get: fails, has: fails }),
  ],
  ...[
    () => revoked({}),
    () => revoked([]),
    () => circular(),
    () => ({ toString: 1, valueOf: 1 }),
    () => ({ toJSON: fails }),
  ],
  ...[
    () => ({ toString: fails, [Symbol.toPrimitive]: fails }),
    () => ({ resolve: 1 }),
    () => Object.freeze([Symbol("s")]),
  ],
  ...[
    () => Object.defineProperty({}, "resolve", { get: fails }),
    () => class {},
    () => new (class Secret {})(),
  ],
  ...[
    () => ["#{TfToken[NONE.0]}"],
    () => ({ "&{TfToken[NONE.0]}": "String Map Token Value" }),
    () => -8.1094e298,
  ],
  ...[
    () => -1.8881545897087503e289,
    () => -123456789,
    () => [-1.8881545897087503e289],
    () => new Uint8Array(2),
  ],
  ...[
    () => JSON.parse('{"__proto__": {"domain": "x"}}'),
    () => ({ length: 1, 0: "x" }),
    () => "x".repeat(1000).split(""),
  ],
];

/** Makes a value, a fresh one every time, since some would hurt whoever looks at them, fast-check included. */
export type Maker = () => unknown;

/** Any value at all. */
export const hostileValue: fc.Arbitrary<Maker> = fc.oneof(
  { weight: 5, arbitrary: hostileText.map((text) => named(text, () => text)) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_VALUES.map((make) => named(String(make), make))) },
  {
    weight: 1,
    arbitrary: fc
      .anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 2 })
      .map((value) => named(fc.stringify(value), () => value)),
  },
);

/** With a name that fast-check prints for a case that failed. */
function named(name: string, make: Maker): Maker {
  return Object.assign(() => make(), { [fc.toStringMethod]: () => JSON.stringify(name).slice(0, 500) });
}

function fails(): never {
  throw new TypeError("hands off");
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function circular(): unknown {
  const value: Record<string, unknown> = {};
  return Object.assign(value, { self: value });
}

/** The text that Terraform makes of a template without expressions; undefined where there is one. */
export function plainText(template: string): string | undefined {
  const escaped = /\$\$\{|%%\{|\$\{|%\{/g;
  if ([...template.matchAll(escaped)].some(([found]) => found.length === 2)) return undefined;
  // Terraform drops a byte order mark at the beginning.
  return template.replace(/^\ufeff/, "").replace(/([$%])\1\{/g, "$1{");
}

/** Every expression in the strings of a configuration, keys included, what CDKTF notes about itself apart. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value === "string") return expressionsOf(value);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "//")
    .flatMap(([key, each]) => [...expressionsIn(key), ...expressionsIn(each)]);
}

/** The outermost expressions of a template. */
function expressionsOf(template: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = -1;
  for (const { 0: sign, index } of template.matchAll(/\$\$\{|%%\{|\$\{|%\{|\{|\}/g)) {
    if (sign.length === 3) continue;
    if (depth === 0 && sign.length === 2) start = index;
    if (depth > 0 || sign.length === 2) depth += sign === "}" ? -1 : 1;
    if (depth === 0 && sign === "}" && start >= 0) {
      found.push(template.slice(start, index + 1));
      start = -1;
    }
  }
  if (depth > 0) found.push(template.slice(start));
  return found;
}
