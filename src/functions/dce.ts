import { combinationEditionOn, combinationNamed, combinedMargin, MarginError } from "../core";
import type { Combination, CombinationTerm } from "../core";
import { dce } from "../exchanges/dce";
import { answer, lotsOf, number, optional, unlessBlank, wordOf } from "./cell";
import { futuresMargin } from "./short";

/**
 * Margin of a short option on a future at the Dalian Commodity Exchange, in yuan for all lots.
 * @customfunction DCE.MARGIN DCE.MARGIN
 * @param {any} right Call or put. C, P, call, put, 看涨 or 看跌.
 * @param {any} settlement Option price, yuan per quoted unit. Previous settlement, the day's settlement or a live price.
 * @param {any} futures Price of the future, yuan per quoted unit. Previous settlement, the day's settlement or a live price, to match.
 * @param {any} strike Strike, yuan per quoted unit.
 * @param {any} unit Contract unit, quoted units a lot. Soybean meal 10, copper 5, gold 1000.
 * @param {any} rate Futures margin rate, a fraction. The exchange's 0.07, or the broker's own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {number} Margin in yuan.
 */
export function dceMargin(
  right: any,
  settlement: any,
  futures: any,
  strike: any,
  unit: any,
  rate: any,
  lots?: any,
  markup?: any,
  on?: any,
): number {
  const option = { argument: "settlement", cell: settlement };
  return answer(() =>
    futuresMargin(dce, right, option, futures, strike, unit, rate, lots, markup, on),
  );
}

/** The combination a code names. */
function comboOf(value: unknown): Combination {
  const code = wordOf(value, "code");
  const found = combinationNamed(dce, typeof code === "string" ? code : "");
  if (found) return found;
  const choices = dce.combinations.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  throw new MarginError("unknownName", {
    argument: "code",
    value: code,
    detail: "strategy",
    choices,
  });
}

/**
 * Margin of an option combination at the Dalian Commodity Exchange by its code, in yuan for all sets.
 * @customfunction DCE.COMBOMARGIN DCE.COMBOMARGIN
 * @param {any} code Combination. STD, STG, SFO, PRT, OPL, BLS, BES, CAS or BFO.
 * @param {any} firstMargin Margin of the first leg a set, yuan. The short option; in PRT, SFO and BFO the future.
 * @param {any} secondMargin Margin of the second leg a set, yuan. Asked for in STD and STG, else blank or 0.
 * @param {any} firstPremium Premium of the first leg a set, yuan. Asked for in STD and STG.
 * @param {any} secondPremium Premium of the second leg a set, yuan. Asked for in STD, STG, PRT and SFO.
 * @param {any} [strikeGap] Distance of the strikes a set, yuan. Strike difference times unit; asked for in BES.
 * @param {any} [x] Share of the margin that is charged, a fraction. Left out: 0.2 in OPL and BLS, 0.8 in BFO; CAS needs it.
 * @param {any} [sets] Sets, a whole number. Left out: 1.
 * @returns {number} Margin in yuan.
 */
export function dceComboMargin(
  code: any,
  firstMargin: any,
  secondMargin: any,
  firstPremium: any,
  secondPremium: any,
  strikeGap?: any,
  x?: any,
  sets?: any,
): number {
  return answer(() => {
    const edition = combinationEditionOn(dce, comboOf(code));
    const cells = { firstMargin, secondMargin, firstPremium, secondPremium, strikeGap };
    // An amount the code does not ask for may be blank, but not wrong.
    const read = ([term, cell]: [string, unknown]) =>
      edition.needs.includes(term as CombinationTerm)
        ? number(cell, term, "aboveZero")
        : optional(cell, term, "notNegative");
    const terms = Object.fromEntries(
      Object.entries(cells).map((entry) => [entry[0], read(entry)]),
    ) as Partial<Record<CombinationTerm, ReturnType<typeof read>>>;
    return combinedMargin(edition, terms, { x: unlessBlank(x, "x", "fraction") }).times(
      lotsOf(sets, "sets"),
    );
  });
}
