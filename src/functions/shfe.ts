import { shfe } from "../exchanges/shfe";
import { answer } from "./cell";
import { futuresMargin } from "./short";

/**
 * Margin of a short option on a future at the Shanghai Futures Exchange, in yuan for all lots.
 * @customfunction SHFE.MARGIN SHFE.MARGIN
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
export function shfeMargin(
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
    futuresMargin(shfe, right, option, futures, strike, unit, rate, lots, markup, on),
  );
}
