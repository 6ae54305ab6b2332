import { cffex } from "../exchanges/cffex";
import { answer } from "./cell";
import { indexMargin } from "./short";

const names = (coefficient: unknown, minimum: unknown) => ({
  underlying: "index",
  multiplier: "multiplier",
  usualMultiplier: "100",
  parameters: { coefficient, minimum },
});

/**
 * Margin of a short index call at CFFEX, in yuan for all lots; the coefficient is that of IO unless given.
 * @customfunction CFFEX.CALLMARGIN CFFEX.CALLMARGIN
 * @param {any} settlement Option price, points. Previous settlement, the day's settlement or a live price.
 * @param {any} index Index, points. The index's close to match, not the future's price.
 * @param {any} strike Strike, points.
 * @param {any} [multiplier] Multiplier, yuan a point. Left out: 100.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [coefficient] Margin adjustment coefficient, a fraction. Left out: IO's in force on that day; MO and HO may differ.
 * @param {any} [minimum] Minimum coefficient, a fraction. Left out: 0.5.
 * @returns {number} Margin in yuan.
 */
export function cffexCallMargin(
  settlement: any,
  index: any,
  strike: any,
  multiplier?: any,
  lots?: any,
  markup?: any,
  on?: any,
  coefficient?: any,
  minimum?: any,
): number {
  const cells = { settlement, underlying: index, strike, multiplier, lots, markup, on };
  return answer(() => indexMargin(cffex, "call", cells, names(coefficient, minimum)));
}

/**
 * Margin of a short index put at CFFEX, in yuan for all lots; the coefficient is that of IO unless given.
 * @customfunction CFFEX.PUTMARGIN CFFEX.PUTMARGIN
 * @param {any} settlement Option price, points. Previous settlement, the day's settlement or a live price.
 * @param {any} index Index, points. The index's close to match, not the future's price.
 * @param {any} strike Strike, points.
 * @param {any} [multiplier] Multiplier, yuan a point. Left out: 100.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [coefficient] Margin adjustment coefficient, a fraction. Left out: IO's in force on that day; MO and HO may differ.
 * @param {any} [minimum] Minimum coefficient, a fraction. Left out: 0.5.
 * @returns {number} Margin in yuan.
 */
export function cffexPutMargin(
  settlement: any,
  index: any,
  strike: any,
  multiplier?: any,
  lots?: any,
  markup?: any,
  on?: any,
  coefficient?: any,
  minimum?: any,
): number {
  const cells = { settlement, underlying: index, strike, multiplier, lots, markup, on };
  return answer(() => indexMargin(cffex, "put", cells, names(coefficient, minimum)));
}
