import { szse } from "../exchanges/szse";
import { answer, spill } from "./cell";
import {
  adjustment,
  etfMargin,
  limitPrices,
  sharesToLock,
  spreadMargin,
  straddleMargin,
} from "./etf";

/**
 * Margin of a short ETF call at the Shenzhen Stock Exchange, in yuan for all lots.
 * @customfunction SZSE.CALLMARGIN SZSE.CALLMARGIN
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
export function szseCallMargin(
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
  return answer(() => etfMargin(szse, "call", cells, ratio, minimumRatio));
}

/**
 * Margin of a short ETF put at the Shenzhen Stock Exchange, in yuan for all lots.
 * @customfunction SZSE.PUTMARGIN SZSE.PUTMARGIN
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
export function szsePutMargin(
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
  return answer(() => etfMargin(szse, "put", cells, ratio, minimumRatio));
}

/**
 * Highest price an ETF option may trade at on a day at the Shenzhen Stock Exchange, yuan per share, not rounded to the tick.
 * @customfunction SZSE.LIMITUP SZSE.LIMITUP
 * @param {any} right Call or put. C, P, call, put, 认购 or 认沽.
 * @param {any} previousSettlement Option's previous settlement, yuan per share.
 * @param {any} underlyingPreviousClose ETF's previous close, yuan per share.
 * @param {any} strike Strike, yuan per share.
 * @param {any} [band] Price band, a fraction. Left out: 0.1.
 * @returns {number} Price in yuan per share.
 */
export function szseLimitUp(
  right: any,
  previousSettlement: any,
  underlyingPreviousClose: any,
  strike: any,
  band?: any,
): number {
  return answer(
    () =>
      limitPrices(szse.priceLimit, right, previousSettlement, underlyingPreviousClose, strike, band)
        .up,
  );
}

/**
 * Lowest price an ETF option may trade at on a day at the Shenzhen Stock Exchange, yuan per share, not rounded to the tick. Never below one tick.
 * @customfunction SZSE.LIMITDOWN SZSE.LIMITDOWN
 * @param {any} right Call or put. C, P, call, put, 认购 or 认沽.
 * @param {any} previousSettlement Option's previous settlement, yuan per share.
 * @param {any} underlyingPreviousClose ETF's previous close, yuan per share.
 * @param {any} strike Strike, yuan per share.
 * @param {any} [band] Price band, a fraction. Left out: 0.1.
 * @returns {number} Price in yuan per share.
 */
export function szseLimitDown(
  right: any,
  previousSettlement: any,
  underlyingPreviousClose: any,
  strike: any,
  band?: any,
): number {
  return answer(
    () =>
      limitPrices(szse.priceLimit, right, previousSettlement, underlyingPreviousClose, strike, band)
        .down,
  );
}

/**
 * Margin of a vertical spread of ETF options at the Shenzhen Stock Exchange, in yuan for all sets: 0 where the short leg is protected, else the strike difference.
 * @customfunction SZSE.SPREADMARGIN SZSE.SPREADMARGIN
 * @param {any} right Call or put. C, P, call, put, 认购 or 认沽.
 * @param {any} longStrike Strike of the option held, yuan per share.
 * @param {any} shortStrike Strike of the option sold, yuan per share.
 * @param {any} [unit] Contract unit, shares. Left out: 10000.
 * @param {any} [sets] Sets, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @returns {number} Margin in yuan.
 */
export function szseSpreadMargin(
  right: any,
  longStrike: any,
  shortStrike: any,
  unit?: any,
  sets?: any,
  markup?: any,
): number {
  return answer(() => spreadMargin(szse, right, longStrike, shortStrike, unit, sets, markup));
}

/**
 * Margin of a short straddle or strangle of ETF options at the Shenzhen Stock Exchange, in yuan for all sets: the larger leg and the other leg's premium.
 * @customfunction SZSE.STRADDLEMARGIN SZSE.STRADDLEMARGIN
 * @param {any} callSettlement Price of the call, yuan per share. Previous settlement, the day's settlement or a live price.
 * @param {any} putSettlement Price of the put, yuan per share. Of the same moment.
 * @param {any} underlying ETF price, yuan per share. Previous close, the day's close or a live price, to match.
 * @param {any} callStrike Strike of the call, yuan per share.
 * @param {any} putStrike Strike of the put, yuan per share. Equal in a straddle, lower in a strangle.
 * @param {any} [unit] Contract unit, shares. Left out: 10000.
 * @param {any} [sets] Sets, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {number} Margin in yuan.
 */
export function szseStraddleMargin(
  callSettlement: any,
  putSettlement: any,
  underlying: any,
  callStrike: any,
  putStrike: any,
  unit?: any,
  sets?: any,
  markup?: any,
  on?: any,
): number {
  const prices = { callSettlement, putSettlement, underlying, callStrike, putStrike };
  return answer(() => straddleMargin(szse, { ...prices, unit, sets, markup, on }));
}

/**
 * A contract after a dividend, a split or a rights issue at the Shenzhen Stock Exchange: new unit, new strike, new previous settlement in one row. Figures per share; notices print them per 10.
 * @customfunction SZSE.ADJUST SZSE.ADJUST
 * @param {any} strike Strike, yuan per share.
 * @param {any} settlement Option's settlement of the day before, yuan per share.
 * @param {any} unit Contract unit, shares.
 * @param {any} close ETF's close of the day before, yuan per share.
 * @param {any} [dividend] Cash dividend, yuan per share. Left out: 0.
 * @param {any} [bonus] Growth in the number of shares, a fraction. Two for one is 1, one for two is -0.5; left out: 0.
 * @param {any} [rights] Shares offered per share held, a fraction. Left out: 0.
 * @param {any} [rightsPrice] Price of a share offered, yuan. Left out: 0.
 * @returns {any[][]} New unit, new strike, new previous settlement.
 */
export function szseAdjust(
  strike: any,
  settlement: any,
  unit: any,
  close: any,
  dividend?: any,
  bonus?: any,
  rights?: any,
  rightsPrice?: any,
): any[][] {
  const cells = { strike, settlement, unit, close, dividend, bonus, rights, rightsPrice };
  return spill(() => adjustment(szse.adjustment, cells));
}

/**
 * Shares that covered calls lock at the Shenzhen Stock Exchange: unit × lots. With the shares held, those still missing, 0 where they suffice.
 * @customfunction SZSE.COVEREDSHARES SZSE.COVEREDSHARES
 * @param {any} unit Contract unit, shares. After an adjustment the new one.
 * @param {any} lots Lots of the covered call, a whole number.
 * @param {any} [held] Shares held or locked. Left out: the answer is the shares to lock.
 * @returns {number} Shares.
 */
export function szseCoveredShares(unit: any, lots: any, held?: any): number {
  return answer(() => sharesToLock(unit, lots, held));
}
