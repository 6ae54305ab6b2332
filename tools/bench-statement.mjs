// Reading and checking a long statement, as a row of the benchmark's results; what it does stands in bench-reconcile.mjs.
import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./config.mjs";

const FILE = path.join(root, "tools", "bench-reconcile.mjs");
const MILLISECOND = 1e6;

/** @typedef {{ read: number, reconciled: number, peer: number }} Took milliseconds */

/**
 * @param {() => number} draw
 * @returns {Promise<import("./bench-clock.mjs").Result | undefined>} undefined where nothing measured it
 */
export async function statementResult(draw) {
  if (!existsSync(FILE)) return undefined;
  /** @type {Took | undefined} */
  const took = await (await import("./bench-reconcile.mjs")).benchReconcile(draw);
  if (!took) return undefined;
  const ours = took.read + took.reconciled;
  return {
    name: {
      zh: "读入并核对 100,000 行的账单，整份",
      en: "reading and checking a statement of 100,000 lines, all of it",
    },
    each: ours * MILLISECOND,
    peers: [
      {
        name: { zh: "按分隔符拆开 + decimal.js", en: "split and decimal.js" },
        ...{ each: took.peer * MILLISECOND, times: took.peer / ours, goal: 20 },
      },
    ],
  };
}
