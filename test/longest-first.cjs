// The order of the test files: those that take long begin first, so that no core waits at the end for
// the last of them. A clean machine knows no times from earlier runs; these are seconds of a
// processor, roughly.
const SECONDS = {
  "pane-rooms": 55,
  columns: 40,
  "pane-expiry": 40,
  "statements-damage": 38,
  "pane-desk": 38,
  workbench: 33,
  taskpane: 32,
  "workbench-import": 30,
  "workbench-live": 30,
  "pane-combine": 30,
  "pane-reconcile": 30,
  "pane-import": 24,
  "pane-market": 23,
  pairing: 17,
  "account-partial": 16,
  "pane-stale": 16,
  liquidation: 15,
  "pane-hong-kong": 15,
  "pane-large": 13,
  "reconcile-cli": 12,
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
