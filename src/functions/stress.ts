/** Margin and risk ratio at other prices and volatilities, as grids of a sheet: estimates. */
import {
  amount,
  blank,
  MarginError,
  numberWithin,
  riskRatio,
  type Amount,
  type Outcomes,
  type ScenarioBook,
} from "../core";
import { cellError, cellsOf, dayOf, markupOf, number, spillCells, toCell, type Cell } from "./cell";
import { basisOf, bookOfTable } from "./scenario-table";

const MOST_CELLS = 1_000_000;
const NO_SHOCK = [amount("0")];

/** A row, a column or a single number of shocks, in their order; blank cells are passed over, a 0 is none. */
function shocksOf(value: unknown, argument: string): readonly Amount[] {
  const rows = cellsOf(value, argument);
  if (rows.length > 1 && rows.some(({ length }) => length > 1)) {
    throw new MarginError("outOfRange", { argument, value, must: "aLine" });
  }
  return rows
    .flat()
    .filter((cell) => cell === 0 || !blank(cell))
    .map((cell) => numberWithin(cell, argument, "shock"));
}

/** The moves of a grid: down its rows the price's, along its columns the volatility's. */
interface Moves {
  readonly prices: readonly Amount[];
  readonly volatilities: readonly Amount[];
}

/** Without volatility's moves the grid is one column, where it does not move. */
function movesOf(priceShocks: unknown, volShocks: unknown): Moves {
  const prices = shocksOf(priceShocks, "priceShocks");
  if (prices.length === 0) throw new MarginError("missing", { argument: "priceShocks" });
  const given = shocksOf(volShocks, "volShocks");
  const volatilities = given.length > 0 ? given : NO_SHOCK;
  const cells = prices.length * volatilities.length;
  if (cells <= MOST_CELLS) return { prices, volatilities };
  throw new MarginError("outOfRange", {
    ...{ argument: "priceShocks", value: cells, must: "tooManyCells" },
  });
}

/** The grid under its shocks; `figure` gives a cell by its place among the outcomes. */
function gridOf(
  corner: string,
  { prices, volatilities }: Moves,
  book: ScenarioBook,
  figure: (outcomes: Outcomes, index: number) => Cell,
): Cell[][] {
  const shocks = prices.flatMap((move) => volatilities.map((volatility) => ({ move, volatility })));
  const outcomes = book.outcomes(shocks);
  return [
    [corner, ...volatilities.map(toCell)],
    ...prices.map((move, row) => [
      toCell(move),
      ...volatilities.map((_, column) => figure(outcomes, row * volatilities.length + column)),
    ]),
  ];
}

const BY = "行为价格，列为波动率";
const BY_EN = "rows price, columns volatility";

/**
 * Margin of a positions table at other prices and volatilities: estimates. Options are repriced at their implied volatility, to the tick; combinations stay as their column holds them.
 * @customfunction MARGIN.STRESS MARGIN.STRESS
 * @param {any[][]} positions Positions with a header row. As in MARGIN.TABLE; volatility where there is one, else the price's own; expiry a date, else by the exchange's rule.
 * @param {any[][]} priceShocks Moves of the underlyings' prices, fractions: a row, a column or one. -0.05 is 5 per cent down.
 * @param {any[][]} [volShocks] Moves of volatility, fractions of itself: a row, a column or one. 0.5 takes 20 per cent to 30; left out: none.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply and from which expiry is counted, a date or ISO text. Left out: today in Shanghai.
 * @returns {any[][]} Margin in the contracts' currency, a row for each move of price and a column for each of volatility, under the moves themselves.
 */
export function marginStress(
  positions: any[][],
  priceShocks: any[][],
  volShocks?: any[][],
  markup?: any,
  on?: any,
): any[][] {
  return spillCells(() => {
    const moves = movesOf(priceShocks, volShocks);
    const terms = { markup: markupOf(markup), on: dayOf(on), basis: "cash" } as const;
    const book = bookOfTable(positions, terms);
    const corner = `保证金估计（${BY}）estimated margin (${BY_EN})`;
    return gridOf(corner, moves, book, ({ margins }, index) => margins[index] as number);
  });
}

/**
 * Risk ratio of an account at other prices and volatilities, margin ÷ equity: estimates. Options are repriced at their implied volatility, to the tick.
 * @customfunction RISKSTRESS RISKSTRESS
 * @param {any[][]} positions Positions with a header row. As in MARGIN.STRESS.
 * @param {any} equity Equity today, in the account's currency. On the chosen basis.
 * @param {any[][]} priceShocks Moves of the underlyings' prices, fractions: a row, a column or one. -0.05 is 5 per cent down.
 * @param {any[][]} [volShocks] Moves of volatility, fractions of itself: a row, a column or one. 0.5 takes 20 per cent to 30; left out: none.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply and from which expiry is counted, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [equityBasis] Basis of equity: cash or market. Cash: futures move it, options do not, their premium was settled; market: it holds the options' net value and moves with it. Left out: cash.
 * @returns {any[][]} Risk ratio, a row for each move of price and a column for each of volatility, under the moves themselves.
 */
export function riskStress(
  positions: any[][],
  equity: any,
  priceShocks: any[][],
  volShocks?: any[][],
  markup?: any,
  on?: any,
  equityBasis?: any,
): any[][] {
  return spillCells(() => {
    const money = number(equity, "equity");
    const moves = movesOf(priceShocks, volShocks);
    const basis = basisOf(equityBasis);
    const book = bookOfTable(positions, { markup: markupOf(markup), on: dayOf(on), basis });
    const corner = `风险度估计（${BY}）estimated risk ratio (${BY_EN})`;
    return gridOf(corner, moves, book, (outcomes, index) => {
      const { margin, gain } = outcomes.at(index);
      try {
        return toCell(riskRatio(margin, money.plus(gain)));
      } catch (error) {
        return cellError(error);
      }
    });
  });
}
