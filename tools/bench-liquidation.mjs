// What to close, for the benchmark: accounts of 200 short options over their line, and the same question put to an
// independent solver as an integer programme.
import path from "node:path";
import highsLoader from "highs";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const { amount, liquidation } = loadTypeScript(path.join(root, "src", "core", "index.ts"));
const highs = await highsLoader();

const ACCOUNTS = 10;
const LEGS = 200;
/** The first relative gap at which the solver stops of itself is not yet the optimum. */
const OPTIMAL = { mip_rel_gap: 0, mip_abs_gap: 1e-6 };

/** @typedef {{ lots: number, margin: number, cost: number }} Leg yuan a lot */
/** @typedef {{ legs: Leg[], margin: number, equity: number }} Account */

/**
 * Short options of 1 to 20 lots; the account is 2 to 30 per cent over what its equity carries.
 * @param {() => number} draw
 * @returns {Account}
 */
function drawAccount(draw) {
  const legs = Array.from({ length: LEGS }, () => {
    const cost = 50 + Math.floor(draw() * 2000);
    return {
      lots: 1 + Math.floor(draw() * 20),
      margin: 2000 + cost + Math.floor(draw() * 3000),
      cost,
    };
  });
  const margin = legs.reduce((sum, leg) => sum + leg.margin * leg.lots, 0);
  return { legs, margin, equity: Math.round(margin / (1.02 + 0.28 * draw())) };
}

const costOf = (/** @type {Leg} */ { cost }) => cost;
const lotsOf = () => 1;

/**
 * What a plan needs at least, by the solver: what a lot frees beyond its cost has to make up for the excess. It answers
 * the whole question, as ours does: the least of one measure, and then of the plans as good as that the least of the other.
 */
function solved(
  /** @type {Account} */ { legs, margin, equity },
  /** @type {((leg: Leg) => number)[]} */ measures,
) {
  const sum = (/** @type {(leg: Leg) => number} */ of) =>
    legs.map((leg, i) => `${of(leg)} x${i}`).join(" + ");
  const limits = [`line: ${sum((leg) => leg.margin - leg.cost)} >= ${margin - equity}`];
  return measures.reduce((total, measure, at) => {
    const programme = [
      `Minimize\n least: ${sum(measure)}\nSubject To`,
      ...limits,
      `Bounds\n${legs.map(({ lots }, i) => `0 <= x${i} <= ${lots}`).join("\n")}`,
      `General\n${legs.map((_, i) => `x${i}`).join(" ")}\nEnd`,
    ].join("\n");
    const least = Math.round(highs.solve(programme, OPTIMAL).ObjectiveValue);
    limits.push(`measure${at}: ${sum(measure)} <= ${least}`);
    return total + least;
  }, 0);
}

/**
 * @param {() => number} draw
 * @returns {import("./bench-clock.mjs").Row[]}
 */
export function liquidationRows(draw) {
  const accounts = Array.from({ length: ACCOUNTS }, () => drawAccount(draw));
  const asked = accounts.map(({ legs, margin, equity }) => ({
    items: legs.map((leg, i) => ({
      ...{ id: `leg ${i}`, lots: leg.lots },
      margin: amount(String(leg.margin * leg.lots)),
      cost: amount(String(leg.cost * leg.lots)),
    })),
    aim: { margin: amount(String(margin)), equity: amount(String(equity)), line: amount("1") },
  }));
  const row = (
    /** @type {"fewest" | "cheapest"} */ order,
    /** @type {import("./bench-clock.mjs").Words} */ name,
    /** @type {((leg: Leg) => number)[]} */ measures,
  ) => ({
    name,
    ours: {
      count: ACCOUNTS,
      run: () =>
        asked.reduce((sum, { items, aim }) => {
          const { steps, cost, proven } = liquidation(items, { ...aim, order });
          if (!proven) throw new Error(`${name.en}: a plan isn't proved to be the best`);
          const lots = steps.reduce(
            (/** @type {number} */ all, /** @type {Leg} */ s) => all + s.lots,
            0,
          );
          return sum + lots + cost.toNumber();
        }, 0),
    },
    peers: [
      {
        name: { zh: "HiGHS 整数规划，同样的两步", en: "HiGHS, two integer programmes" },
        ...{ count: ACCOUNTS, goal: 30 },
        run: () => accounts.reduce((sum, account) => sum + solved(account, measures), 0),
      },
    ],
  });
  return [
    row(
      "fewest",
      { zh: "平仓方案，200 腿，手数最少", en: "what to close of 200 legs, fewest lots" },
      [lotsOf, costOf],
    ),
    row(
      "cheapest",
      { zh: "平仓方案，200 腿，权利金最少", en: "what to close of 200 legs, least premium" },
      [costOf, lotsOf],
    ),
  ];
}
