// A reporter for jest: after its own summary, one line that says in every language how the run ended.
module.exports = class SummaryReporter {
  onRunComplete(_, results) {
    // A file that could not be loaded has no tests that could fail; it counts as one.
    const broken = results.testResults.filter((file) => file.testExecError).length;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(`${results.numPassedTests} passed, ${results.numFailedTests + broken} failed${tail}`);
  }
};
