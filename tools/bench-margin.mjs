// The margin of many contracts, for the benchmark: in columns, in a table function's rows, and call by call.
import path from "node:path";
import Decimal from "decimal.js";
import { numpyIsHere, numpyMargins } from "./bench-numpy.mjs";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const source = (/** @type {string} */ name) => loadTypeScript(path.join(root, "src", name));
const { column } = source("core/columns.ts");
const { marginDoubles } = source("core/margins.ts");
const { amount } = source("core/number.ts");
const { sse } = source("exchanges/sse.ts");

const CONTRACTS = 1_000_000;
/** So many of them are a sheet's rows, and all that decimal.js answers for. */
const ROWS = 100_000;
const CALLS = 20_000;
const ON = "2026-11-20";
const UNIT = 10_000;

const to = (/** @type {number} */ n, /** @type {number} */ decimals) =>
  Math.round(n * 10 ** decimals) / 10 ** decimals;

/** The rule in plain decimal.js: no reading, no checks, no working. */
function plain(
  /** @type {number} */ settlement,
  /** @type {number} */ underlying,
  /** @type {number} */ strike,
) {
  const S = new Decimal(underlying);
  const out = Decimal.max(new Decimal(strike).minus(S), 0);
  const basic = S.times("0.12").minus(out);
  return new Decimal(settlement)
    .plus(Decimal.max(basic, S.times("0.07")))
    .times(UNIT)
    .toNumber();
}

const DECIMAL = { zh: "decimal.js 直接计算", en: "decimal.js used plainly" };

/**
 * @param {() => number} draw
 * @param {(id: string) => (...args: any[]) => any} known a function of the built bundle
 * @returns {import("./bench-clock.mjs").Row[]}
 */
export function marginRows(draw, known) {
  const [settlements, underlyings, strikes] = [
    new Float64Array(CONTRACTS),
    new Float64Array(CONTRACTS),
    new Float64Array(CONTRACTS),
  ];
  const whole = new BigInt64Array(3 * CONTRACTS);
  for (let i = 0; i < CONTRACTS; i++) {
    settlements[i] = to(0.0001 + draw() * 0.3, 4);
    underlyings[i] = to(2 + draw() * 2, 3);
    strikes[i] = to(2 + draw() * 2, 2);
    [settlements, underlyings, strikes].forEach((term, at) => {
      whole[at * CONTRACTS + i] = BigInt(Math.round(/** @type {number} */ (term[i]) * UNIT));
    });
  }
  const terms = (/** @type {number} */ i) =>
    /** @type {[number, number, number]} */ ([settlements[i], underlyings[i], strikes[i]]);
  /** The sum of the first answers, in their order. */
  const summed = (/** @type {number} */ first, /** @type {(i: number) => number} */ answer) => {
    let sum = 0;
    for (let i = 0; i < first; i++) sum += answer(i);
    return sum;
  };
  const byDecimals = (/** @type {number} */ first) => ({
    ...{ name: DECIMAL, count: first },
    run: () => summed(first, (i) => plain(...terms(i))),
  });

  const calls = {
    edition: sse.editions[0],
    contract: {
      right: "call",
      terms: {
        settlement: column(settlements),
        underlying: column(underlyings),
        strike: column(strikes),
        multiplier: amount(String(UNIT)),
      },
    },
    lots: amount("1"),
    markup: amount("0"),
    height: CONTRACTS,
  };
  const margins = new Float64Array(CONTRACTS);
  const byBigInt = () => {
    for (let i = 0; i < CONTRACTS; i++) {
      const S = /** @type {bigint} */ (whole[CONTRACTS + i]);
      const above = /** @type {bigint} */ (whole[2 * CONTRACTS + i]) - S;
      const basic = S * 12n - (above > 0n ? above : 0n) * 100n;
      const least = S * 7n;
      const rest = basic > least ? basic : least;
      margins[i] = Number(/** @type {bigint} */ (whole[i]) * 100n + rest) / 100;
    }
    return summed(ROWS, (i) => /** @type {number} */ (margins[i]));
  };
  /** Nothing but reading three columns and writing one. */
  const byMemory = () => {
    for (let i = 0; i < CONTRACTS; i++) {
      margins[i] = /** @type {any} */ (settlements[i]) + underlyings[i] + strikes[i];
    }
    return /** @type {number} */ (margins[0]);
  };

  const code = (/** @type {number} */ strike) =>
    `510050C2612M${String(Math.round(strike * 1000)).padStart(5, "0")}`;
  const table = [
    ["合约", "手数", "结算价", "标的价"],
    ...Array.from({ length: ROWS }, (_, i) => {
      const [settlement, underlying, strike] = terms(i);
      return [code(strike), 1, settlement, underlying];
    }),
  ];
  const callMargin = known("SSE.CALLMARGIN");
  const marginTable = known("MARGIN.TABLE");
  const ofTable = (/** @type {number} */ first) => () => {
    const rows = marginTable(table, null, ON);
    return summed(first, (i) => rows[i + 1][0]);
  };
  const callByCall = () =>
    summed(CALLS, (i) => callMargin(...terms(i), null, null, null, ON, null, null));

  return [
    {
      name: {
        zh: "1,000,000 个合约的保证金，按列计算，每个",
        en: "margin of 1,000,000 contracts in columns, each",
      },
      ours: {
        count: CONTRACTS,
        run: () => {
          const all = marginDoubles(calls, ["total"]).total;
          return summed(ROWS, (i) => all[i]);
        },
      },
      peers: [
        { ...byDecimals(ROWS), goal: 300 },
        { name: { zh: "BigInt", en: "BigInt" }, count: CONTRACTS, run: byBigInt },
        ...(numpyIsHere()
          ? [
              {
                name: { zh: "NumPy int64", en: "NumPy int64" },
                ...{ count: CONTRACTS, goal: 4 },
                // It adds up whole numbers, ours adds up yuan.
                within: 1e-12,
                run: () => numpyMargins(whole, ROWS),
              },
            ]
          : []),
        {
          name: {
            zh: "只读三列、写一列（下限）",
            en: "three columns read, one written: the floor",
          },
          ...{ count: CONTRACTS, other: true },
          run: byMemory,
        },
      ],
    },
    {
      name: { zh: "MARGIN.TABLE，100,000 行，每行", en: "MARGIN.TABLE, 100,000 rows, each" },
      ours: { count: ROWS, run: ofTable(ROWS) },
      peers: [
        {
          ...byDecimals(ROWS),
          goal: 37,
          why: {
            zh: "LibreOffice 自带公式的 10 倍：同机同次测得 LibreOffice 每行 1,348 ns，decimal.js 4,906 ns",
            en: "ten times LibreOffice's own formulas, which took 1,348 ns a row where decimal.js took 4,906 in the same run",
          },
        },
      ],
    },
    {
      name: {
        zh: "一次数组调用（MARGIN.TABLE）里的一格",
        en: "a cell of one array call (MARGIN.TABLE)",
      },
      ours: { count: ROWS, run: ofTable(CALLS) },
      peers: [
        {
          name: {
            zh: "单独一次 SSE.CALLMARGIN（不含 Excel 自身的开销）",
            en: "one SSE.CALLMARGIN call, without what Excel itself takes",
          },
          ...{ count: CALLS, run: callByCall },
        },
      ],
    },
    {
      name: { zh: "SSE.CALLMARGIN，一次", en: "SSE.CALLMARGIN, one call" },
      ours: { count: CALLS, run: callByCall },
      peers: [byDecimals(CALLS)],
    },
  ];
}
