/** What the two ETF exchanges' functions share: their arguments' names and usual unit. */
import {
  adjustedSettlement,
  adjustedStrike,
  combinationEditionOn,
  combinationOf,
  combinedMargin,
  coveredShares,
  coveredShortfall,
  MarginError,
  priceLimits,
  shortMargin,
  unroundedUnit,
  wholeUnit,
  type AdjustmentRule,
  type Amount,
  type PriceLimit,
  type Right,
  type RuleSet,
} from "../core";
import {
  cellError,
  dayOf,
  lotsOf,
  markupOf,
  number,
  optional,
  orElse,
  priceOf,
  rightOf,
} from "./cell";
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

const unitOf = (value: unknown): Amount => orElse(value, "unit", "wholeAboveZero", "10000");

/** Margin of sets of a vertical spread, from cells. */
export function spreadMargin(
  rules: RuleSet,
  right: unknown,
  longStrike: unknown,
  shortStrike: unknown,
  unit: unknown,
  sets: unknown,
  markup: unknown,
): Amount {
  const kind = rightOf(right);
  const [long, short] = [priceOf(longStrike, "longStrike"), priceOf(shortStrike, "shortStrike")];
  const spread = combinationOf(rules, [`long ${kind}`, `short ${kind}`], long, short);
  if (!spread) {
    throw new MarginError("notAllowed", {
      argument: "shortStrike",
      value: short,
      detail: "noSpread",
    });
  }
  const strikeGap = long.minus(short).abs().times(unitOf(unit));
  return combinedMargin(combinationEditionOn(rules, spread), { strikeGap })
    .times(lotsOf(sets, "sets"))
    .times(markupOf(markup).plus(1));
}

/** The cells of a short straddle or strangle. */
export interface StraddleCells {
  readonly callSettlement: unknown;
  readonly putSettlement: unknown;
  readonly underlying: unknown;
  readonly callStrike: unknown;
  readonly putStrike: unknown;
  readonly unit: unknown;
  readonly sets: unknown;
  readonly markup: unknown;
  readonly on: unknown;
}

/** Margin of sets of a short straddle or strangle, from cells. */
export function straddleMargin(rules: RuleSet, cells: StraddleCells): Amount {
  const on = dayOf(cells.on);
  const underlying = priceOf(cells.underlying, "underlying");
  const multiplier = unitOf(cells.unit);
  const one = { lots: lotsOf(undefined), markup: markupOf(undefined), on };
  const leg = (right: Right, settlement: "callSettlement" | "putSettlement", strike: Amount) =>
    shortMargin(
      rules,
      {
        right,
        terms: {
          settlement: priceOf(cells[settlement], settlement),
          underlying,
          strike,
          multiplier,
        },
      },
      one,
    );
  const callStrike = priceOf(cells.callStrike, "callStrike");
  const putStrike = priceOf(cells.putStrike, "putStrike");
  const call = leg("call", "callSettlement", callStrike);
  const put = leg("put", "putSettlement", putStrike);
  const sold = combinationOf(rules, ["short call", "short put"], callStrike, putStrike);
  if (!sold) {
    throw new MarginError("notAllowed", {
      argument: "putStrike",
      value: putStrike,
      detail: "noStraddle",
    });
  }
  return combinedMargin(combinationEditionOn(rules, sold, on), {
    firstMargin: call.total,
    secondMargin: put.total,
    firstPremium: call.premium,
    secondPremium: put.premium,
  })
    .times(lotsOf(cells.sets, "sets"))
    .times(markupOf(cells.markup).plus(1));
}

/** The cells of an adjustment; what happens to the ETF is given per share. */
export interface AdjustCells {
  readonly strike: unknown;
  readonly settlement: unknown;
  readonly unit: unknown;
  readonly close: unknown;
  readonly dividend: unknown;
  readonly bonus: unknown;
  readonly rights: unknown;
  readonly rightsPrice: unknown;
}

function orError(figure: () => Amount): Amount | Error {
  try {
    return figure();
  } catch (error) {
    return cellError(error);
  }
}

/** New unit, strike and previous settlement, as a row, from cells; a price that rounds to 0 is an error in its own cell. */
export function adjustment(rule: AdjustmentRule, cells: AdjustCells): (Amount | Error)[][] {
  const terms = {
    strike: priceOf(cells.strike, "strike"),
    settlement: priceOf(cells.settlement, "settlement"),
    unit: number(cells.unit, "unit", "wholeAboveZero"),
  };
  const next = unroundedUnit(terms.unit, {
    close: priceOf(cells.close, "close"),
    dividend: orElse(cells.dividend, "dividend", "notNegative", "0"),
    bonus: orElse(cells.bonus, "bonus", "aboveMinusOne", "0"),
    rights: orElse(cells.rights, "rights", "notNegative", "0"),
    rightsPrice: orElse(cells.rightsPrice, "rightsPrice", "notNegative", "0"),
  });
  const unit = wholeUnit(next);
  const strike = orError(() => adjustedStrike(rule, terms.strike, terms.unit, next));
  const settlement = orError(() => adjustedSettlement(rule, terms.settlement, terms.unit, unit));
  return [[unit, strike, settlement]];
}

/** Shares to lock for covered calls, or with the shares held those still missing, from cells. */
export function sharesToLock(unit: unknown, lots: unknown, held: unknown): Amount {
  const each = number(unit, "unit", "wholeAboveZero");
  const count = number(lots, "lots", "wholeAboveZero");
  const locked = optional(held, "held", "notNegative");
  return locked ? coveredShortfall(each, count, locked) : coveredShares(each, count);
}
