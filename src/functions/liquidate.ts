/** What to close so that an account comes back to a line, as rows of a sheet. */
import {
  liquidation,
  MarginError,
  readClosingOrder,
  readTable,
  riskRatio,
  type ClosingOrder,
  type Stand,
} from "../core";
import {
  cellError,
  cellsOf,
  dayOf,
  markupOf,
  number,
  orElse,
  spill,
  wordOf,
  type Answer,
} from "./cell";
import { itemsOf } from "./closing";

function orderOf(value: unknown): ClosingOrder {
  const word = wordOf(value, "order");
  if (word === null || word === undefined || word === "") return "liquidity";
  const order = readClosingOrder(word);
  if (order) return order;
  throw new MarginError("unknownName", { argument: "order", value: word });
}

/** A ratio there is none of is an error in its own cell, as RISKRATIO gives it. */
function ratioCell({ margin, equity }: Stand): Answer {
  try {
    return riskRatio(margin, equity);
  } catch (error) {
    return cellError(error);
  }
}

const after = (stand: Stand): Answer[] => [
  stand.margin,
  stand.equity,
  ratioCell(stand),
  stand.shortfall,
];

/**
 * Lots to close so that the risk ratio comes back to a line, step by step, with what each frees and costs.
 * @customfunction MARGIN.LIQUIDATE MARGIN.LIQUIDATE
 * @param {any[][]} positions Positions with a header row. As in MARGIN.TABLE, with columns close price (else last price, else settlement is taken), open interest and combination where there are any; rows of one combination close as a set, its long option sold.
 * @param {any} equity Equity, in the account's currency. Cash basis; may be negative.
 * @param {any} [line] Line to come back to, a fraction. Left out: 1.
 * @param {any} [order] Which lots go first: liquidity, fewest or cheapest. Left out: liquidity, by open interest and then month; fewest is fewest lots, a set counted as one; cheapest the least premium paid, money a set brings in not counted.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {any[][]} Contract, lots, margin released, cost, margin, equity and ratio after, money still to add, price and its source, a row a step under a header row; last the total.
 */
export function marginLiquidate(
  positions: any[][],
  equity: any,
  line?: any,
  order?: any,
  markup?: any,
  on?: any,
): any[][] {
  return spill(() => {
    const rows = readTable(cellsOf(positions, "positions"));
    const money = number(equity, "equity");
    const items = itemsOf(rows, { markup: markupOf(markup), on: dayOf(on) });
    const plan = liquidation(items, {
      margin: items.reduce((sum, { margin }) => sum.plus(margin), money.times(0)),
      equity: money,
      line: orElse(line, "line", "aboveZero", "1"),
      order: orderOf(order),
    });
    const lots = plan.steps.reduce((sum, step) => sum + step.lots, 0);
    return [
      HEADER,
      ...plan.steps.map(({ item, lots, released, cost, after: stand }): Answer[] => [
        item.id,
        lots,
        released,
        cost,
        ...after(stand),
        item.price ?? "",
        item.from,
      ]),
      [
        plan.reached ? (plan.proven ? TOTAL.reached : TOTAL.unproven) : TOTAL.missed,
        lots,
        plan.released,
        plan.cost,
        ...after(plan.after),
        "",
        "",
      ],
    ];
  });
}

const HEADER = [
  "合约 contract",
  "平仓手数 lots to close",
  "释放保证金 margin released",
  "平仓支出 cost to close",
  "保证金 margin after",
  "权益 equity after",
  "风险度 ratio after",
  "仍需追加 money still to add",
  "平仓价 close price",
  "价格来源 price from",
];

const TOTAL = {
  reached: "合计 total",
  unproven: "合计，未能证明最优 total, not proven the best",
  missed: "合计，回不到风险线 total, the line is out of reach",
};
