import { both, marginOfRows, readContract, readTable, shortMargin, strikeAndUnit } from "../core";
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
  spill,
  toCell,
  unlessBlank,
  wordOf,
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
  return spill(() => {
    const rows = readTable(cellsOf(positions, "positions"));
    const marginOf = marginOfRows(exchanges, { markup: markupOf(markup), on: dayOf(on) });
    return [
      ["保证金 margin", "权利金 premium", "基本部分 basic", "最低保障 minimum", "取用 branch"],
      ...rows.map((row) => {
        if (!row) return BLANK_ROW;
        try {
          const { margin, premium, basic, minimum, branch } = marginOf(row);
          return [margin, premium, basic, minimum, both(BRANCH[branch])].map(toCell);
        } catch (error) {
          return [cellError(error), "", "", "", ""];
        }
      }),
    ];
  });
}

const BLANK_ROW = ["", "", "", "", ""];
