import { MarginError } from "./errors";
import { digits, exact, type Amount } from "./number";
import type { Right, Side } from "./terms";

/** What an option is worth exercised, per quoted unit, signed: price − strike for a call. */
const intrinsic = (right: Right, strike: Amount, price: Amount): Amount =>
  right === "call" ? price.minus(strike) : strike.minus(price);

const signed = (side: Side, holders: Amount): Amount =>
  side === "long" ? holders : holders.negated();

/**
 * 行权盈亏: profit and loss of exercise (long) or assignment (short) for all lots.
 * Signed and never floored: exercising out of the money loses. Premium counts only where given.
 *
 * @example exercisePnl("call", "long", 2200, 2210, 10, 1, 0) // 100
 */
export function exercisePnl(
  right: Right,
  side: Side,
  strike: Amount,
  settlement: Amount,
  unit: Amount,
  lots: Amount,
  premium: Amount,
): Amount {
  const perUnit = signed(side, intrinsic(right, strike, settlement).minus(premium));
  return perUnit.times(unit).times(lots);
}

/**
 * The underlying's price at expiry at which the premium is just won back, per quoted unit.
 * @throws outOfRange for a put whose premium is above its strike: no price wins it back.
 */
export function breakeven(right: Right, strike: Amount, premium: Amount): Amount {
  if (right === "call") return strike.plus(premium);
  if (premium.greaterThan(strike)) {
    throw new MarginError("outOfRange", {
      argument: "premium",
      value: premium,
      must: "notAboveStrike",
      detail: `strike ${digits(strike)}`,
    });
  }
  return strike.minus(premium);
}

/** Profit and loss at expiry, premium included, for all lots; the holder never exercises at a loss. */
export function payoff(
  right: Right,
  side: Side,
  strike: Amount,
  premium: Amount,
  price: Amount,
  unit: Amount,
  lots: Amount,
): Amount {
  const worth = exact.max(intrinsic(right, strike, price), exact.zero);
  return signed(side, worth.minus(premium)).times(unit).times(lots);
}
