/**
 * A row's margin in doubles, by the same rule: quick, and near enough to see that a cause doesn't give a figure. Whether
 * it does is never decided here.
 */
import { editionOn, MarginError, run, type Arithmetic, type Day, type Working } from "../core";
import { optionOf, type Charge } from "./figure";
import type { Held } from "./holding";

const doubles: Arithmetic<number> = {
  zero: 0,
  of: Number,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,
  max: (a, b) => (a < b ? b : a),
  min: (a, b) => (a > b ? b : a),
  ifAbove: (a, b, then, otherwise) => (a > b ? then : otherwise),
};

/** Farther than this from a printed figure no rounding to the fen makes one equal to it. */
const NEAR = 0.05;
/** What doubles lose of a figure, as a share of it: a thousand times what they can. */
const LOST = 1e-12;

/** Whether figures so far apart may be the same; what isn't known may. */
export const mayEqual = (nearly: number | undefined, printed: number, size = printed): boolean =>
  nearly === undefined || !(Math.abs(nearly - printed) > NEAR + Math.abs(size) * LOST);

export type Changed = Partial<
  Pick<Held, "position" | "price" | "underlyingPrice" | "strike" | "unit">
>;

type Contract = NonNullable<ReturnType<typeof optionOf>>;

/** The rule over doubles for one lot, at one rate or another; undefined where only the exact way can tell. */
function oneLot(
  { rules, right, product }: Contract,
  { price, underlyingPrice, strike, unit }: Changed,
  on: Day,
): { at: (rate: number | undefined) => Working<number>; ownRate: number } | undefined {
  if (!price || !underlyingPrice || !strike || !unit) return undefined;
  const terms = {
    settlement: price.toNumber(),
    underlying: underlyingPrice.toNumber(),
    strike: strike.toNumber(),
    multiplier: unit.toNumber(),
  };
  const edition = editionOn(rules, on, product);
  return {
    at: (rate) => run(doubles, edition, { right, terms, rate, product }).working,
    ownRate: Number((edition.rate && edition.parameters[edition.rate.parameter]) ?? "1"),
  };
}

/** What a rule without an answer leaves to the exact way. */
function unlessRefused(answer: () => number | undefined): number | undefined {
  try {
    return answer();
  } catch (error) {
    if (error instanceof MarginError) return undefined;
    throw error;
  }
}

/** The margin of all lots at a rate; undefined where only the exact way can tell. */
function marginAt(
  held: Held,
  changed: Changed,
  { given, own, markup }: { readonly [Figure in "given" | "own" | "markup"]: number | undefined },
  on: Day,
): number | undefined {
  const all = { ...held, ...changed };
  const { position, price, unit } = all;
  const times = position.quantity.toNumber() * (1 + (markup ?? 0));
  if (held.kind === "future") {
    if (!price || !unit || own === undefined) return undefined;
    return price.toNumber() * unit.toNumber() * own * times;
  }
  const contract = optionOf(position);
  if (!contract || position.side !== "short") return undefined;
  return unlessRefused(() => {
    const margin = oneLot(contract, all, on)?.at(given).margin;
    return margin === undefined ? undefined : margin * times;
  });
}

/** The margin of all lots with some inputs changed; undefined where only the exact way can tell. */
export function marginNearly(
  held: Held,
  changed: Changed,
  charge: Charge,
  on: Day,
): number | undefined {
  if (charge.gap) return undefined;
  const [given, own] = [charge.given?.toNumber(), charge.rate?.toNumber()];
  return marginAt(held, changed, { given, own, markup: charge.markup.toNumber() }, on);
}

/** Below this share of a floor its rise with the rate may be the doubles' own. */
const RISES = 1e-6;

/** The rate that a charge tells, as impliedRate turns the rule round. */
function rateNearly(held: Held, charged: number, on: Day): number | undefined {
  const { position, price, unit } = held;
  const perLot = charged / position.quantity.toNumber();
  if (held.kind === "future") {
    return price && unit ? perLot / (price.toNumber() * unit.toNumber()) : undefined;
  }
  const contract = optionOf(position);
  if (!contract) return undefined;
  return unlessRefused(() => {
    const rule = oneLot(contract, held, on);
    if (!rule) return undefined;
    const { at, ownRate } = rule;
    const [once, twice] = [at(ownRate), at(2 * ownRate)];
    const rises = twice.minimum - once.minimum;
    if (!(rises > Math.abs(once.minimum) * RISES)) return undefined;
    const above = perLot - once.premium;
    const byBasic = ((above + once.deduction) * ownRate) / once.underlyingPart;
    const byFloor = ((above - (once.minimum - rises)) * ownRate) / rises;
    return Math.min(byBasic, byFloor);
  });
}

/** A share of a step within which a rounding is nearly a tie. */
const TIE = 1e-6;

/** A rate's rounding to whole steps; both neighbours where it is nearly a tie. */
function roundings(rate: number, perWhole: number): readonly number[] {
  const below = Math.floor(rate * perWhole);
  const part = rate * perWhole - below;
  return [
    ...(part <= 0.5 + TIE ? [below / perWhole] : []),
    ...(part >= 0.5 - TIE ? [(below + 1) / perWhole] : []),
  ];
}

/** Steps of a rate, each as many to the whole: decimals up to the fourth, and half points. */
const STEPS = [1, 10, 100, 1000, 10_000, 200] as const;

/** Whether a round rate may give what was charged; where none does, doubles tell. */
export function mayTellRoundRate(held: Held, charged: number, on: Day): boolean {
  const rate = rateNearly(held, charged, on);
  if (rate === undefined || !Number.isFinite(rate)) return true;
  return STEPS.flatMap((perWhole) => roundings(rate, perWhole)).some((one) =>
    mayEqual(marginAt(held, {}, { given: one, own: one, markup: 0 }, on), charged),
  );
}
