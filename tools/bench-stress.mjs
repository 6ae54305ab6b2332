// What if, for the benchmark: a book of 200 short options at 41 x 41 moves of price and volatility, beside the
// same scenarios worked out plainly: a textbook price for each option, rounded to its tick, and the rule in
// decimal.js.
import path from "node:path";
import Decimal from "decimal.js";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const source = (/** @type {string} */ name) => loadTypeScript(path.join(root, "src", name));
const { amount, black76, heldOfRows, impliedVolatility, readTable, scenarioBook } =
  source("core/index.ts");
const { exchanges } = source("exchanges/index.ts");

const ON = "2026-11-20";
/** To the fourth Wednesday of June 2027. */
const YEARS = 215 / 365;
const LEGS = 200;
const SPOT = 3;
const STEPS = 41;
/** The peer works out so many of the grid's scenarios, from corner to corner. */
const GRID_BY_PEER = 8;
const TICK = 10_000;

/** @typedef {{ right: "C" | "P", strike: number, price: number, lots: number, volatility: number }} Leg */
/** @typedef {{ move: number, volatility: number }} Shock */

/**
 * @param {() => number} draw
 * @returns {Leg[]}
 */
function drawLegs(draw) {
  return Array.from({ length: LEGS }, () => {
    const right = draw() < 0.5 ? "C" : "P";
    const strike = (2500 + 50 * Math.floor(draw() * 21)) / 1000;
    const name = right === "C" ? "call" : "put";
    const exact = black76(name, SPOT, strike, YEARS, 0.15 + 0.2 * draw());
    const price = Math.round(exact * TICK) / TICK;
    const volatility = impliedVolatility(name, price, SPOT, strike, YEARS);
    return { right, strike, price, lots: 1 + Math.floor(draw() * 20), volatility };
  });
}

/** The normal distribution by the polynomial of Abramowitz and Stegun, 26.2.17, as found everywhere. */
function normal(/** @type {number} */ x) {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    0.3989422804014327 *
    Math.exp((-x * x) / 2) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x > 0 ? 1 - tail : tail;
}

/** A book's margin in one scenario, plainly. */
function plain(/** @type {Leg[]} */ legs, /** @type {Shock} */ { move, volatility }) {
  const S = new Decimal(SPOT).times(new Decimal(move).plus(1));
  const spot = S.toNumber();
  let total = new Decimal(0);
  for (const leg of legs) {
    const deviation = leg.volatility * (1 + volatility) * Math.sqrt(YEARS);
    const d1 = Math.log(spot / leg.strike) / deviation + deviation / 2;
    const d2 = d1 - deviation;
    const model =
      leg.right === "C"
        ? spot * normal(d1) - leg.strike * normal(d2)
        : leg.strike * normal(-d2) - spot * normal(-d1);
    const p = new Decimal(Math.max(Math.round(model * TICK), 1)).dividedBy(TICK);
    const K = new Decimal(leg.strike);
    const out = Decimal.max(leg.right === "C" ? K.minus(S) : S.minus(K), 0);
    const floor = (leg.right === "C" ? S : K).times("0.07");
    const needed = p.plus(Decimal.max(S.times("0.12").minus(out), floor));
    const margin = leg.right === "C" ? needed : Decimal.min(needed, K);
    total = total.plus(margin.times(10_000).times(leg.lots));
  }
  return total.toNumber();
}

/**
 * The peer's polynomial is good to seven digits, so now and then it rounds to another tick.
 * @param {() => number} draw
 * @returns {import("./bench-clock.mjs").Row[]}
 */
export function stressRows(draw) {
  const legs = drawLegs(draw);
  const rows = [
    ["合约", "手数", "结算价", "标的价"],
    ...legs.map(({ right, strike, price, lots }) => [
      `510050${right}2706M0${Math.round(strike * 1000)}`,
      ...[lots, price, SPOT],
    ]),
  ];
  const heldOf = heldOfRows(exchanges, { on: ON, markup: amount("0"), dayOfCell: () => undefined });
  const positions = readTable(rows).map((/** @type {object} */ row) => heldOf(row).position);
  const book = scenarioBook(positions, [], { on: ON, basis: "cash" });
  const moves = Array.from({ length: STEPS }, (_, i) => (i - 20) / 100);
  const volatilities = moves.map((move) => move * 2);
  const grid = moves.flatMap((move) => volatilities.map((volatility) => ({ move, volatility })));
  const exactly = new Map([...moves, ...volatilities].map((n) => [n, amount(String(n))]));
  const shocks = grid.map(({ move, volatility }) => ({
    move: exactly.get(move),
    volatility: exactly.get(volatility),
  }));
  const byPeer = Array.from({ length: GRID_BY_PEER }, (_, i) =>
    Math.round((i * (grid.length - 1)) / (GRID_BY_PEER - 1)),
  );
  const one = { move: 0.013, volatility: 0.1 };
  const oneShock = { move: amount("0.013"), volatility: amount("0.1") };
  const peer = {
    name: { zh: "直接定价 + decimal.js", en: "plain pricing and decimal.js" },
    within: 1e-5,
  };
  return [
    {
      name: { zh: "如果：41 × 41 × 200 腿，每腿", en: "what if: 41 × 41 × 200 legs, each leg" },
      ours: {
        count: grid.length * LEGS,
        run: () => {
          const { margins } = book.outcomes(shocks);
          return byPeer.reduce((sum, at) => sum + margins[at], 0);
        },
      },
      peers: [
        {
          ...peer,
          ...{ count: GRID_BY_PEER * LEGS, goal: 60 },
          run: () =>
            byPeer.reduce((sum, at) => sum + plain(legs, /** @type {Shock} */ (grid[at])), 0),
        },
      ],
    },
    {
      name: { zh: "如果：一种情景，200 腿", en: "what if: one scenario of 200 legs" },
      ours: {
        count: 20,
        run: () => {
          let sum = 0;
          for (let i = 0; i < 20; i++) sum += book.outcomes([oneShock]).margins[0];
          return sum;
        },
      },
      peers: [
        {
          ...{ ...peer, count: 4 },
          run: () => {
            let sum = 0;
            for (let i = 0; i < 4; i++) sum += 5 * plain(legs, one);
            return sum;
          },
        },
      ],
    },
  ];
}
