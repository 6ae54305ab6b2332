// The price of the call, for the benchmark: a book of 200 short options, both sides and all together, beside
// the same answers found tick by tick, all ticks at once in columns.
import path from "node:path";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const source = (/** @type {string} */ name) => loadTypeScript(path.join(root, "src", name));
const { amount, black76, callPrices, heldOfRows, readTable, scenario, scenarioBook } =
  source("core/index.ts");
const { exchanges } = source("exchanges/index.ts");
const { underlyingTick } = source("exchanges/underlying-ticks.ts");

const ON = "2026-11-20";
const LEGS = 200;
const SPOT = 3;
const TICKS = 3000;

/**
 * @param {() => number} draw
 * @returns {import("./bench-clock.mjs").Row[]}
 */
export function callPriceRows(draw) {
  const rows = Array.from({ length: LEGS }, () => {
    const right = draw() < 0.5 ? "C" : "P";
    const strike = (2500 + 50 * Math.floor(draw() * 21)) / 1000;
    const exact = black76(right === "C" ? "call" : "put", SPOT, strike, 0.6, 0.15 + 0.2 * draw());
    const code = `510050${right}2706M0${Math.round(strike * 1000)}`;
    return [code, 1 + Math.floor(draw() * 20), Math.round(exact * 10_000) / 10_000, SPOT];
  });
  const heldOf = heldOfRows(exchanges, { on: ON, markup: amount("0"), dayOfCell: () => undefined });
  const positions = readTable([["合约", "手数", "结算价", "标的价"], ...rows]).map(
    (/** @type {object} */ row) => heldOf(row).position,
  );
  const book = scenarioBook(positions, [], { on: ON, basis: "cash" });
  /** @type {number} */
  const equity = Math.round(scenario(book, {}).margin.toNumber() / 0.8);
  const asked = { equity: amount(String(equity)), line: amount("1"), tickOf: underlyingTick };

  /** @param {object[]} shocks */
  const firstOf = (shocks) =>
    book.outcomes(shocks).margins.findIndex((/** @type {number} */ margin) => margin >= equity) + 1;
  const steps = (/** @type {number} */ count, /** @type {(n: number) => object} */ shock) =>
    Array.from({ length: count }, (_, n) => shock(n + 1));
  const at = (/** @type {number} */ ticks) => ({
    prices: new Map([["510050", amount("0.001").times(TICKS + ticks)]]),
  });
  const all = (/** @type {number} */ steps) => ({ move: amount("0.0001").times(steps) });
  const walks = [
    steps(TICKS - 1, (n) => at(-n)),
    steps(TICKS, at),
    steps(9999, (n) => all(-n)),
    steps(10_000, all),
  ];
  return [
    {
      name: {
        zh: "触线价，200 腿，上下两侧与全部标的",
        en: "the price of the call, 200 legs, both sides and all together",
      },
      ours: {
        count: 1,
        run: () => {
          const [one, together] = callPrices(book, asked);
          const ticks = [one.below, one.above].map(({ price }) =>
            price.minus(SPOT).abs().times(1000).toNumber(),
          );
          const shares = [together.below, together.above].map(({ move }) =>
            move.abs().times(10_000).toNumber(),
          );
          return [...ticks, ...shares].reduce((sum, n) => sum + n, 0);
        },
      },
      peers: [
        {
          name: { zh: "逐跳计算（按列）", en: "the same tick by tick, in columns" },
          count: 1,
          run: () => walks.reduce((sum, shocks) => sum + firstOf(shocks), 0),
        },
      ],
    },
  ];
}
