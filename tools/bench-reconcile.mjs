// A long statement for the benchmark: what reading and reconciling it costs, beside what a script does that decodes the
// text, splits it at its separators and works each row out in decimal.js.
import path from "node:path";
import { fileURLToPath } from "node:url";
import Decimal from "decimal.js";
import { median, random } from "./bench-clock.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const ROWS = 100_000;
const ROUNDS = 9;
/** Rounds that only warm up: a runtime compiles what it has seen often, and the last of it in the seventh. */
const WARM = 8;
/** What the broker adds to the exchange's rate. */
const POINTS = "0.03";
const ON = "2026-11-20";

/** Exchange, underlying, its options' name, unit, rate, price, strike step and how its options are written. */
const PRODUCTS = /** @type {const} */ ([
  ["大商所", "m2701", "豆粕期权", 10, "0.07", 2985, 50, "-"],
  ["大商所", "c2701", "玉米期权", 10, "0.08", 2312, 20, "-"],
  ["大商所", "i2701", "铁矿石期权", 100, "0.11", 782, 10, "-"],
  ["上期所", "cu2701", "铜期权", 5, "0.09", 86510, 1000, ""],
  ["上期所", "au2702", "黄金期权", 1000, "0.12", 921.46, 8, ""],
  ["上期所", "rb2701", "螺纹钢期权", 10, "0.08", 3307, 50, ""],
  ["能源中心", "sc2702", "原油期权", 1000, "0.1", 498.6, 10, ""],
  ["郑商所", "SR701", "白糖期权", 10, "0.07", 5751, 100, ""],
  ["郑商所", "CF701", "棉花期权", 5, "0.08", 13485, 200, ""],
  ["郑商所", "TA701", "PTA期权", 5, "0.08", 4702, 50, ""],
  ["广期所", "si2701", "工业硅期权", 5, "0.09", 9355, 100, "-"],
]);
/** Strikes of each underlying, either side of its price. */
const STRIKES = 24;
/** One row of so many is long. */
const LONGS = 1000;

/** @typedef {{ price: string, unit: number, rate: string }} Underlying */
/** @type {ReadonlyMap<string, Underlying>} */
const underlyings = new Map(
  PRODUCTS.map(([, code, , unit, rate, price]) => [code, { price: String(price), unit, rate }]),
);

/** What the reconciliation is given beside the statement. */
export const given = {
  on: ON,
  prices: Object.fromEntries([...underlyings].map(([code, { price }]) => [code, price])),
  rates: Object.fromEntries(
    [...underlyings].map(([code, { rate }]) => [
      /** @type {string} */ (/^[A-Za-z]+/.exec(code)?.[0]),
      { exchange: rate },
    ]),
  ),
};

/**
 * A row's margin by the exchanges' rule for options on futures, with the broker's points, to the fen.
 * @param {Underlying} underlying
 * @param {string} right
 * @param {string} strike
 * @param {Decimal} settlement
 * @param {Decimal} lots
 */
function plainMargin({ price, unit, rate }, right, strike, settlement, lots) {
  const future = new Decimal(price);
  const out = right === "C" ? new Decimal(strike).minus(future) : future.minus(strike);
  const part = future.times(new Decimal(rate).plus(POINTS));
  const basic = part.minus(Decimal.max(out, 0).times("0.5"));
  return settlement
    .plus(Decimal.max(basic, part.times("0.5")))
    .times(unit)
    .times(lots)
    .toDecimalPlaces(2);
}

const decoder = new TextDecoder("gb18030");
/** @type {Map<string, number>} */
const pairs = new Map();
for (let high = 0xb0; high < 0xf8; high++) {
  for (let low = 0xa1; low < 0xff; low++) {
    pairs.set(decoder.decode(Uint8Array.of(high, low)), high * 256 + low);
  }
}
for (let low = 0xa1; low < 0xff; low++) {
  pairs.set(decoder.decode(Uint8Array.of(0xa3, low)), 0xa300 + low);
}

/** Texts as brokers' files have them; the platform decodes GBK but does not encode it. */
function toGbk(/** @type {string} */ text) {
  const bytes = new Uint8Array(text.length * 2);
  let at = 0;
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    const pair = pairs.get(letter);
    if (code < 128) bytes[at++] = code;
    else if (pair === undefined) throw new Error(`not in GBK: ${letter}`);
    else {
      bytes[at++] = pair >> 8;
      bytes[at++] = pair & 255;
    }
  }
  return bytes.subarray(0, at);
}

