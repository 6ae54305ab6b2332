// What was skipped and why, and the run's last line in a form a script can read: "12 passed, 0 failed".
module.exports = class CountReporter {
  /**
   * @param {unknown} _contexts
   * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number, numPendingTests: number, testResults: { testResults: { status: string, title: string }[] }[] }} results
   */
  onRunComplete(_contexts, results) {
    // A file that doesn't even load has no tests to count; it's a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // After the default reporter's summary, which jest writes once all reporters were told.
    process.once("exit", () => {
      if (results.numPendingTests > 0) {
        // A test that says itself why it isn't run has the reason in its title.
        const named = results.testResults
          .flatMap((file) => file.testResults)
          .filter(({ status, title }) => status === "pending" && title.startsWith("not run: "))
          .map(({ title }) => title.slice("not run: ".length));
        const reasons = [process.env.BROWSER_PROBLEM, ...named].filter(Boolean).join("; ");
        process.stdout.write(`${results.numPendingTests} skipped: ${reasons || "see above"}\n`);
      }
      process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
    });
  }
};
