// The order of the test files: the longest come first, so that no core is idle while the last one runs. Those that wait for the most
// part (concurrency, gate, report, replication) are not side by side.
const { default: Sequencer } = require("@jest/test-sequencer");

const LONGEST = [
  "half-done",
  "half-done-session",
  "demo",
  "random-edits",
  "package",
  "removal",
  "closing",
  "concurrency",
  "first-day",
  "session",
  "gate",
  "one-to-one",
  "walk",
  "input-road",
  "report",
  "import-deploy",
  "backend-pg",
  "cli",
  "drift",
  "deploy",
  "replication",
  "examples",
  "upgrade",
  "import",
  "claim",
  "killed-test",
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((name) => path.endsWith(`${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
