// What was skipped and why, and the run's last line in a form a script can read: "12 passed, 0 failed".
module.exports = class CountReporter {
  /**
   * @param {unknown} _contexts
   * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, numPendingTests: number }} results
   */
  onRunComplete(_contexts, results) {
    // A file that doesn't even load has no tests to count; it's a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // After the default reporter's summary, which jest writes once all reporters were told.
    process.once("exit", () => {
      if (results.numPendingTests > 0) {
        const reason = process.env.BROWSER_PROBLEM ?? "see above";
        process.stdout.write(`${results.numPendingTests} skipped: ${reason}\n`);
      }
      process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
    });
  }
};
