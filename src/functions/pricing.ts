import { black76, bsm, greeks, impliedVolatility, MarginError } from "../core";
import { answer, double, doubleOr, rightOf, spill } from "./cell";

const priceOf = (value: any, argument: string): number => double(value, argument, "aboveZero");
const yearsOf = (value: any): number => double(value, "years", "years");
const volatilityOf = (value: any): number => double(value, "volatility", "volatility");
// "rate" is the futures margin rate elsewhere; a message about this one says which it is.
const rateOf = (value: any): number => doubleOr(value, "interestRate", "interest", 0);

/**
 * Model price of an option on a future by Black-76, per quoted unit: an estimate. European exercise; the right to exercise early is not in it.
 * @customfunction OPTION.BLACK76 OPTION.BLACK76
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} futures Price of the underlying future, per quoted unit.
 * @param {any} strike Strike per quoted unit.
 * @param {any} years Time left, in years. 30 days are 30/365; at 0 the option is worth its intrinsic value.
 * @param {any} volatility Volatility a year, a fraction. 0.2 or 20%.
 * @param {any} [rate] Interest rate, continuously compounded, a fraction. Left out: 0.
 * @returns {number} Price per quoted unit.
 */
export function optionBlack76(
  right: any,
  futures: any,
  strike: any,
  years: any,
  volatility: any,
  rate?: any,
): number {
  return answer(() =>
    black76(
      rightOf(right),
      priceOf(futures, "futures"),
      priceOf(strike, "strike"),
      yearsOf(years),
      volatilityOf(volatility),
      rateOf(rate),
    ),
  );
}

/**
 * Model price of an option on an ETF or index by Black–Scholes–Merton, per quoted unit: an estimate. European exercise.
 * @customfunction OPTION.BSM OPTION.BSM
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} spot Price of the underlying today, per quoted unit.
 * @param {any} strike Strike per quoted unit.
 * @param {any} years Time left, in years. 30 days are 30/365; at 0 the option is worth its intrinsic value.
 * @param {any} volatility Volatility a year, a fraction. 0.2 or 20%.
 * @param {any} [rate] Interest rate, continuously compounded, a fraction. Left out: 0.
 * @param {any} [dividend] Dividend yield, continuously compounded, a fraction. Left out: 0.
 * @returns {number} Price per quoted unit.
 */
export function optionBsm(
  right: any,
  spot: any,
  strike: any,
  years: any,
  volatility: any,
  rate?: any,
  dividend?: any,
): number {
  return answer(() =>
    bsm(
      rightOf(right),
      priceOf(spot, "spot"),
      priceOf(strike, "strike"),
      yearsOf(years),
      volatilityOf(volatility),
      rateOf(rate),
      doubleOr(dividend, "dividendYield", "interest", 0),
    ),
  );
}

/**
 * Volatility at which Black-76 gives the option's price: an estimate. European exercise.
 * @customfunction OPTION.IMPLIEDVOL OPTION.IMPLIEDVOL
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} price Option price per quoted unit.
 * @param {any} forward Forward price of the underlying, per quoted unit. For an option on a future, the future's price.
 * @param {any} strike Strike per quoted unit.
 * @param {any} years Time left, in years, above 0. 30 days are 30/365.
 * @param {any} [rate] Interest rate, continuously compounded, a fraction. Left out: 0.
 * @returns {number} Volatility a year, a fraction.
 */
export function optionImpliedVol(
  right: any,
  price: any,
  forward: any,
  strike: any,
  years: any,
  rate?: any,
): number {
  return answer(() =>
    impliedVolatility(
      rightOf(right),
      priceOf(price, "price"),
      priceOf(forward, "forward"),
      priceOf(strike, "strike"),
      yearsOf(years),
      rateOf(rate),
    ),
  );
}

/**
 * Greeks of an option by Black-76, per quoted unit of a long option: estimates. Delta and gamma are against the forward. European exercise.
 * @customfunction OPTION.GREEKS OPTION.GREEKS
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} forward Forward price of the underlying, per quoted unit. For an option on a future, the future's price.
 * @param {any} strike Strike per quoted unit.
 * @param {any} years Time left, in years. 30 days are 30/365.
 * @param {any} volatility Volatility a year, a fraction. 0.2 or 20%.
 * @param {any} [rate] Interest rate, continuously compounded, a fraction. Left out: 0.
 * @returns {any[][]} Delta, gamma, vega per 1.00 of volatility and theta per year, under a header row.
 */
export function optionGreeks(
  right: any,
  forward: any,
  strike: any,
  years: any,
  volatility: any,
  rate?: any,
): any[][] {
  return spill(() => {
    const price = priceOf(forward, "forward");
    const moves = greeks(
      rightOf(right),
      price,
      priceOf(strike, "strike"),
      yearsOf(years),
      volatilityOf(volatility),
      rateOf(rate),
    );
    if (!moves) {
      throw new MarginError("noModelFigure", {
        argument: "forward",
        value: price,
        detail: "corner",
      });
    }
    return [
      ["Delta", "Gamma", "Vega（每 1.00 per 1.00）", "Theta（每年 per year）"],
      [moves.delta, moves.gamma, moves.vega, moves.theta],
    ];
  });
}
