import { sse } from "../exchanges/sse";
import { answer } from "./cell";
import { etfMargin, limitPrices } from "./etf";

/**
 * Margin of a short ETF call at the Shanghai Stock Exchange, in yuan for all lots.
 * @customfunction SSE.CALLMARGIN SSE.CALLMARGIN
 * @param {any} settlement Option price, yuan per share. Previous settlement gives the opening margin, the day's settlement maintenance, a live price the real-time figure.
 * @param {any} underlying ETF price, yuan per share. Previous close, the day's close or a live price, to match the option price.
 * @param {any} strike Strike, yuan per share.
 * @param {any} [unit] Contract unit, shares. Left out: 10000; an adjusted contract has its own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [ratio] Ratio of the ETF price, a fraction. Left out: that of the rule in force (0.12).
 * @param {any} [minimumRatio] Minimum ratio, a fraction. Left out: that of the rule in force (0.07).
 * @returns {number} Margin in yuan.
 */
export function sseCallMargin(
  settlement: any,
  underlying: any,
  strike: any,
  unit?: any,
  lots?: any,
  markup?: any,
  on?: any,
  ratio?: any,
  minimumRatio?: any,
): number {
  const cells = { settlement, underlying, strike, multiplier: unit, lots, markup, on };
  return answer(() => etfMargin(sse, "call", cells, ratio, minimumRatio));
}

/**
 * Margin of a short ETF put at the Shanghai Stock Exchange, in yuan for all lots.
 * @customfunction SSE.PUTMARGIN SSE.PUTMARGIN
 * @param {any} settlement Option price, yuan per share. Previous settlement gives the opening margin, the day's settlement maintenance, a live price the real-time figure.
 * @param {any} underlying ETF price, yuan per share. Previous close, the day's close or a live price, to match the option price.
 * @param {any} strike Strike, yuan per share.
 * @param {any} [unit] Contract unit, shares. Left out: 10000; an adjusted contract has its own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [ratio] Ratio of the ETF price, a fraction. Left out: that of the rule in force (0.12).
 * @param {any} [minimumRatio] Minimum ratio, a fraction. Left out: that of the rule in force (0.07).
 * @returns {number} Margin in yuan.
 */
export function ssePutMargin(
  settlement: any,
  underlying: any,
  strike: any,
  unit?: any,
  lots?: any,
  markup?: any,
  on?: any,
  ratio?: any,
  minimumRatio?: any,
): number {
  const cells = { settlement, underlying, strike, multiplier: unit, lots, markup, on };
  return answer(() => etfMargin(sse, "put", cells, ratio, minimumRatio));
}

/**
 * Highest price an ETF option may trade at on a day at the Shanghai Stock Exchange, yuan per share, not rounded to the tick.
 * @customfunction SSE.LIMITUP SSE.LIMITUP
 * @param {any} right Call or put. C, P, call, put, 认购 or 认沽.
 * @param {any} previousSettlement Option's previous settlement, yuan per share.
 * @param {any} underlyingPreviousClose ETF's previous close, yuan per share.
 * @param {any} strike Strike, yuan per share.
 * @param {any} [band] Price band, a fraction. Left out: 0.1.
 * @returns {number} Price in yuan per share.
 */
export function sseLimitUp(
  right: any,
  previousSettlement: any,
  underlyingPreviousClose: any,
  strike: any,
  band?: any,
): number {
  return answer(
    () =>
      limitPrices(sse.priceLimit, right, previousSettlement, underlyingPreviousClose, strike, band)
        .up,
  );
}

/**
 * Lowest price an ETF option may trade at on a day at the Shanghai Stock Exchange, yuan per share, not rounded to the tick. Never below one tick.
 * @customfunction SSE.LIMITDOWN SSE.LIMITDOWN
 * @param {any} right Call or put. C, P, call, put, 认购 or 认沽.
 * @param {any} previousSettlement Option's previous settlement, yuan per share.
 * @param {any} underlyingPreviousClose ETF's previous close, yuan per share.
 * @param {any} strike Strike, yuan per share.
 * @param {any} [band] Price band, a fraction. Left out: 0.1.
 * @returns {number} Price in yuan per share.
 */
export function sseLimitDown(
  right: any,
  previousSettlement: any,
  underlyingPreviousClose: any,
  strike: any,
  band?: any,
): number {
  return answer(
    () =>
      limitPrices(sse.priceLimit, right, previousSettlement, underlyingPreviousClose, strike, band)
        .down,
  );
}
