import {
  digits,
  impliedRate,
  MarginError,
  shortMargin,
  type Amount,
  type NamedRules,
  type WhyNot,
} from "../core";
import { answer, dayOf, lotsOf, number, optionalRate, priceOf, rightOf, rulesOf } from "./cell";

/** One short contract by exchange name, from cells. */
const contractOf = (
  { product }: NamedRules,
  right: unknown,
  settlement: unknown,
  underlying: unknown,
  strike: unknown,
  unit: unknown,
) => ({
  right: rightOf(right),
  product,
  terms: {
    settlement: priceOf(settlement, "settlement"),
    underlying: priceOf(underlying, "underlying"),
    strike: priceOf(strike, "strike"),
    multiplier: number(unit, "unit", "wholeAboveZero"),
  },
});

const refused = (value: Amount, detail: WhyNot, bound = ""): MarginError =>
  new MarginError("noModelFigure", { argument: "charged", value, detail, choices: [bound] });

/**
 * The margin rate or coefficient at which the rule gives what was charged: the rule turned round.
 * @customfunction MARGIN.IMPLIEDRATE MARGIN.IMPLIEDRATE
 * @param {any} exchange Exchange. SSE, SZSE, CFFEX, ZCE, DCE, SHFE, INE, GFEX, its Chinese name, ZCE.LEGACY, or CFFEX.MO and CFFEX.HO.
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} charged Margin charged for all lots, as the statement prints it.
 * @param {any} settlement Option price per quoted unit. The day's settlement for a statement after the close.
 * @param {any} underlying Price of the ETF, index or future per quoted unit. To match the option price.
 * @param {any} strike Strike per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @returns {number} Rate or coefficient, a fraction.
 */
export function impliedRateOf(
  exchange: any,
  right: any,
  charged: any,
  settlement: any,
  underlying: any,
  strike: any,
  unit: any,
  lots?: any,
): number {
  return answer(() => {
    const named = rulesOf(exchange);
    const contract = contractOf(named, right, settlement, underlying, strike, unit);
    const whole = number(charged, "charged", "aboveZero");
    const count = lotsOf(lots);
    const rate = impliedRate(named.rules, contract, whole.dividedBy(count), dayOf(null));
    if (rate) return rate;
    const { settlement: price, multiplier } = contract.terms;
    const premium = price.times(multiplier).times(count);
    throw whole.greaterThan(premium)
      ? refused(whole, "atCap")
      : refused(whole, "notAbovePremium", digits(premium));
  });
}

/**
 * What a broker added to the exchange's margin: charged ÷ exchange margin − 1.
 * @customfunction MARGIN.IMPLIEDMARKUP MARGIN.IMPLIEDMARKUP
 * @param {any} exchange Exchange. SSE, SZSE, CFFEX, ZCE, DCE, SHFE, INE, GFEX, its Chinese name, ZCE.LEGACY, or CFFEX.MO and CFFEX.HO for their coefficients.
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} charged Margin charged for all lots, as the statement prints it.
 * @param {any} settlement Option price per quoted unit. The day's settlement for a statement after the close.
 * @param {any} underlying Price of the ETF, index or future per quoted unit. To match the option price.
 * @param {any} strike Strike per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} [rate] The exchange's futures margin rate, ETF ratio or index coefficient, a fraction. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {number} Broker's addition, a fraction. 0.15 is 15 per cent more.
 */
export function impliedMarkupOf(
  exchange: any,
  right: any,
  charged: any,
  settlement: any,
  underlying: any,
  strike: any,
  unit: any,
  rate?: any,
  lots?: any,
  on?: any,
): number {
  return answer(() => {
    const named = rulesOf(exchange);
    const contract = contractOf(named, right, settlement, underlying, strike, unit);
    const whole = number(charged, "charged", "aboveZero");
    const count = lotsOf(lots);
    const { total } = shortMargin(
      named.rules,
      { ...contract, rate: optionalRate(rate) },
      { lots: count, markup: count.minus(count), on: dayOf(on) },
    );
    if (total.isZero()) throw refused(whole, "noMargin");
    return whole.dividedBy(total).minus(1);
  });
}