/** As many blanks as a cell's bytes leave. */
const gap = (/** @type {string} */ text, /** @type {number} */ width) =>
  " ".repeat(Math.max(width - text.replace(/[^ -~]/g, "..").length, 0));
const left = (/** @type {string} */ text, /** @type {number} */ width) => text + gap(text, width);
const right = (/** @type {string} */ text, /** @type {number} */ width) => gap(text, width) + text;

const RULE = "-".repeat(190);

/** A table as it is printed: header in two languages, rows, and a row that counts and adds up. */
const table = (
  /** @type {string} */ title,
  /** @type {readonly string[]} */ headers,
  /** @type {readonly string[]} */ rows,
  /** @type {string} */ sums,
) => [title, RULE, ...headers, RULE, ...rows, RULE, `|共 ${rows.length}条${sums}`, RULE, ""];

const SUMMARY = [
  "|       品种       |      合约      |    买持     |   买均价    |     卖持     |    卖均价    |  昨结算  |  今结算  |持仓盯市盈亏|  保证金占用   |   投/保    |   多头期权市值   |   空头期权市值    |",
  "|     Product      |   Instrument   |  Long Pos.  |Avg Buy Price|  Short Pos.  |Avg Sell Price|Prev. Sttl|Sttl Today|  MTM P/L   |Margin Occupied|    S/H     |Market Value(Long)|Market Value(Short)|",
];
const DETAIL = [
  "| 交易所 |       品种       |      合约      |开仓日期 |   投/保    |买/卖|持仓量 |    开仓价     |     昨结算     |     结算价     |  浮动盈亏  | 盯市盈亏  |  保证金   |       期权市值       |",
  "|Exchange|     Product      |   Instrument   |Open Date|    S/H     | B/S |Positon|Pos. Open Price|   Prev. Sttl   |Settlement Price| Accum. P/L |  MTM P/L  |  Margin   |Market Value(Options) |",
];

/**
 * @typedef {object} Row
 * @property {(typeof PRODUCTS)[number]} product
 * @property {string} code
 * @property {boolean} isLong
 * @property {number} lots
 * @property {Decimal} settlement
 * @property {number} tick
 * @property {Decimal} margin
 * @property {Decimal} value
 * @property {string} open
 */

/**
 * @param {(n: number) => number} below
 * @param {boolean} isLong
 * @param {Map<string, Decimal>} prices
 * @returns {Row}
 */
function rowOf(below, isLong, prices) {
  const product = /** @type {(typeof PRODUCTS)[number]} */ (PRODUCTS[below(PRODUCTS.length)]);
  const [, underlying, , unit, , price, step, dash] = product;
  const way = below(2) === 0 ? "C" : "P";
  const strike = String(Math.round(price / step) * step + step * (below(STRIKES) - STRIKES / 2));
  const tick = unit === 1000 ? 0.05 : 0.5;
  const code = `${underlying}${dash}${way}${dash}${strike}`;
  // A contract has one price.
  const drawn = new Decimal(tick).times(1 + below(400));
  const settlement = prices.get(code) ?? drawn;
  prices.set(code, settlement);
  // Two lots' margin is in whole fen, so that openings add up to their summary.
  const lots = 2 * (1 + below(25));
  const of = /** @type {Underlying} */ (underlyings.get(underlying));
  return {
    ...{ product, code, isLong, lots, settlement, tick },
    margin: isLong ? new Decimal(0) : plainMargin(of, way, strike, settlement, new Decimal(lots)),
    value: settlement.times(lots).times(unit),
    open: settlement.plus(tick * below(9)).toFixed(3),
  };
}

/** One line of the summary, both sides beside each other. */
function summaryLine(/** @type {Row} */ row) {
  const { product, code, isLong, settlement, tick, margin, value } = row;
  const [lots, open] = [String(row.lots), row.open];
  const cells = [
    ...[left(product[2], 14), right(code, 14)],
    ...[right(isLong ? lots : "0", 8), right(isLong ? open : "0.000", 11)],
    ...[right(isLong ? "0" : lots, 8), right(isLong ? "0.000" : open, 11)],
    ...[right(settlement.plus(tick).toFixed(3), 10), right(settlement.toFixed(3), 10)],
    ...[right("0.00", 10), right(margin.toFixed(2), 14), left("投机", 6)],
    ...[
      right(isLong ? value.toFixed(2) : "0.00", 14),
      right(isLong ? "0.00" : value.toFixed(2), 14),
    ],
  ];
  return `|${cells.join("|")}|`;
}

