// Reading and checking long statements, as rows of the benchmark's results; what they do stands in bench-reconcile.mjs.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { median } from "./bench-clock.mjs";
import { root } from "./config.mjs";

/** A statement and its peer have a process of their own: a person's reader has done nothing else before. */
const ALONE = path.join(root, "tools", "bench-reconcile.mjs");

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
 * @param {boolean} withOpenings
 * @returns {Took}
 */
function tookAlone(withOpenings) {
  const args = ["--no-warnings", ALONE, ...(withOpenings ? ["openings"] : [])];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the long statement: ${stderr}`);
  return JSON.parse(stdout);
}

/** @returns {import("./bench-clock.mjs").Result[]} */
export const statementResults = () =>
  KINDS.map(({ name, withOpenings }) => {
    const { read, reconciled, peer, rounds } = tookAlone(withOpenings);
    const words = { zh: "解码、按分隔符拆开 + decimal.js", en: "decode, split and decimal.js" };
    return {
      name,
      each: (read + reconciled) * MILLISECOND,
      peers: [{ name: words, each: peer * MILLISECOND, times: median(rounds), goal: GOAL }],
    };
  });
