// `npm run verify:arrays -- file.csv …`: the model's risk arrays beside published ones, with the worst difference.
// A file has a row a series: product, business_date, option_month, expiry_date_inferred, cp, strike,
// settle_price_pts, implied_vol, composite_delta, a1 … a16; what the model takes besides (scan ranges, prices of
// the futures, multipliers and the step values are printed in) stands in a parameter file in JSON beside it,
// "…params.json", or is given as --parameters=file.json.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Papa from "papaparse";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

/** @type {typeof import("../src/core/index")} */
const { compositeDelta, HKEX_PROFILE, modelArray } = loadTypeScript(
  path.join(root, "src", "core", "index.ts"),
);

/** @typedef {Record<string, string>} Series a row of the file */
/** @typedef {{ multiplier: number, psr_points: number, vsr_abs: number, array_rounding: number, futures_price_by_month: Record<string, number> }} ProductParameters */
/**
 * @typedef {object} Comparison of one product's series
 * @property {string} product
 * @property {number} series
 * @property {number} within how many have every value within the rounding
 * @property {number} step what published values are rounded to
 * @property {number} allowed half of it, and what the printed volatility's last digit moves
 * @property {number} worst
 * @property {string} worstSeries
 * @property {number[]} byScenario the worst difference of each scenario
 * @property {number} deltas how many composite deltas are within their printed hundredth
 * @property {number} worstDelta
 */

/** What the implied volatility's last printed digit, a millionth, may move an array by. */
const DIGIT_OF_VOLATILITY = 0.1;
const HUNDREDTH = 0.005;

/** @param {string} from @param {string} to days between two ISO days */
const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** @param {Series} row @param {string} column */
function figure(row, column) {
  const value = row[column]?.trim() ? Number(row[column]) : NaN;
  if (Number.isFinite(value)) return value;
  throw new Error(
    `${row.product} ${row.option_month} ${row.cp}${row.strike}: ${column} is "${row[column]}"`,
  );
}

/** @param {Series} row @param {ProductParameters} parameters */
function compared(row, { multiplier, psr_points, vsr_abs, futures_price_by_month }) {
  const month = row.option_month ?? "";
  const underlying = futures_price_by_month[month];
  if (underlying === undefined) throw new Error(`no futures price of ${row.product} ${month}`);
  const option = {
    right: /** @type {"call" | "put"} */ (row.cp === "C" ? "call" : "put"),
    underlying,
    strike: figure(row, "strike"),
    years: daysBetween(row.business_date ?? "", row.expiry_date_inferred ?? "") / 365,
    volatility: figure(row, "implied_vol"),
    settlement: figure(row, "settle_price_pts"),
  };
  const scan = { priceScan: psr_points, volatilityScan: vsr_abs, multiplier };
  const model = modelArray(option, scan, HKEX_PROFILE);
  return {
    differences: model.map((loss, at) => Math.abs(loss - figure(row, `a${at + 1}`))),
    delta: Math.abs(compositeDelta(option, scan, HKEX_PROFILE) - figure(row, "composite_delta")),
  };
}

/**
 * Compares each product's published arrays with the model's.
 * @param {string} text the file
 * @param {Record<string, ProductParameters>} products
 * @returns {Comparison[]}
 */
export function compareArrays(text, products) {
  const { data, errors } = Papa.parse(text, { header: true, skipEmptyLines: true });
  if (errors[0]) throw new Error(`row ${errors[0].row}: ${errors[0].message}`);
  /** @type {Map<string, Comparison>} */
  const found = new Map();
  for (const row of /** @type {Series[]} */ (data)) {
    const product = row.product ?? "";
    const parameters = products[product];
    if (!parameters) throw new Error(`no parameters of ${product}`);
    const step = parameters.array_rounding;
    const comparison = found.get(product) ?? {
      ...{ product, step, series: 0, within: 0, worst: 0, worstSeries: "" },
      ...{ deltas: 0, worstDelta: 0, byScenario: Array(16).fill(0) },
      allowed: step / 2 + DIGIT_OF_VOLATILITY,
    };
    found.set(product, comparison);
    const { differences, delta } = compared(row, parameters);
    const worst = Math.max(...differences);
    if (!(worst <= comparison.worst)) {
      comparison.worst = worst;
      comparison.worstSeries = `${row.option_month} ${row.cp}${row.strike}`;
    }
    comparison.byScenario = comparison.byScenario.map((before, at) =>
      Math.max(before, differences[at] ?? NaN),
    );
    comparison.series += 1;
    if (worst <= comparison.allowed) comparison.within += 1;
    if (delta <= HUNDREDTH) comparison.deltas += 1;
    comparison.worstDelta = Math.max(comparison.worstDelta, delta);
  }
  return [...found.values()];
}

/** @param {string} file the arrays; its parameters are the one JSON beside it unless given */
export function parametersBeside(file, given = "") {
  const folder = path.dirname(file);
  const named = given || readdirSync(folder).find((name) => name.endsWith("params.json"));
  if (!named) throw new Error(`no …params.json beside ${file}: give --parameters=file.json`);
  const { products } = JSON.parse(readFileSync(given || path.join(folder, named), "utf8"));
  return products;
}

/** @param {Comparison} comparison */
function report({ product, series, within, allowed, worst, worstSeries, ...rest }) {
  const numbers = rest.byScenario.map((difference, at) => `${at + 1}: ${difference.toFixed(2)}`);
  return [
    `${product}: ${within} of ${series} series within ${allowed.toFixed(1)} (values are rounded to ${rest.step})`,
    `  worst difference ${worst.toFixed(3)} at ${worstSeries}`,
    `  worst by scenario ${numbers.join("  ")}`,
    `  ${rest.deltas} of ${series} composite deltas within ${HUNDREDTH}, the worst off by ${rest.worstDelta.toFixed(4)}`,
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = process.argv.slice(2).filter((arg) => arg.startsWith("--"));
  const files = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
  const parameters = options.find((arg) => arg.startsWith("--parameters="))?.split("=")[1];
  if (files.length === 0 || options.some((arg) => !arg.startsWith("--parameters="))) {
    console.error("npm run verify:arrays -- [--parameters=file.json] arrays.csv …");
    process.exit(2);
  }
  let all = true;
  for (const file of files) {
    if (!existsSync(file)) throw new Error(`there is no ${file}`);
    for (const comparison of compareArrays(
      readFileSync(file, "utf8"),
      parametersBeside(file, parameters),
    )) {
      console.log(report(comparison));
      all &&= comparison.within === comparison.series;
    }
  }
  if (!all) process.exitCode = 1;
}