/** One line of the openings. */
function detailLine(/** @type {Row} */ row, /** @type {string} */ day) {
  const { product, code, isLong, settlement, tick, margin, value, lots, open } = row;
  const cells = [
    ...[left(product[0], 8), left(product[2], 14), right(code, 14), right(day, 9)],
    ...[left("投机", 6), isLong ? "买   " : "   卖", right(String(lots), 7), right(open, 11)],
    ...[right(settlement.plus(tick).toFixed(3), 10), right(settlement.toFixed(3), 10)],
    ...[right("0.00", 10), right("0.00", 10), right(margin.toFixed(2), 14)],
    right(value.toFixed(2), 14),
  ];
  return `|${cells.join("|")}|`;
}

/** @param {Iterable<Row>} rows */
function sumsOf(rows) {
  const sums = { long: 0, short: 0, margin: new Decimal(0) };
  for (const { isLong, lots, margin } of rows) {
    sums[isLong ? "long" : "short"] += lots;
    sums.margin = sums.margin.plus(margin);
  }
  return sums;
}

/**
 * The bytes of a statement whose rows fit the broker's rule, every thousandth long and without margin: a summary of so
 * many rows, or so many openings and their summary.
 * @param {() => number} draw
 */
export function longStatement(draw, rows = ROWS, { withOpenings = false } = {}) {
  const below = (/** @type {number} */ n) => Math.floor(draw() * n);
  /** @type {Row[]} */
  const drawn = [];
  /** @type {Map<string, Decimal>} */
  const prices = new Map();
  for (let i = 0; i < rows; i++) drawn.push(rowOf(below, i % LONGS === LONGS - 1, prices));
  /** @type {Row[]} */
  let held = drawn;
  /** @type {string[]} */
  let openings = [];
  if (withOpenings) {
    /** @type {Map<string, Row>} */
    const whole = new Map();
    const lines = drawn.map((row) => {
      const key = `${row.code} ${row.isLong}`;
      const before = whole.get(key);
      whole.set(key, {
        ...row,
        lots: row.lots + (before?.lots ?? 0),
        margin: row.margin.plus(before?.margin ?? 0),
        value: row.value.plus(before?.value ?? 0),
      });
      return detailLine(row, `202611${String(1 + below(20)).padStart(2, "0")}`);
    });
    held = [...whole.values()];
    const { long, short, margin } = sumsOf(held);
    const sums = `||||||${long + short}||||0.00|0.00|${margin.toFixed(2)}||`;
    openings = table("持仓明细 Positions Detail", DETAIL, lines, sums);
  }
  const { long, short, margin } = sumsOf(held);
  const inUse = margin.toFixed(2);
  const sums = `||${long}||${short}||||0.00|${inUse}||||`;
  return toGbk(
    [
      "示例期货有限公司",
      "制表时间 Creation Date：20261120",
      "交易结算单(盯市) Settlement Statement(MTM)",
      "客户号 Client ID：  90000001        客户名称 Client Name：测试客户",
      "日期 Date：20261120",
      "资金状况  币种：人民币  Account Summary  Currency：CNY",
      `期初结存 Balance b/f：  ${inUse}  客户权益 Client Equity：：  ${inUse}`,
      `期末结存 Balance c/f：  ${inUse}  保证金占用 Margin Occupied：  ${inUse}`,
      "",
      ...openings,
      ...table("持仓汇总 Positions", SUMMARY, held.map(summaryLine), sums),
    ].join("\r\n"),
  );
}

const CODE = /^([A-Za-z]+\d+)-?([CP])-?(\d+)$/;
const FEN = new Decimal("0.01");

