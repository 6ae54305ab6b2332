import {
  both,
  marginsOfTable,
  openTable,
  readContract,
  shortMargin,
  strikeAndUnit,
  type TableMargins,
} from "../core";
import { exchanges } from "../exchanges";
import { BRANCH } from "./branch";
import {
  answer,
  cellError,
  cellsOf,
  dayOf,
  lotsOf,
  markupOf,
  optionalRate,
  priceOf,
  spillCells,
  toCell,
  unlessBlank,
  wordOf,
  type Cell,
} from "./cell";

/**
 * Margin of a short option by its contract code, for all lots; exchange, unit and strike come from the code.
 * @customfunction MARGIN.SHORT MARGIN.SHORT
 * @param {any} contract Contract code. m2701-C-3100, 510050C2612M03100, IO2612-C-4800, SR701C6000 …
 * @param {any} settlement Option price per quoted unit. Previous settlement, the day's settlement or a live price.
 * @param {any} underlying Price of the ETF, index or future per quoted unit. To match the option price.
 * @param {any} [rate] Futures margin rate, ETF ratio or index coefficient, a fraction. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [strike] Strike per quoted unit. Needed for an adjusted contract only.
 * @param {any} [unit] Contract unit. Needed for an adjusted contract, or one whose unit is not known.
 * @returns {number} Margin in the contract's currency.
 */
export function marginShort(
  contract: any,
  settlement: any,
  underlying: any,
  rate?: any,
  lots?: any,
  markup?: any,
  on?: any,
  strike?: any,
  unit?: any,
): number {
  return answer(() => {
    const day = dayOf(on);
    const read = readContract(wordOf(contract, "contract"), exchanges, day);
    const terms = strikeAndUnit(read, {
      strike: unlessBlank(strike, "strike", "aboveZero"),
      unit: unlessBlank(unit, "unit", "wholeAboveZero"),
    });
    return shortMargin(
      read.rules,
      {
        right: read.right,
        product: read.product,
        rate: optionalRate(rate),
        terms: {
          ...terms,
          settlement: priceOf(settlement, "settlement"),
          underlying: priceOf(underlying, "underlying"),
        },
      },
      { lots: lotsOf(lots), markup: markupOf(markup), on: day },
    ).total;
  });
}

/**
 * Margin of every row of a positions table; a row that cannot be answered carries its own error.
 * @customfunction MARGIN.TABLE MARGIN.TABLE
 * @param {any[][]} positions Positions with a header row. Columns by name in Chinese or English, in any order: contract, side, quantity, settlement, underlying, rate, strike, unit …
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {any[][]} Margin, premium, basic, minimum and branch, a row for each position under a header row.
 */
export function marginTable(positions: any[][], markup?: any, on?: any): any[][] {
  return spillCells(() => {
    const table = openTable(cellsOf(positions, "positions"));
    const margins = marginsOfTable(table, exchanges, { markup: markupOf(markup), on: dayOf(on) });
    const answers: Cell[][] = [
      ["保证金 margin", "权利金 premium", "基本部分 basic", "最低保障 minimum", "取用 branch"],
    ];
    for (let row = 0; row < table.cells.length; row++) answers.push(tableRow(margins, row));
    return answers;
  });
}

const BRANCHES = Object.fromEntries(
  Object.entries(BRANCH).map(([branch, name]) => [branch, both(name)]),
) as Readonly<Record<keyof typeof BRANCH, string>>;

const BLANK_ROW = ["", "", "", "", ""];

/** A row's cells; those answered in columns are doubles already. */
function tableRow(margins: TableMargins, index: number): Cell[] {
  const branch = margins.branch[index];
  if (branch) {
    const { margin, premium, basic, minimum } = margins;
    return [
      margin[index] as number,
      premium[index] as number,
      basic[index] as number,
      minimum[index] as number,
      BRANCHES[branch],
    ];
  }
  const single = margins.single.get(index);
  if (!single) return [...BLANK_ROW];
  if ("refused" in single) return [cellError(single.refused), "", "", "", ""];
  const { margin, premium, basic, minimum } = single;
  try {
    return [...[margin, premium, basic, minimum].map(toCell), BRANCHES[single.branch]];
  } catch (error) {
    return [cellError(error), "", "", "", ""];
  }
}
