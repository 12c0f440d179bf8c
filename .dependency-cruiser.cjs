// Which room may know which: imports point down this list, never up and never in a circle, those of types included.
const ROOMS = [
  ["app", "^(main\\.ts$|environments/)"],
  ["commands", "^constructs/commands/"],
  ["public face", "^constructs/[^/]+\\.ts$"],
  ["review", "^constructs/private/review/"],
  ["import", "^constructs/private/import/"],
  ["lync", "^constructs/private/lync/"],
  ["bookkeeping", "^constructs/private/bookkeeping/"],
  ["terraform", "^constructs/private/terraform/"],
  ["validation", "^constructs/private/validation/"],
];

const upward = ROOMS.slice(1).map(([name, path], index) => ({
  name: `no import from ${name} up`,
  severity: "error",
  from: { path },
  to: { path: ["^test/", ...ROOMS.slice(0, index + 1).map(([, above]) => above)] },
}));

module.exports = {
  forbidden: [
    { name: "no circle", severity: "error", from: {}, to: { circular: true } },
    ...upward,
    {
      name: "CDKTF is known in private/terraform alone, and by the stack that is one of its classes",
      severity: "error",
      from: {
        path: "^constructs/",
        pathNot: "^constructs/(private/terraform/|push-notification-stack\\.ts$)",
      },
      to: { path: "node_modules/(cdktf|@cdktf)/" },
    },
    {
      name: "the simulator knows nothing of the product",
      severity: "error",
      from: { path: "^test/simulator/", pathNot: "\\.test\\.ts$" },
      to: { path: "^constructs/" },
    },
    {
      name: "an example knows the public face alone, as an app elsewhere does",
      severity: "error",
      from: { path: "^examples/" },
      to: { path: "^(constructs|environments|test)/", pathNot: "^constructs/index\\.ts$" },
    },
    {
      name: "a test's support knows no test",
      severity: "error",
      from: { path: "^test/(support|demo)/" },
      to: { path: "^test/(?!support/|demo/|simulator/ask)" },
    },
    {
      name: "everything resolves",
      severity: "error",
      // Its package is not built yet where this is checked.
      from: { pathNot: "^examples/cdktn/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Packages that are for `import` alone, as well.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
    tsConfig: { fileName: require.resolve("./examples/tsconfig.json") },
    reporterOptions: { mermaid: { minify: false } },
  },
};