/** The peer: rows that fit, what they were charged, and how many sums and values differ. */
export function splitAndDecimals(/** @type {Uint8Array} */ bytes) {
  let [fits, differ] = [0, 0];
  let margin = new Decimal(0);
  /** @type {Map<string, { lots: Decimal, margin: Decimal }>} */
  const opened = new Map();
  let isDetail = false;
  for (const line of new TextDecoder("gb18030").decode(bytes).split("\r\n")) {
    if (!line.startsWith("|")) {
      if (line.startsWith("持仓")) isDetail = line.startsWith("持仓明细");
      continue;
    }
    const cells = line.split("|");
    const cell = (/** @type {number} */ at) => /** @type {string} */ (cells[at]).trim();
    const code = cell(isDetail ? 3 : 2);
    const [, underlying = "", way = "", strike = ""] = CODE.exec(code) ?? [];
    const of = underlyings.get(underlying);
    if (!of) {
      if (!isDetail && line.startsWith("|共") && !margin.equals(cell(10))) differ++;
      continue;
    }
    const isLong = isDetail ? cell(6) === "买" : cell(3) !== "0";
    const lots = new Decimal(cell(isDetail ? 7 : isLong ? 3 : 5));
    const settlement = new Decimal(cell(isDetail ? 10 : 8));
    const printed = new Decimal(cell(isDetail ? 13 : 10));
    const value = settlement.times(lots).times(of.unit);
    if (
      value
        .minus(cell(isDetail ? 14 : isLong ? 12 : 13))
        .abs()
        .greaterThan(FEN)
    )
      differ++;
    const key = `${code} ${isLong} ${cell(isDetail ? 5 : 11)}`;
    if (isDetail) {
      const known = opened.get(key);
      opened.set(key, {
        lots: known ? known.lots.plus(lots) : lots,
        margin: known ? known.margin.plus(printed) : printed,
      });
      continue;
    }
    const openings = opened.get(key);
    if (openings && !(openings.lots.equals(lots) && openings.margin.equals(printed))) differ++;
    const expected = isLong ? new Decimal(0) : plainMargin(of, way, strike, settlement, lots);
    if (expected.equals(printed)) fits++;
    margin = margin.plus(printed);
  }
  return { fits, differ, margin: margin.toFixed() };
}

/** The clock's time or the processor's, whichever is less, in milliseconds. */
async function milliseconds(/** @type {() => unknown} */ run) {
  const [start, before] = [process.hrtime.bigint(), process.cpuUsage()];
  const answer = await run();
  const { user, system } = process.cpuUsage(before);
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  return { answer, took: Math.min(wall, (user + system) / 1000) };
}

/**
 * Reads and reconciles a statement of 100,000 rows in turns with its peer.
 * @param {() => number} draw
 * @returns {Promise<import("./bench-statement.mjs").Took>}
 */
export async function benchReconcile(draw, { withOpenings = false } = {}) {
  const load = (/** @type {string} */ file) => loadTypeScript(path.resolve(`src/${file}.ts`));
  const { readStatement } = load("statements/index");
  const { reconciliation, DEFAULT_PROFILE } = load("account/index");
  const { amount } = load("core/index");
  const bytes = longStatement(draw, ROWS, { withOpenings });
  const prices = Object.fromEntries(
    Object.entries(given.prices).map(([code, price]) => [code, amount(price)]),
  );
  const profile = { ...DEFAULT_PROFILE, products: given.rates };
  const reconcile = (/** @type {any} */ statement) => {
    const { counts, bridge } = reconciliation({ statement, prices, today: given.on, profile });
    const { problems } = statement;
    return { fits: counts.matching, differ: problems.length, margin: bridge.to.toFixed() };
  };
  /** @type {Record<"read" | "reconciled" | "peer", number[]>} */
  const took = { read: [], reconciled: [], peer: [] };
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const read = await milliseconds(() => readStatement(bytes, "statement.txt"));
    const ours = await milliseconds(() => reconcile(read.answer));
    const peer = await milliseconds(() => splitAndDecimals(bytes));
    const [mine, theirs] = [JSON.stringify(ours.answer), JSON.stringify(peer.answer)];
    if (mine !== theirs) throw new Error(`the reconciliation says ${mine}, its peer ${theirs}`);
    if (round < WARM) continue;
    took.read.push(read.took);
    took.reconciled.push(ours.took);
    took.peer.push(peer.took);
  }
  return {
    read: median(took.read),
    reconciled: median(took.reconciled),
    peer: median(took.peer),
    rounds: took.peer.map((peer, i) => peer / (Number(took.read[i]) + Number(took.reconciled[i]))),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const withOpenings = process.argv.includes("openings");
  console.log(JSON.stringify(await benchReconcile(random(), { withOpenings })));
}
