import { exact, type Amount } from "./number";
import type { PriceLimit } from "./rule";
import type { Right } from "./terms";

/** What a day's limit prices depend on; prices per quoted unit, band a fraction. */
export interface LimitTerms {
  readonly previousSettlement: Amount;
  readonly underlying: Amount;
  readonly strike: Amount;
  readonly band: Amount;
}

/** 涨停价 and 跌停价 of an option: previous settlement plus the largest rise, less the largest fall, never below a tick. */
export function priceLimits(
  limit: PriceLimit,
  right: Right,
  { previousSettlement, ...terms }: LimitTerms,
): { up: Amount; down: Amount } {
  const { rise, fall } = limit[right](exact, terms);
  return {
    up: previousSettlement.plus(rise),
    down: exact.max(previousSettlement.minus(fall), exact.of(limit.tick)),
  };
}
