// Model prices for the benchmark: the core's own functions beside the npm packages for the same task.
import path from "node:path";
import blackScholes from "black-scholes";
import impliedPeer from "implied-volatility";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const { black76, HKEX_PROFILE, impliedVolatility, modelArray } = loadTypeScript(
  path.join(root, "src", "core", "index.ts"),
);

/** More than a branch predictor remembers. */
const OPTIONS = 100_000;
/** The peers take a thousand times as long; they answer for the first options only. */
const PRICED_BY_PEER = 2_000;
const IMPLIED_BY_PEER = 20;
const FORWARD = 3000;
const RATE = 0.02;

/** Index options scanned over sixteen scenarios, and how many of them the peer scans. */
const SCANNED = 20_000;
const SCANNED_BY_PEER = 100;
const SCAN = { priceScan: 1720, volatilityScan: 0.07, multiplier: 50 };

/** @typedef {{ right: "call" | "put", strike: number, years: number, volatility: number, price: number }} Option */

/**
 * An option out of the money within two deviations, its price in whole cents: the peer looks no closer.
 * @param {() => number} draw
 * @returns {Option}
 */
function drawOption(draw) {
  const years = 0.02 + draw();
  const volatility = 0.1 + 0.4 * draw();
  const strike = FORWARD * Math.exp((4 * draw() - 2) * volatility * Math.sqrt(years));
  const right = strike < FORWARD ? "put" : "call";
  const exact = black76(right, FORWARD, strike, years, volatility, RATE);
  return { right, strike, years, volatility, price: Math.round(exact * 100) / 100 };
}

/**
 * Answers for all of them; the sum is of the first ones, which the peer answers for as well.
 * @param {Option[]} options
 * @param {number} first
 * @param {(option: Option) => number} answer
 */
function summed(options, first, answer) {
  let sum = 0;
  let rest = 0;
  options.forEach((option, at) => {
    if (at < first) sum += answer(option);
    else rest += answer(option);
  });
  return Number.isNaN(rest) ? NaN : sum;
}

/**
 * An index option within a fifth of its future, settled at a whole point.
 * @param {() => number} draw
 */
function drawIndexOption(draw) {
  const underlying = 20_000 + Math.round(10_000 * draw());
  const strike = Math.round((underlying * (0.8 + 0.4 * draw())) / 200) * 200;
  const right = /** @type {"call" | "put"} */ (draw() < 0.5 ? "call" : "put");
  const [years, volatility] = [(2 + Math.floor(400 * draw())) / 365, 0.12 + 0.2 * draw()];
  const settlement = Math.max(1, Math.round(black76(right, underlying, strike, years, volatility)));
  return { right, underlying, strike, years, volatility, settlement };
}

const whole = (/** @type {number[]} */ array) => array.reduce((sum, loss) => sum + loss, 0);

/** @param {ReturnType<typeof drawIndexOption>} option scanned by the peer's prices */
function scannedByPeer({ right, underlying, strike, years, volatility, settlement }) {
  return whole(
    HKEX_PROFILE.scenarios.map(
      (/** @type {any} */ { move: [above, below], volatility: up, cover }) => {
        const price = blackScholes.blackScholes(
          underlying + (SCAN.priceScan * above) / below,
          strike,
          years - 1 / 365,
          Math.max(volatility + up * SCAN.volatilityScan, 0),
          0,
          right,
        );
        return (settlement - price) * SCAN.multiplier * Number(cover);
      },
    ),
  );
}

/** Today's price of what has this forward: the peers know no futures. */
const spot = (/** @type {Option} */ { years }) => FORWARD * Math.exp(-RATE * years);

/**
 * The peers' sums are off by what they leave out: their series ends after a hundred terms, their search at the cent.
 * @param {() => number} draw
 * @returns {import("./bench-clock.mjs").Row[]}
 */
export function priceRows(draw) {
  const options = Array.from({ length: OPTIONS }, () => drawOption(draw));
  const scanned = Array.from({ length: SCANNED }, () => drawIndexOption(draw));
  const onePrice = {
    name: { zh: "npm black-scholes 定一次价", en: "npm black-scholes, one price" },
    count: PRICED_BY_PEER,
    run: () =>
      summed(options.slice(0, PRICED_BY_PEER), PRICED_BY_PEER, (option) =>
        blackScholes.blackScholes(
          spot(option),
          option.strike,
          option.years,
          option.volatility,
          RATE,
          option.right,
        ),
      ),
  };
  return [
    {
      name: { zh: "Black-76，100,000 个价格，每个", en: "Black-76, 100,000 prices, each" },
      ours: {
        count: OPTIONS,
        run: () =>
          summed(options, PRICED_BY_PEER, ({ right, strike, years, volatility }) =>
            black76(right, FORWARD, strike, years, volatility, RATE),
          ),
      },
      peers: [{ ...onePrice, within: 1e-9 }],
    },
    {
      name: {
        zh: "16 种情景的风险阵列，20,000 个期权，每次重新定价",
        en: "16-scenario scan of 20,000 options, each repricing",
      },
      ours: {
        count: 16 * SCANNED,
        run: () => {
          let sum = 0;
          let rest = 0;
          scanned.forEach((option, at) => {
            const losses = whole(modelArray(option, SCAN, HKEX_PROFILE));
            if (at < SCANNED_BY_PEER) sum += losses;
            else rest += losses;
          });
          return Number.isNaN(rest) ? NaN : sum;
        },
      },
      peers: [
        {
          name: { zh: "npm black-scholes", en: "npm black-scholes" },
          ...{ count: 16 * SCANNED_BY_PEER, within: 1e-6, goal: 408 },
          why: {
            zh: "QuantLib（C++）的 1.3 倍：同机同次测得 QuantLib 73 ns，npm black-scholes 22,904 ns",
            en: "1.3 times QuantLib in C++, which took 73 ns where npm black-scholes took 22,904 in the same run",
          },
          run: () =>
            scanned
              .slice(0, SCANNED_BY_PEER)
              .reduce((sum, option) => sum + scannedByPeer(option), 0),
        },
      ],
    },
    {
      name: { zh: "隐含波动率，100,000 个，每个", en: "implied volatility, 100,000, each" },
      ours: {
        count: OPTIONS,
        run: () =>
          summed(options, IMPLIED_BY_PEER, ({ right, price, strike, years }) =>
            impliedVolatility(right, price, FORWARD, strike, years, RATE),
          ),
      },
      peers: [
        {
          name: { zh: "npm implied-volatility", en: "npm implied-volatility" },
          ...{ count: IMPLIED_BY_PEER, within: 1e-2 },
          run: () =>
            summed(options.slice(0, IMPLIED_BY_PEER), IMPLIED_BY_PEER, (option) =>
              impliedPeer.getImpliedVolatility(
                option.price,
                spot(option),
                option.strike,
                option.years,
                RATE,
                option.right,
              ),
            ),
        },
        {
          ...onePrice,
          ...{ other: true, goal: 35 },
          why: {
            zh: "不超过 C++ “Let's be rational” 的 2 倍时间：同机同次测得它 332 ns，npm black-scholes 定一次价 22,904 ns；npm implied-volatility 的步数随期权而变，不宜换算",
            en: "at most twice the time of “Let's be rational” in C++, which took 332 ns where one price of npm black-scholes took 22,904 in the same run; npm implied-volatility takes more or fewer steps with the option, and converts nothing",
          },
        },
      ],
    },
  ];
}
