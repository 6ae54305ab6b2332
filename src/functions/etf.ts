/** What the two ETF exchanges' functions share: their arguments' names and usual unit. */
import { priceLimits, type Amount, type PriceLimit, type Right, type RuleSet } from "../core";
import { orElse, priceOf, rightOf } from "./cell";
import { indexMargin, type IndexCells } from "./short";

/** Margin of a short ETF option, from cells. */
export const etfMargin = (
  rules: RuleSet,
  right: Right,
  cells: IndexCells,
  ratio: unknown,
  minimumRatio: unknown,
): Amount =>
  indexMargin(rules, right, cells, {
    underlying: "underlying",
    multiplier: "unit",
    usualMultiplier: "10000",
    parameters: { ratio, minimumRatio },
  });

/** Both limit prices of a day, from cells. */
export const limitPrices = (
  limit: PriceLimit,
  right: unknown,
  previousSettlement: unknown,
  underlyingPreviousClose: unknown,
  strike: unknown,
  band: unknown,
): { up: Amount; down: Amount } =>
  priceLimits(limit, rightOf(right), {
    previousSettlement: priceOf(previousSettlement, "previousSettlement"),
    underlying: priceOf(underlyingPreviousClose, "underlyingPreviousClose"),
    strike: priceOf(strike, "strike"),
    band: orElse(band, "band", "fraction", "0.1"),
  });
