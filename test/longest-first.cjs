// The order of the test files: those that take long begin first, so that no core waits at the end for
// the last of them. A clean machine knows no times from earlier runs; these are seconds, roughly.
const SECONDS = {
  "workbench-live": 98,
  "statements-damage": 90,
  columns: 80,
  "pane-desk": 65,
  "pane-rooms": 63,
  taskpane: 61,
  "workbench-import": 60,
  "pane-combine": 40,
  "pane-expiry": 40,
  workbench: 40,
  "pane-import": 30,
  "pane-stale": 25,
  "pane-large": 25,
};

const nameOf = (/** @type {{ path: string }} */ { path }) =>
  path.replace(/^.*[\\/]/, "").replace(/\.test\.ts$/, "");

module.exports = class LongestFirst {
  /** @param {readonly { path: string }[]} tests */
  sort(tests) {
    const seconds = (/** @type {{ path: string }} */ test) => SECONDS[nameOf(test)] ?? 0;
    return [...tests].sort((a, b) => seconds(b) - seconds(a) || (a.path < b.path ? -1 : 1));
  }

  /** @param {readonly { path: string }[]} tests */
  shard(tests) {
    return tests;
  }

  /** @param {readonly { path: string }[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
