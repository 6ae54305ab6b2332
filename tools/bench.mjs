// `npm run bench`: what a call costs, beside decimal.js used plainly, in one interleaved run; and the
// size of what a user downloads. Ratios hold from machine to machine; absolute times do not.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import Decimal from "decimal.js";
import highsLoader from "highs";
import { benchBook } from "./bench-book.mjs";
import { callPriceWorkloads } from "./bench-call-price.mjs";
import { priceWorkloads } from "./bench-prices.mjs";
import { stressWorkloads } from "./bench-stress.mjs";
import { buildAddIn } from "./build.mjs";
import { loadTypeScript } from "./load-typescript.mjs";
import { buildWorkbench } from "./workbench.mjs";

const ROUNDS = 7;
const CALLS = 20_000;
const ROWS = 100_000;
const BOOKS = 20;
const ON = "2026-11-20";

const distDir = await buildAddIn();

/** @type {Map<string, (...args: unknown[]) => any>} */
const functions = new Map();
Object.assign(globalThis, {
  CustomFunctions: {
    associate: (/** @type {string} */ id, /** @type {any} */ fn) => functions.set(id, fn),
  },
});
vm.runInThisContext(readFileSync(path.join(distDir, "functions.js"), "utf8"));
const callMargin = known("SSE.CALLMARGIN");
const marginTable = known("MARGIN.TABLE");

/** @param {string} id */
function known(id) {
  const fn = functions.get(id);
  if (!fn) throw new Error(`${id} isn't in the bundle`);
  return fn;
}

/** Numbers that repeat from run to run (mulberry32). */
function random(seed = 20261120) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const draw = random();
const to = (/** @type {number} */ n, /** @type {number} */ decimals) =>
  Math.round(n * 10 ** decimals) / 10 ** decimals;
const contracts = Array.from({ length: ROWS }, () => ({
  settlement: to(0.0001 + draw() * 0.3, 4),
  underlying: to(2 + draw() * 2, 3),
  strike: to(2 + draw() * 2, 2),
}));

/** The rule in plain decimal.js: no reading, no checks, no working. */
function plain(/** @type {(typeof contracts)[number]} */ { settlement, underlying, strike }) {
  const S = new Decimal(underlying);
  const out = Decimal.max(new Decimal(strike).minus(S), 0);
  const basic = S.times("0.12").minus(out);
  return new Decimal(settlement)
    .plus(Decimal.max(basic, S.times("0.07")))
    .times(10000)
    .toNumber();
}

const code = (/** @type {number} */ strike) =>
  `510050C2612M${String(Math.round(strike * 1000)).padStart(5, "0")}`;
const table = [
  ["合约", "手数", "结算价", "标的价"],
  ...contracts.map(({ settlement, underlying, strike }) => [
    code(strike),
    1,
    settlement,
    underlying,
  ]),
];

const core = (/** @type {string} */ name) => loadTypeScript(path.resolve(`src/core/${name}.ts`));
const { column, nearest } = core("columns");
const { marginColumns } = core("margins");
const { amount } = core("number");
const { sse } = loadTypeScript(path.resolve("src/exchanges/sse.ts"));
/** @param {"settlement" | "underlying" | "strike"} term */
const figures = (term) => column(Float64Array.from(contracts, (contract) => contract[term]));
const calls = {
  edition: sse.editions[0],
  contract: {
    right: "call",
    terms: {
      settlement: figures("settlement"),
      underlying: figures("underlying"),
      strike: figures("strike"),
      multiplier: amount("10000"),
    },
  },
  lots: amount("1"),
  markup: amount("0"),
  height: ROWS,
};

const portfolio = known("MARGIN.PORTFOLIO");
const book = benchBook(draw);
const highs = await highsLoader();
console.log(`The book of 200 legs has ${book.pairs} pairs that save margin.\n`);

/** The last of several answers of one call. */
function again(/** @type {() => number} */ run) {
  let answer = 0;
  for (let i = 0; i < BOOKS; i++) answer = run();
  return answer;
}

/**
 * Ours and its peer in turns; the goal is how many times the peer's speed ours is to reach.
 * @type {Record<string, { count: number, run: () => number, within?: number, goal?: number }>}
 */
