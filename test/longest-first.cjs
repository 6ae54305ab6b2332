// The order of the test files: those that take long begin first, so that no core waits at the end for
// the last of them. A clean machine knows no times from earlier runs; these are seconds,
// roughly.
const SECONDS = {
  columns: 60,
  "statements-damage": 57,
  "workbench-live": 55,
  "pane-rooms": 50,
  "workbench-import": 44,
  "pane-desk": 42,
  taskpane: 33,
  workbench: 40,
  "pane-expiry": 39,
  "pane-combine": 31,
  "pane-import": 24,
  "pane-hong-kong": 27,
  "pane-market": 25,
  "pane-stale": 25,
  "pane-large": 25,
  "views-overflow": 8,
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
