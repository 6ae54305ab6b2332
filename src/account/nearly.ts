/**
 * A holding's margin in doubles, by the same rule: quick, and near enough to see that terms or a cause don't give a
 * figure. Whether they do is never decided here.
 */
import {
  double,
  editionOn,
  MarginError,
  parametersAt,
  type Arithmetic,
  type Day,
  type Edition,
  type Working,
} from "../core";
import { optionOf, type Charge, type Holding } from "./figure";

/**
 * Farther than this from a printed figure no rounding to the fen makes one equal to it: half a fen for each figure that
 * was rounded, and never more than four are set against each other.
 */
const NEAR = 0.05;
/** What doubles lose of a figure, as a share of it: a thousand times what they can. */
const LOST = 1e-12;

/** Whether figures so far apart may be the same; what isn't known, or no number, may. */
export const mayEqual = (nearly: number | undefined, printed: number, size = printed): boolean =>
  nearly === undefined || !(Math.abs(nearly - printed) > NEAR + Math.abs(size) * LOST);

/** Whether a difference of figures so large is more than what doubles lose: then its sign is certain. */
export const isCertain = (difference: number, size: number): boolean =>
  Math.abs(difference) > Math.abs(size) * LOST;

/** The rules' arithmetic; NaN, which is like nothing known, where a choice hangs on what doubles may have lost. */
export const doubles: Arithmetic<number> = {
  zero: 0,
  of: Number,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,
  max: (a, b) => (a < b ? b : a),
  min: (a, b) => (a > b ? b : a),
  ifAbove: (a, b, then, otherwise) =>
    isCertain(a - b, Math.max(Math.abs(a), Math.abs(b))) ? (a > b ? then : otherwise) : NaN,
};

export type Changed = Partial<
  Pick<Holding, "position" | "price" | "underlyingPrice" | "strike" | "unit">
>;

type Parameters = Readonly<Record<string, number>>;

const parametersOf = new WeakMap<Edition, Map<number | undefined, Parameters>>();
/** Rates whose parameters are kept, of each edition. */
const MOST_RATES = 1000;

/** An edition's parameters at a rate: many rows ask for the same few. */
function parametersNearly(edition: Edition, rate: number | undefined): Parameters {
  let known = parametersOf.get(edition);
  if (!known) parametersOf.set(edition, (known = new Map()));
  const before = known.get(rate);
  if (before) return before;
  const found = parametersAt(doubles, edition, rate);
  if (known.size < MOST_RATES) known.set(rate, found);
  return found;
}

type Contract = NonNullable<ReturnType<typeof optionOf>>;

/** The rule over doubles for one lot, at one rate or another; undefined where only the exact way can tell. */
function oneLot(
  { rules, right, product }: Contract,
  { price, underlyingPrice, strike, unit }: Changed,
  on: Day,
): { at: (rate: number | undefined) => Working<number>; ownRate: number } | undefined {
  if (!price || !underlyingPrice || !strike || !unit) return undefined;
  const settlement = double(price);
  const underlying = double(underlyingPrice);
  const struck = double(strike);
  const multiplier = double(unit);
  const edition = editionOn(rules, on, product);
  const asksRate = edition.needs.includes("rate");
  return {
    at: (rate) => {
      if (asksRate && rate === undefined) throw new MarginError("missing", { argument: "rate" });
      const parameters = parametersNearly(edition, edition.rate ? rate : undefined);
      const terms = { settlement, underlying, strike: struck, multiplier, rate: rate ?? NaN };
      return edition[right](doubles, terms, parameters);
    },
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

interface Rates {
  readonly given: number | undefined;
  readonly own: number | undefined;
  readonly markup: number;
}

type Inputs = Pick<Holding, "kind" | "position" | "price" | "underlyingPrice" | "strike" | "unit">;

/** The margin of all lots by the rate; undefined where only the exact way can tell. */
function marginsAt(held: Inputs, on: Day): (rates: Rates) => number | undefined {
  const { kind, position, price, unit } = held;
  const lots = double(position.quantity);
  if (kind === "future") {
    const whole = price && unit && double(price) * double(unit);
    return ({ own, markup }) =>
      whole === undefined || own === undefined ? undefined : whole * own * (lots * (1 + markup));
  }
  const contract = optionOf(position);
  const rule = contract && position.side === "short" ? oneLot(contract, held, on) : undefined;
  return ({ given, markup }) => rule && rule.at(given).margin * (lots * (1 + markup));
}

/** The margin of all lots with some inputs changed; undefined where only the exact way can tell. */
export function marginNearly(
  held: Holding,
  changed: Changed,
  charge: Charge,
  on: Day,
): number | undefined {
  if (charge.gap) return undefined;
  const { given, rate, markup } = charge;
  const { kind, position, price, underlyingPrice, strike, unit } = held;
  const inputs = { kind, position, price, underlyingPrice, strike, unit, ...changed };
  const rates = {
    given: given && double(given),
    own: rate && double(rate),
    markup: double(markup),
  };
  return unlessRefused(() => marginsAt(inputs, on)(rates));
}

/** Below this share of a floor its rise with the rate may be the doubles' own. */
const RISES = 1e-6;

/** The rate that a charge tells, as impliedRate turns the rule round. */
function rateNearly(held: Holding, charged: number, on: Day): number | undefined {
  const { position, price, unit } = held;
  const perLot = charged / double(position.quantity);
  if (held.kind === "future") {
    return price && unit ? perLot / (double(price) * double(unit)) : undefined;
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

/** Steps of a rate, each as many to the whole: decimals up to the fourth, and half points. */
const STEPS = [1, 10, 100, 1000, 10_000, 200] as const;

/** Whether a round rate may give what was charged; where none does, doubles tell. */
export function mayTellRoundRate(held: Holding, charged: number, on: Day): boolean {
  const rate = rateNearly(held, charged, on);
  if (rate === undefined || !Number.isFinite(rate)) return true;
  const marginOf = marginsAt(held, on);
  const fits = (one: number): boolean =>
    mayEqual(
      unlessRefused(() => marginOf({ given: one, own: one, markup: 0 })),
      charged,
    );
  // Both neighbours where it is nearly a tie.
  return STEPS.some((perWhole) => {
    const below = Math.floor(rate * perWhole);
    const part = rate * perWhole - below;
    return (
      (part <= 0.5 + TIE && fits(below / perWhole)) ||
      (part >= 0.5 - TIE && fits((below + 1) / perWhole))
    );
  });
}
