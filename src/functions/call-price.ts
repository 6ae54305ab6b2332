/** The price at which the call comes, as rows of a sheet: estimates. */
import { callPrices, type Amount, type CallPriceRow, type Reached } from "../core";
import { underlyingTick } from "../exchanges/underlying-ticks";
import { cellError, dayOf, markupOf, number, orElse, spill, type Answer } from "./cell";
import { basisOf, bookOfTable } from "./scenario-table";

const HEADER = [
  "标的（估计值）underlying (estimates)",
  "现价 price now",
  "下方触线价 call price below",
  "跌幅 move below",
  "触线风险度 ratio below",
  "上方触线价 call price above",
  "涨幅 move above",
  "触线风险度 ratio above",
];

const ALL = "全部同幅 all, same %";
const COARSE = "（每步 0.01% in steps of 0.01 %）";
const ALREADY = "已触线 already reached";
const NEVER = {
  below: "跌到最低一跳也不触线 never reached down to the last tick",
  above: "涨一倍也不触线 never reached up to twice the price",
} as const;
const UNDER_ZERO = "权益为负 equity below zero";

/** Price, move and ratio of one side, or why there are none. */
const side = (which: keyof typeof NEVER, reached: Reached | undefined): Answer[] =>
  reached
    ? [reached.price ?? "", reached.move, reached.ratio ?? UNDER_ZERO]
    : [NEVER[which], "", ""];

function answered(row: CallPriceRow): Answer[] {
  if ("error" in row) return [row.underlying, cellError(row.error), "", "", "", "", "", ""];
  const { underlying, now, tick, already, below, above } = row;
  const name = underlying === undefined ? ALL : underlying + (tick ? "" : COARSE);
  const price: Amount | string = now ?? "";
  if (already) return [name, price, ALREADY, "", "", ALREADY, "", ""];
  return [name, price, ...side("below", below), ...side("above", above)];
}

/**
 * Price at which the risk ratio reaches a line, each underlying alone and all together: the nearest tick below and above. Estimates; options are repriced at their implied volatility, to the tick.
 * @customfunction MARGIN.CALLPRICE MARGIN.CALLPRICE
 * @param {any[][]} positions Positions with a header row. As in MARGIN.STRESS.
 * @param {any} equity Equity today, in the account's currency. On the chosen basis; may be negative.
 * @param {any} [line] Line that is reached, a fraction. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply and from which expiry is counted, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [equityBasis] Basis of equity: cash or market. Cash: futures move it, options do not, their premium was settled; market: it holds the options' net value and moves with it. Left out: cash.
 * @returns {any[][]} Underlying, price now, and on both sides call price, move and ratio there, a row an underlying with the others held still under a header row; last all moving by the same share.
 */
export function marginCallPrice(
  positions: any[][],
  equity: any,
  line?: any,
  markup?: any,
  on?: any,
  equityBasis?: any,
): any[][] {
  return spill(() => {
    const money = number(equity, "equity");
    const reached = orElse(line, "line", "aboveZero", "1");
    const basis = basisOf(equityBasis);
    const book = bookOfTable(positions, { markup: markupOf(markup), on: dayOf(on), basis });
    const rows = callPrices(book, { equity: money, line: reached, tickOf: underlyingTick });
    return [HEADER, ...rows.map(answered)];
  });
}
