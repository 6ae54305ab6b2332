import { coveredByFuture } from "../core";
import { zce, zceLegacy } from "../exchanges/zce";
import { answer, lotsOf, markupOf, number, priceOf, rateOf } from "./cell";
import { futuresMargin } from "./short";

/**
 * Margin of a short option on a future at the Zhengzhou Commodity Exchange, in yuan for all lots.
 * @customfunction ZCE.MARGIN ZCE.MARGIN
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
export function zceMargin(
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
    futuresMargin(zce, right, option, futures, strike, unit, rate, lots, markup, on),
  );
}

/**
 * Margin of a short option on a future by Zhengzhou's older formula, without today's floor, in yuan for all lots.
 * @customfunction ZCE.LEGACYMARGIN ZCE.LEGACYMARGIN
 * @param {any} right Call or put. C, P, call, put, 看涨 or 看跌.
 * @param {any} premium Option price, yuan per quoted unit. The trade price on the day of the trade, settlement after.
 * @param {any} futures Price of the future, yuan per quoted unit. Previous settlement on the day of the trade, the day's after.
 * @param {any} strike Strike, yuan per quoted unit.
 * @param {any} unit Contract unit, quoted units a lot.
 * @param {any} rate Futures margin rate, a fraction.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @returns {number} Margin in yuan, never below 0.
 */
export function zceLegacyMargin(
  right: any,
  premium: any,
  futures: any,
  strike: any,
  unit: any,
  rate: any,
  lots?: any,
  markup?: any,
): number {
  const option = { argument: "premium", cell: premium };
  return answer(() =>
    futuresMargin(zceLegacy, right, option, futures, strike, unit, rate, lots, markup),
  );
}

/**
 * Margin of a short option held against its future at Zhengzhou, premium and futures margin, in yuan for all lots.
 * @customfunction ZCE.COVEREDMARGIN ZCE.COVEREDMARGIN
 * @param {any} premium Option price, yuan per quoted unit.
 * @param {any} futures Price of the future, yuan per quoted unit.
 * @param {any} unit Contract unit, quoted units a lot.
 * @param {any} rate Futures margin rate, a fraction.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @returns {number} Margin of option and future together, in yuan.
 */
export function zceCoveredMargin(
  premium: any,
  futures: any,
  unit: any,
  rate: any,
  lots?: any,
  markup?: any,
): number {
  return answer(() =>
    coveredByFuture({
      premium: priceOf(premium, "premium"),
      futures: priceOf(futures, "futures"),
      unit: number(unit, "unit", "wholeAboveZero"),
      rate: rateOf(rate),
      lots: lotsOf(lots),
      markup: markupOf(markup),
    }),
  );
}
