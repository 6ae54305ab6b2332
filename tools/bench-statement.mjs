// Reading and checking long statements, as rows of the benchmark's results; what they do stands in bench-reconcile.mjs.
import { median } from "./bench-clock.mjs";
import { benchReconcile } from "./bench-reconcile.mjs";

const MILLISECOND = 1e6;
const GOAL = 20;

/** @typedef {{ read: number, reconciled: number, peer: number, rounds: readonly number[] }} Took milliseconds, and how many times as fast in each round */

const KINDS = [
  {
    withOpenings: false,
    name: {
      zh: "读入并核对 100,000 行的账单（持仓汇总），整份",
      en: "reading and checking a statement of 100,000 lines (持仓汇总), all of it",
    },
  },
  {
    withOpenings: true,
    name: {
      zh: "读入并核对有 100,000 行持仓明细及其汇总的账单，整份",
      en: "reading and checking a statement of 100,000 openings (持仓明细) and their summary, all of it",
    },
  },
];

/**
 * @param {() => number} draw
 * @returns {Promise<import("./bench-clock.mjs").Result[]>}
 */
export async function statementResults(draw) {
  /** @type {import("./bench-clock.mjs").Result[]} */
  const results = [];
  for (const { name, withOpenings } of KINDS) {
    const { read, reconciled, peer, rounds } = await benchReconcile(draw, { withOpenings });
    results.push({
      name,
      each: (read + reconciled) * MILLISECOND,
      peers: [
        {
          name: { zh: "解码、按分隔符拆开 + decimal.js", en: "decode, split and decimal.js" },
          ...{ each: peer * MILLISECOND, times: median(rounds), goal: GOAL },
        },
      ],
    });
  }
  return results;
}
