// The order of the test files: the longest come first, so that no core is idle while the last one runs.
const { default: Sequencer } = require("@jest/test-sequencer");

const LONGEST = [
  "half-done",
  "half-done-session",
  "demo",
  "random-edits",
  "concurrency",
  "package",
  "removal",
  "closing",
  "first-day",
  "session",
  "one-to-one",
  "walk",
  "gate",
  "report",
  "backend-pg",
  "input-road",
  "import-deploy",
  "deploy",
  "cli",
  "drift",
  "examples",
  "upgrade",
  "replication",
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
