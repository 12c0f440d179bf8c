// The order of the test files: the longest come first, so that no core is idle while the last one runs.
const { default: Sequencer } = require("@jest/test-sequencer");

const LONGEST = [
  "half-done",
  "random-edits",
  "half-done-session",
  "demo",
  "closing",
  "package",
  "removal",
  "concurrency",
  "one-to-one",
  "input-road",
  "upgrade",
  "deploy",
  "killed-test",
  "cli",
  "claim",
  "drift",
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
