// The CTP case as another day's or another account's statement: changed in the bytes, cell by cell at
// the same width, so that rows, sums and columns still agree with each other.
import { readFileSync } from "node:fs";

const FILE = "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt";
const EQUITY = "875417.48";

/** What the statement doesn't print, as a user types it. */
export const MARKET = {
  prices: {
    m2701: "2985",
    SR701: "5750",
    cu2701: "86500",
    sc2702: "498.6",
    si2701: "9350",
    IO: "4650",
  },
  rates: { m2701: "7%", SR701: "7%", cu2701: "9%", sc2702: "10%", si2701: "9%" },
};

/** @param {string} text @param {string} from @param {string} to */
function put(text, from, to) {
  if (!text.includes(from)) throw new Error(`the statement doesn't say ${from}`);
  const wide = Math.max(from.length, to.length);
  return text.replaceAll(from.padStart(wide), to.padStart(wide));
}

/** A statement is GBK, of which a Latin reading keeps every byte. */
const original = () => readFileSync(FILE, "latin1");
const bytes = (/** @type {string} */ text) => Buffer.from(text, "latin1");

const fen = (/** @type {number} */ n) => n.toFixed(2);

/**
 * The statement with another balance, brought forward: equity, its value at the market, what is
 * available and the printed ratio follow from it.
 * @param {string} equity
 * @param {{ text?: string, margin?: number, short?: number }} [of]
 */
function withEquity(equity, { text = original(), margin = 471_396, short = 49_420 } = {}) {
  const now = Number(equity);
  const more = now - Number(EQUITY);
  return [
    [EQUITY, equity],
    ["820000.00", fen(820_000 + more)],
    ["830197.48", fen(now + 4_200 - short)],
    ["404021.48", fen(now - margin)],
    ["53.85%", `${fen((100 * margin) / now)}%`],
  ].reduce((changed, [from, to]) => put(changed, String(from), String(to)), text);
}

/** 500000.00: a margin call; 450000.00: liquidation; 380000.00: immediate. @param {string} equity */
export const ctpWithEquity = (equity) => bytes(withEquity(equity));

/** The same account a day before: one lot of copper fewer, and IO2612-C-4800 at 43.6 instead of 45.2. */
export function ctpDayBefore(equity = "500000.00") {
  const opened = /^.*cu2701C90000  \| 20261120.*\r?\n/m;
  let text = original();
  if (!opened.test(text)) throw new Error("the statement has no copper opened that day");
  text = text.replace(opened, "");
  for (const [from, to] of [
    ["45.200", "43.600"],
    ["177810.00", "177330.00"],
    ["13560.00", "13080.00"],
    ["98800.00", "49400.00"],
    ["12500.00", "6250.00"],
    ["2|      1320.000|", "1|      1390.000|"],
    ["|     41|", "|     40|"],
    ["|            30|", "|            29|"],
    ["471396.00", "421516.00"],
    ["53620.00", "46890.00"],
    ["49420.00", "42690.00"],
  ])
    text = put(text, /** @type {string} */ (from), /** @type {string} */ (to));
  // "共", the count of rows.
  text = put(text, "\xb9\xb2  11", "\xb9\xb2  10").replace(/20261120/g, "20261119");
  return bytes(withEquity(equity, { text, margin: 421_516, short: 42_690 }));
}

/** SR701C6000 charged 500.00 more than any rule gives, with every sum that follows from it. */
export function ctpBreaking(equity = "500000.00") {
  let text = original();
  for (const [from, to] of [
    ["25600.00", "26100.00"],
    ["471396.00", "471896.00"],
  ])
    text = put(text, /** @type {string} */ (from), /** @type {string} */ (to));
  return bytes(withEquity(equity, { text, margin: 471_896 }));
}

/** Another holder's account. @param {string} id eight digits */
export const ctpOfAccount = (id) => bytes(put(original(), "90000001", id));
