/** The three kinds of short option, from cells to a figure; the exchanges' functions only name their rules. */
import { shortMargin, type Amount, type Right, type RuleSet } from "../core";
import {
  dayOf,
  lotsOf,
  markupOf,
  number,
  optional,
  orElse,
  priceOf,
  rateOf,
  rightOf,
} from "./cell";

/** The prices, size and settings of an ETF or index option, as cells. */
export interface IndexCells {
  readonly settlement: unknown;
  readonly underlying: unknown;
  readonly strike: unknown;
  readonly multiplier: unknown;
  readonly lots: unknown;
  readonly markup: unknown;
  readonly on: unknown;
}

/** What each exchange calls its arguments, so that a message names the one that is wrong. */
export interface IndexNames {
  readonly underlying: string;
  readonly multiplier: string;
  readonly usualMultiplier: string;
  /** The edition's parameters a caller may replace, with the cell given for each. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Margin of a short ETF or index option, whose rate is the exchange's own. */
export function indexMargin(
  rules: RuleSet,
  right: Right,
  cells: IndexCells,
  names: IndexNames,
): Amount {
  const parameters = Object.fromEntries(
    Object.entries(names.parameters).map(([name, cell]) => [
      name,
      optional(cell, name, "fraction"),
    ]),
  );
  const terms = {
    settlement: priceOf(cells.settlement, "settlement"),
    underlying: priceOf(cells.underlying, names.underlying),
    strike: priceOf(cells.strike, "strike"),
    multiplier: orElse(cells.multiplier, names.multiplier, "wholeAboveZero", names.usualMultiplier),
  };
  return shortMargin(
    rules,
    { right, terms, parameters },
    { lots: lotsOf(cells.lots), markup: markupOf(cells.markup), on: dayOf(cells.on) },
  ).total;
}

/** Margin of a short option on a future, whose rate the caller gives. */
export function futuresMargin(
  rules: RuleSet,
  right: unknown,
  settlement: { readonly argument: string; readonly cell: unknown },
  futures: unknown,
  strike: unknown,
  unit: unknown,
  rate: unknown,
  lots: unknown,
  markup: unknown,
  on?: unknown,
): Amount {
  return shortMargin(
    rules,
    {
      right: rightOf(right),
      terms: {
        settlement: priceOf(settlement.cell, settlement.argument),
        underlying: priceOf(futures, "futures"),
        strike: priceOf(strike, "strike"),
        multiplier: number(unit, "unit", "wholeAboveZero"),
      },
      rate: rateOf(rate),
    },
    { lots: lotsOf(lots), markup: markupOf(markup), on: dayOf(on) },
  ).total;
}
