import { MarginError, type Bound } from "./errors";
import { amount, readNumber, type Amount } from "./number";

/** No price, unit or sum of money comes near it; beyond it a spreadsheet's 15 digits lose the yuan. */
const LIMIT = amount("1e15");

const FITS: Readonly<Partial<Record<Bound, (n: Amount) => boolean>>> = {
  aboveZero: (n) => n.greaterThan(0),
  notNegative: (n) => n.greaterThanOrEqualTo(0),
  wholeNotNegative: (n) => n.greaterThanOrEqualTo(0) && n.isInteger(),
  aboveMinusOne: (n) => n.greaterThan(-1),
  wholeNotZero: (n) => !n.isZero() && n.isInteger(),
  shock: (n) => n.greaterThan(-1),
  wholeAboveZero: (n) => n.greaterThan(0) && n.isInteger(),
  fraction: (n) => n.greaterThan(0) && n.lessThanOrEqualTo(1),
  markup: (n) => n.greaterThanOrEqualTo(0) && n.lessThanOrEqualTo(10),
  years: (n) => n.greaterThanOrEqualTo(0) && n.lessThanOrEqualTo(100),
  volatility: (n) => n.greaterThan(0) && n.lessThanOrEqualTo(10),
  interest: (n) => n.abs().lessThanOrEqualTo(1),
};

/**
 * A cell as a number within a bound.
 * @throws notANumber for text, blanks, truth values, NaN and ∞; outOfRange outside the bound or from 10¹⁵ on.
 */
export function numberWithin(value: unknown, argument: string, must?: Bound): Amount {
  const number = readNumber(value);
  if (!number) throw new MarginError("notANumber", { argument, value });
  const bound = number.abs().greaterThanOrEqualTo(LIMIT) ? "tooLarge" : must;
  if (bound && !FITS[bound]?.(number)) {
    throw new MarginError("outOfRange", { argument, value, must: bound });
  }
  return number;
}