const workloads = {
  "SSE.CALLMARGIN, one call": {
    count: CALLS,
    run: () => {
      let sum = 0;
      for (let i = 0; i < CALLS; i++) {
        const c = /** @type {(typeof contracts)[number]} */ (contracts[i]);
        sum += callMargin(c.settlement, c.underlying, c.strike, null, null, null, ON, null, null);
      }
      return sum;
    },
  },
  "decimal.js used plainly, one contract": {
    count: CALLS,
    run: () => contracts.slice(0, CALLS).reduce((sum, c) => sum + plain(c), 0),
  },
  "MARGIN.TABLE, one of 100,000 rows": {
    count: ROWS,
    // Ten times a spreadsheet's own formulas, as they and decimal.js were measured in one run.
    goal: 36,
    run: () =>
      marginTable(table, null, ON)
        .slice(1)
        .reduce((/** @type {number} */ sum, /** @type {number[]} */ row) => sum + (row[0] ?? 0), 0),
  },
  "decimal.js used plainly, one of 100,000 rows": {
    count: ROWS,
    run: () => contracts.reduce((sum, c) => sum + plain(c), 0),
  },
  "a rule over columns, one of 100,000 contracts": {
    count: ROWS,
    goal: 300,
    run: () => {
      const margins = nearest(marginColumns(calls, ["total"]).total, ROWS);
      let sum = 0;
      for (let i = 0; i < ROWS; i++) sum += margins[i];
      return sum;
    },
  },
  "decimal.js used plainly, one contract of these": {
    count: ROWS,
    run: () => contracts.reduce((sum, c) => sum + plain(c), 0),
  },
  "MARGIN.PORTFOLIO, the best of 200 legs": {
    count: BOOKS,
    run: () => again(() => portfolio(book.table, "best", null, ON)),
  },
  "HiGHS, the pairing alone, its margins given": {
    count: BOOKS,
    run: () => again(() => book.margin(highs.solve(book.programme).ObjectiveValue)),
  },
  ...priceWorkloads(draw),
  ...stressWorkloads(draw),
  ...callPriceWorkloads(draw),
};

/** @type {Record<string, number[]>} */
const nanoseconds = {};
/** @type {Record<string, number>} */
const sums = {};
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, { count, run }] of Object.entries(workloads)) {
    const start = process.hrtime.bigint();
    sums[name] = run();
    const each = Number(process.hrtime.bigint() - start) / count;
    // The first round warms up.
    if (round > 0) (nanoseconds[name] ??= []).push(each);
  }
}

const median = (/** @type {number[]} */ all) =>
  /** @type {number} */ ([...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]);
const names = Object.keys(workloads);
for (let pair = 0; pair < names.length; pair += 2) {
  const [ours, peer] = /** @type {[string, string]} */ (names.slice(pair, pair + 2));
  const apart = Math.abs((sums[ours] ?? NaN) - (sums[peer] ?? NaN));
  // Exact figures agree exactly; a model's peer is as near as it claims to be.
  if (!(apart <= (workloads[ours]?.within ?? 0) * Math.abs(sums[ours] ?? NaN))) {
    throw new Error(`${ours} and its peer disagree: ${sums[ours]} and ${sums[peer]}`);
  }
  const [mine, theirs] = [median(nanoseconds[ours] ?? []), median(nanoseconds[peer] ?? [])];
  for (const [name, ns] of /** @type {const} */ ([
    [ours, mine],
    [peer, theirs],
  ])) {
    console.log(`${name.padEnd(46)} ${ns.toFixed(0).padStart(7)} ns`);
  }
  const goal = workloads[ours]?.goal;
  const speed = goal ? `, ${(theirs / mine).toFixed(1)} times as fast; the goal is ${goal}` : "";
  const ratio = (mine / theirs).toPrecision(3).padStart(7);
  console.log(`${"ratio ours ÷ peer".padEnd(46)} ${ratio}${speed}\n`);
}

console.log("Sizes");
/**
 * @param {string} name
 * @param {Buffer[]} files
 */
function size(name, files) {
  const total = (/** @type {(file: Buffer) => number} */ of) =>
    (files.reduce((sum, file) => sum + of(file), 0) / 1024).toFixed(1).padStart(8);
  const gzip = total((file) => gzipSync(file, { level: 9 }).length);
  console.log(`${name.padEnd(36)} ${total((file) => file.length)} KB ${gzip} KB gzip`);
}
const shipped = /\.(js|css|json|html)$/;
for (const name of readdirSync(distDir).filter((file) => shipped.test(file))) {
  size(`dist/${name}`, [readFileSync(path.join(distDir, name))]);
}
// Not minified, and served on this machine only: one line for all its pieces.
const workbench = await buildWorkbench();
const pieces = readdirSync(workbench).filter((file) => shipped.test(file));
size(
  `dist-workbench/ (${pieces.length} files)`,
  pieces.map((name) => readFileSync(path.join(workbench, name))),
);
