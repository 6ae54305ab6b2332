/** What an option's printed market value tells: price × lots × unit, so also the unit where no table has it. */
import { amount, digits, type Amount } from "../core";
import { close, type Draft } from "./draft";
import type { Position } from "./statement";

const HALF_CENT = amount("0.005");

/**
 * The only whole unit that gives the printed value, to the cent; undefined where several would or none does.
 * An adjusted ETF contract's unit stands nowhere else in a statement.
 */
export function impliedMultiplier(
  marketValue: Amount,
  price: Amount,
  quantity: Amount,
): Amount | undefined {
  const perUnit = price.times(quantity);
  if (!perUnit.greaterThan(HALF_CENT.times(2)) || !marketValue.greaterThan(0)) return undefined;
  const unit = marketValue.dividedBy(perUnit).toDecimalPlaces(0);
  const fits = close(unit.times(perUnit), marketValue, HALF_CENT);
  return fits && unit.greaterThan(0) ? unit : undefined;
}

/** Gives an option its multiplier and says where value and price can't both be right. */
export function checkMarketValue(draft: Draft, position: Position): Position {
  const { subject, settlement, quantity, marketValue } = position;
  if (subject?.kind !== "option") return position;
  const { unit } = subject.contract;
  if (!marketValue || !settlement) return unit ? { ...position, multiplier: unit } : position;
  const implied = impliedMultiplier(marketValue, settlement, quantity);
  const expected = unit && settlement.times(quantity).times(unit);
  if (expected && !close(expected, marketValue)) {
    const facts = {
      raw: position.contract,
      printed: digits(marketValue),
      expected: digits(expected),
    };
    draft.note("marketValueDiffers", position.place, facts);
  }
  const multiplier = unit ?? implied;
  return multiplier ? { ...position, multiplier } : position;
}
