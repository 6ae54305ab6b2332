import type { Day } from "./day";
import { editionOn, run, type ShortContract } from "./margin";
import { exact, type Amount } from "./number";
import type { RuleSet, Working } from "./rule";

/** A quotient's digits beyond these come from the division, not from the figures. */
const DIGITS = 30;

/**
 * The rate or coefficient at which a rule gives what was charged for one short lot: the rule, turned round.
 *
 * Without its cap the margin is premium + max(a·N − D, a·F): both parts rise with the rate a, so the
 * charged figure less the premium, X, belongs to one rate only, the smaller of (X + D) ÷ N and X ÷ F.
 * Undefined where no single rate gives the figure: not above the premium, or a put at its cap.
 * @throws noRule, or missing where the formula needs a price or term that isn't there.
 */
export function impliedRate(
  rules: RuleSet,
  contract: ShortContract<Amount>,
  charged: Amount,
  on: Day,
): Amount | undefined {
  const edition = editionOn(rules, on, contract.product);
  // At the edition's own figure its other parameters are as printed: nothing is divided.
  const unit = exact.of((edition.rate && edition.parameters[edition.rate.parameter]) ?? "1");
  const { right, terms, product, parameters } = contract;
  const at = (rate: Amount): Working<Amount> =>
    run(exact, edition, { right, terms, product, parameters, rate }).working;
  const once = at(unit);
  const twice = at(unit.times(2));

  const above = charged.minus(once.premium);
  // A floor that does not move with the rate: the older ZCE formula, or a floor given by the caller.
  const floorRises = twice.minimum.minus(once.minimum);
  const floorStart = once.minimum.minus(floorRises);
  if (charged.lessThanOrEqualTo(0) || above.lessThanOrEqualTo(floorStart)) return undefined;
  const byBasic = above.plus(once.deduction).times(unit).dividedBy(once.underlyingPart);
  const byFloor = floorRises.greaterThan(0)
    ? above.minus(floorStart).times(unit).dividedBy(floorRises)
    : byBasic;
  const rate = exact.min(byBasic, byFloor).toSignificantDigits(DIGITS);

  // At the cap every higher rate gives the same figure; above it none does.
  const capped = at(rate.times(2)).margin.lessThanOrEqualTo(charged);
  return rate.greaterThan(0) && !capped ? rate : undefined;
}
