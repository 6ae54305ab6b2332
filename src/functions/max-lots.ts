import { maxLots, readContract, shortMargin, strikeAndUnit } from "../core";
import { exchanges } from "../exchanges";
import {
  answer,
  dayOf,
  lotsOf,
  markupOf,
  number,
  optionalRate,
  orElse,
  priceOf,
  truthOf,
  unlessBlank,
  wordOf,
} from "./cell";

/**
 * Most lots that can be sold with the risk ratio still below a line.
 * @customfunction MARGIN.MAXLOTS MARGIN.MAXLOTS
 * @param {any} contract Contract code. m2701-C-3100, 510050C2612M03100, IO2612-C-4800, SR701C6000 …
 * @param {any} settlement Option price per quoted unit. Previous settlement for an opening, the day's settlement or a live price.
 * @param {any} underlying Price of the ETF, index or future per quoted unit. To match the option price.
 * @param {any} equity Equity, in the account's currency. Cash basis, before the premium of these lots.
 * @param {any} [line] Line the ratio stays below, a fraction. Left out: 0.8.
 * @param {any} [rate] Futures margin rate, ETF ratio or index coefficient, a fraction. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [marginUsed] Margin in use before, in the account's currency. Left out: 0.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [premiumCounts] Whether the premium received counts as equity at once, TRUE or FALSE. Left out: FALSE.
 * @param {any} [strike] Strike per quoted unit. Needed for an adjusted contract only.
 * @param {any} [unit] Contract unit. Needed for an adjusted contract, or one whose unit is not known.
 * @returns {number} Whole lots; 0 where not one fits.
 */
export function marginMaxLots(
  contract: any,
  settlement: any,
  underlying: any,
  equity: any,
  line?: any,
  rate?: any,
  marginUsed?: any,
  markup?: any,
  on?: any,
  premiumCounts?: any,
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
    const price = priceOf(settlement, "settlement");
    const { total } = shortMargin(
      read.rules,
      {
        right: read.right,
        product: read.product,
        rate: optionalRate(rate),
        terms: { ...terms, settlement: price, underlying: priceOf(underlying, "underlying") },
      },
      { lots: lotsOf(null), markup: markupOf(markup), on: day },
    );
    return maxLots({
      margin: total,
      premium: price.times(terms.multiplier),
      equity: number(equity, "equity"),
      line: orElse(line, "line", "aboveZero", "0.8"),
      marginUsed: orElse(marginUsed, "marginUsed", "notNegative", "0"),
      premiumCounts: truthOf(premiumCounts, "premiumCounts"),
    });
  });
}
