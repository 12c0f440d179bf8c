// How the suite runs: every *.test.ts under test/, transpiled by ts-jest (types are checked by `npm run lint`).

// PowerShell is started a thousand times and never lives long: what .NET does not optimise starts sooner,
// and so does a collector of garbage without a thread of its own, and with so much room (64 MiB) that it seldom has to run.
process.env.DOTNET_JITMinOpts ??= "1";
process.env.DOTNET_TieredCompilation ??= "0";
process.env.DOTNET_gcConcurrent ??= "0";
process.env.DOTNET_GCgen0size ??= "0x4000000";
// Nobody debugs it, nor needs its memory guarded; and below so many cores it keeps no record of what it compiled, which it
// would write anew in every start.
process.env.DOTNET_EnableDiagnostics ??= "0";
process.env.DOTNET_EnableWriteXorExecute ??= "0";
process.env.DOTNET_MultiCoreJitMinNumCpus ??= "ff";
// Terraform lives for a second, too: it collects no garbage before it has this much.
process.env.GOGC ??= "off";
process.env.GOMEMLIMIT ??= "512MiB";

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  globalSetup: "<rootDir>/test/support/run-folder.js",
  transform: { "^.+\\.ts$": ["ts-jest", { diagnostics: false }] },
  testSequencer: "<rootDir>/test/support/longest-first.js",
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
  testTimeout: 120_000,
  // One more than two cores: tests wait for time limits and locks. More would come too near to the time limits, which are real ones.
  maxWorkers: 3,
};
